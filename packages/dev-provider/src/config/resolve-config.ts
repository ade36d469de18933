import { checkApi } from './check-apps.js'
import { checkEntry } from './check-entry.js'
import { checkGraph } from './check-graph.js'
import { checkKind } from './check-kind.js'
import { checkRequired, checkShape, type Report } from './check-shape.js'
import { checkUnique } from './check-unique.js'
import { checkUserTenants } from './check-users.js'
import {
  CONSUMERS_TENANT_ID,
  type DevProviderConfig,
  type DevProviderConfigInput,
  type TenantConfig,
} from './config.js'
import { LIST_KEYS, mergeDefaults, type Entry, type ListName } from './merge-defaults.js'
import { dereference, readFileSchema, requiredOf, type Schema } from './schema.js'
import { isNonEmptyString, isObject } from './value-checks.js'

/** A checked configuration, which is valid when `problems` is empty. */
export interface CheckedConfig {
  readonly config: DevProviderConfig
  /** One line for each problem, which starts with the path of the wrong value. */
  readonly problems: readonly string[]
}

/**
 * Checks a configuration and adds the defaults.
 *
 * @throws TypeError that lists all problems at once.
 */
export function resolveConfig(input: DevProviderConfigInput = {}): DevProviderConfig {
  if (!isObject(input)) {
    throw new TypeError(
      `config is not valid. Pass an object with the lists ${Object.keys(LIST_KEYS).join(', ')}.`,
    )
  }
  const { config, problems } = checkConfig(input, listSchema())
  if (problems.length > 0) {
    throw new TypeError(
      `The configuration of the development provider is not valid:\n- ${problems.join('\n- ')}`,
    )
  }
  return config
}

/**
 * Checks a configuration whose type is unknown, and finds all problems.
 *
 * @param schema - The schema to check against. The schema of a file allows more settings.
 */
export function checkConfig(
  input: Readonly<Record<string, unknown>>,
  schema: Schema,
): CheckedConfig {
  const found: [path: string, problem: string][] = []
  const wrongTypes: string[] = []
  const reportType: Report = (path, problem) => {
    wrongTypes.push(path)
    found.push([path, problem])
  }
  // A value of the wrong type also fails the other checks. The message about the type says enough.
  const report: Report = (path, problem) => {
    if (wrongTypes.some((known) => isPartOf(path, known) || isPartOf(known, path))) return
    found.push([path, problem])
  }
  // `checkGraph` also checks the types, and its messages explain the members with `$`.
  const shape = { ...schema, properties: { ...schema.properties, graph: {} } }
  checkShape({ value: input, path: '' }, shape, (path, problem) =>
    reportType(path, explainOption(path, schema) ?? problem),
  )
  const lists = {
    tenants: mergeDefaults('tenants', input),
    users: mergeDefaults('users', input),
    apps: mergeDefaults('apps', input),
    groups: mergeDefaults('groups', input),
  }
  for (const [list, entries] of Object.entries(lists)) checkEntries(list, entries, reportType)
  for (const [list, entries] of Object.entries(lists)) {
    // The names of groups are optional.
    if (entries.length === 0 && list !== 'groups')
      report(list, 'must not be empty. Write at least one entry')
  }
  for (const list of Object.keys(LIST_KEYS) as ListName[]) {
    for (const { value, path: at } of lists[list]) {
      if (at !== undefined) checkEntry(list, { value, at }, report)
    }
  }
  for (const { value, path } of lists.tenants) {
    if (path !== undefined) checkKind(value as unknown as TenantConfig, path, report)
  }
  checkUsers(lists, report)
  checkGraph(input['graph'], report)
  for (const { value, path } of lists.apps) {
    if (path !== undefined) checkApi(value, path, report)
  }
  for (const list of Object.keys(LIST_KEYS) as ListName[]) checkUnique(list, lists[list], report)
  const values = Object.fromEntries(
    Object.entries(lists).map(([list, entries]) => [list, entries.map(({ value }) => value)]),
  )
  const config = {
    ...values,
    ...(input['graph'] !== undefined && { graph: input['graph'] }),
  } as unknown as DevProviderConfig
  // A copy, because the caller can change their own object later.
  const problems = found.toSorted(byEntry).map(([path, problem]) => `${path} ${problem}`)
  return { config: problems.length > 0 ? config : structuredClone(config), problems }
}

function checkEntries(list: string, entries: readonly Entry[], report: Report): void {
  const properties = dereference(readFileSchema().properties[list]?.items ?? {})
  const whole = { ...properties, required: requiredOf(list) }
  for (const { value, path } of entries) {
    if (path !== undefined) checkRequired({ value, path }, whole, report)
  }
}

function checkUsers(
  { tenants, users }: { readonly tenants: readonly Entry[]; readonly users: readonly Entry[] },
  report: Report,
): void {
  const ids = new Set([CONSUMERS_TENANT_ID])
  for (const { value } of tenants) {
    if (isNonEmptyString(value['id'])) ids.add(value['id'].toLowerCase())
  }
  const isTenant = (id: unknown): boolean => isNonEmptyString(id) && ids.has(id.toLowerCase())
  for (const { value, path } of users) {
    if (path !== undefined) checkUserTenants(value, path, isTenant, report)
  }
  if (users.some(({ value, path }) => path === undefined && !isTenant(value['tenant']))) {
    report(
      'tenants',
      "replaces the default tenants, but the default users need them. To keep the default tenants, set extends to 'default'. To replace the default users too, write the list users",
    )
  }
}

/** The settings in a file that are options of `startDevProvider` in a program. */
const OPTIONS = ['behaviour', 'port', 'host', 'allowHosts', 'origin', 'https']

/** Returns the schema of the option `config`. */
function listSchema(): Schema {
  const { properties, ...schema } = readFileSchema()
  return {
    ...schema,
    properties: Object.fromEntries(
      Object.entries(properties).filter(([name]) => !OPTIONS.includes(name)),
    ),
  }
}

/** Returns the message about an option of `startDevProvider` in its option `config`. */
function explainOption(path: string, { properties }: Schema): string | undefined {
  if (!OPTIONS.includes(path) || properties?.[path] !== undefined) return undefined
  return `is only for the start. Pass it to startDevProvider({ ${OPTION_NAMES[path] ?? path} }), or write it in the file of --config`
}

const OPTION_NAMES: Readonly<Record<string, string>> = { https: 'tls' }

/** Sorts the problems by list and by entry, because each check reads all lists. */
function byEntry([left]: readonly [string, string], [right]: readonly [string, string]): number {
  const [one, other] = [left, right].map((path) => {
    const [, list = '', index = '0'] = /^(\w+)(?:\[(\d+)\])?/.exec(path) ?? []
    return { list: Object.keys(LIST_KEYS).indexOf(list), index: Number(index) }
  })
  if (one === undefined || other === undefined) return 0
  return one.list - other.list || one.index - other.index
}

/** Returns whether a path is another path or lies below it. */
function isPartOf(path: string, other: string): boolean {
  return path === other || (path.startsWith(other) && /^[.[]/.test(path.slice(other.length)))
}
