import { suggestName } from './closest-name.js'
import { dereference, type Schema, type SchemaType } from './schema.js'
import { isObject } from './value-checks.js'

/** A function that receives a problem and the path of its value, for example `users[3].oid`. */
export type Report = (path: string, problem: string) => void

/** A value and its path in the configuration. */
export interface Located {
  readonly value: unknown
  readonly path: string
}

/**
 * Reports unknown keys, values of the wrong type and missing keys.
 *
 * A key whose value is `undefined` counts as missing, because TypeScript programs write it.
 */
export function checkShape({ value, path }: Located, schema: Schema, report: Report): void {
  const whole = dereference(schema)
  if (whole.anyOf !== undefined) {
    checkAlternatives({ value, path }, whole, report)
    return
  }
  if (!isKind(value, whole)) {
    report(path, `must be ${nameKind(whole)}${nameWrongKind(value, whole)}`)
    return
  }
  const { items } = whole
  if (Array.isArray(value) && items !== undefined) {
    value.forEach((entry: unknown, index) =>
      checkShape({ value: entry, path: `${path}[${index}]` }, items, report),
    )
  }
  if (isObject(value) && whole.type === 'object') checkProperties({ value, path }, whole, report)
}

/** Reports keys of an object that have no value. */
export function checkRequired(
  { value, path }: { readonly value: Readonly<Record<string, unknown>>; readonly path: string },
  schema: Schema,
  report: Report,
): void {
  for (const key of schema.required ?? []) {
    if (value[key] !== undefined) continue
    const property = dereference(schema.properties?.[key] ?? {})
    report(join(path, key), `is missing. Write ${nameKind(property)}${explain(property)}`)
  }
}

function checkProperties({ value, path }: Located, schema: Schema, report: Report): void {
  const { properties = {}, additionalProperties } = schema
  const entries = Object.entries(value as Record<string, unknown>)
  for (const [key, entry] of entries) {
    if (entry === undefined) continue
    const property = Object.hasOwn(properties, key) ? properties[key] : additionalProperties
    if (typeof property === 'object') {
      checkShape({ value: entry, path: join(path, key) }, property, report)
    } else if (property === false) {
      report(join(path, key), `is not a setting. ${suggestName(key, Object.keys(properties))}`)
    }
  }
  checkRequired({ value: value as Record<string, unknown>, path }, schema, report)
}

/** Checks a value that can have one of several types, and reports the problems of the type that fits best. */
function checkAlternatives(located: Located, schema: Schema, report: Report): void {
  const all = (schema.anyOf ?? []).map(dereference)
  const { value, path } = located
  let candidates = all.filter((alternative) => hasType(value, alternative))
  if (isObject(value) && candidates.length > 1) {
    const kinds = candidates.map(({ properties }) => properties?.['kind']?.const)
    const named = candidates.filter((_, index) => kinds[index] === value['kind'])
    if (named.length === 0 && kinds.every((kind) => typeof kind === 'string')) {
      report(join(path, 'kind'), `must be ${toAlternatives(kinds.map(quote))}`)
      return
    }
    if (named.length > 0) candidates = named
  }
  const results = candidates.map((alternative) => {
    const problems: [string, string][] = []
    checkShape(located, alternative, (where, problem) => problems.push([where, problem]))
    return problems
  })
  if (results.some((problems) => problems.length === 0)) return
  const [only, ...others] = results
  if (only !== undefined && others.length === 0 && isContainer(value)) {
    for (const [where, problem] of only) report(where, problem)
  } else {
    report(path, `must be ${nameKind(schema)}`)
  }
}

function isKind(value: unknown, schema: Schema): boolean {
  if (schema.const !== undefined) return value === schema.const
  if (schema.enum !== undefined) return schema.enum.includes(value)
  return hasType(value, schema)
}

function hasType(value: unknown, { type }: Schema): boolean {
  if (type === undefined) return true
  return typeof type === 'string'
    ? isOfType(value, type)
    : type.some((each) => isOfType(value, each))
}

function isOfType(value: unknown, type: SchemaType): boolean {
  if (type === 'array') return Array.isArray(value)
  if (type === 'object') return isObject(value)
  if (type === 'integer') return Number.isInteger(value)
  return type === 'null' ? value === null : typeof value === type
}

const isContainer = (value: unknown): boolean => typeof value === 'object' && value !== null

const KIND_NAMES = {
  string: 'a string',
  number: 'a number',
  integer: 'an integer',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  null: 'null',
} as const

function nameKind(schema: Schema): string {
  const whole = dereference(schema)
  if (whole.const !== undefined) return quote(whole.const)
  if (whole.enum !== undefined) return toAlternatives(whole.enum.map(quote))
  if (whole.anyOf !== undefined) return toAlternatives([...new Set(whole.anyOf.map(nameKind))])
  if (whole.type === undefined) return 'a JSON value'
  return toAlternatives([whole.type].flat().map((type) => KIND_NAMES[type]))
}

/**
 * Returns the name of a value's type for messages, which do not contain the value itself, because it can be a secret.
 */
function nameWrongKind(value: unknown, schema: Schema): string {
  if (schema.const !== undefined || schema.enum !== undefined) return ''
  if (value === null) return ', not null'
  if (Array.isArray(value)) return ', not a list'
  const kinds: Readonly<Record<string, string>> = { ...KIND_NAMES, boolean: 'a boolean' }
  return `, not ${kinds[typeof value] ?? `a ${typeof value}`}`
}

/** Returns the first sentence of the documentation, as the end of another sentence. */
function explain({ description = '' }: Schema): string {
  const [sentence = ''] = description.split(/\.(?:\s|$)/)
  return sentence === '' ? '' : `: ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`
}

function toAlternatives(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} or ${last}`
}

function quote(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : String(value)
}

/** Returns a key's path. A key that is not a name is quoted. */
function join(path: string, key: string): string {
  if (!/^[\w$]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`
  return path === '' ? key : `${path}.${key}`
}
