import { badRequest, notSupported } from '../errors.js'
import { findProperty, type Entity, type EntityType } from './entity.js'

/** The query options of a request. */
export interface Query {
  readonly select: readonly string[]
  /** Returns whether an object passes `$filter`. */
  readonly filter: (entity: Entity) => boolean
  readonly top: number | undefined
  /** The number of objects before the page. */
  readonly start: number
}

const OPTIONS = ['$select', '$filter', '$top', '$skiptoken']
const CONDITION = /^\s*([a-z]+)\s+eq\s+'((?:[^']|'')*)'\s*$/i
const MAX_TOP = 999

/**
 * Parses the query options that the development provider supports.
 *
 * @throws GraphError that says what is supported.
 */
export function parseQuery(params: URLSearchParams, type: EntityType): Query {
  const unknown = [...params.keys()].find(
    (name) => name.startsWith('$') && !OPTIONS.includes(name.toLowerCase()),
  )
  if (unknown !== undefined) {
    throw notSupported(
      unknown,
      `It supports ${OPTIONS.join(', ')}. Sort, count and search in your application, or try the real Graph.`,
    )
  }
  const select =
    option(params, '$select')
      ?.split(',')
      .map((name) => name.trim()) ?? []
  return {
    select: [...new Set(select)].filter((name) => name !== ''),
    filter: parseFilter(option(params, '$filter'), type),
    top: parseTop(option(params, '$top')),
    start: parseStart(option(params, '$skiptoken')),
  }
}

/** Returns the token of the page that starts after a number of objects. */
export function toSkipToken(start: number): string {
  return Buffer.from(String(start)).toString('base64url')
}

/** Returns the value of a query option. Names ignore the case. */
function option(params: URLSearchParams, name: string): string | undefined {
  const values = [...params].filter(([key]) => key.toLowerCase() === name).map(([, value]) => value)
  if (values.length > 1) {
    throw badRequest(
      `Query option '${name}' was specified more than once, but it must be specified at most once.`,
      'BadRequest',
    )
  }
  return values[0] === undefined || values[0] === '' ? undefined : values[0]
}

function parseFilter(filter: string | undefined, type: EntityType): Query['filter'] {
  if (filter === undefined) return () => true
  const [, name = '', value = ''] = CONDITION.exec(filter) ?? []
  if (name === '') {
    throw notSupported(`$filter=${filter}`, "Write $filter as one condition: property eq 'value'.")
  }
  const property = findProperty(type, name)
  if (property === undefined) {
    throw badRequest(
      `Could not find a property named '${name}' on type 'microsoft.graph.${type.name}'.`,
      'BadRequest',
    )
  }
  const expected = value.replaceAll("''", "'").toLowerCase()
  return ({ [property]: found }) => typeof found === 'string' && found.toLowerCase() === expected
}

function parseTop(value: string | undefined): number | undefined {
  if (value === undefined) return undefined
  const top = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN
  if (Number.isNaN(top)) {
    throw badRequest(
      `Invalid value '${value}' for $top query option found. The $top query option requires a non-negative integer value.`,
      'BadRequest',
    )
  }
  if (top >= 1 && top <= MAX_TOP) return top
  throw badRequest(
    `Invalid page size specified: '${top}'. Must be between 1 and ${MAX_TOP} inclusive.`,
    'Request_UnsupportedQuery',
  )
}

function parseStart(token: string | undefined): number {
  if (token === undefined) return 0
  const start = Buffer.from(token, 'base64url').toString()
  if (/^\d{1,9}$/.test(start)) return Number(start)
  throw badRequest(
    'The specified page token value has expired and can not be included in your request.',
    'Directory_ExpiredPageToken',
  )
}
