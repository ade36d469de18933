import type { AppConfig, DevProviderConfig, GroupConfig } from './config.js'
import { checkKind } from './check-kind.js'
import { checkCredentials } from './check-credentials.js'
import { checkUsers } from './check-users.js'
import { checkGraph } from './check-graph.js'
import { defaultConfig } from './default-config.js'
import { defaultGroups } from './default-groups.js'
import { isGuid, isNonEmptyString, isObject, isStringList } from './value-checks.js'

const LISTS = ['tenants', 'users', 'apps', 'groups'] as const
const SETTINGS: readonly string[] = [...LISTS, 'graph']

type Report = (where: string, problem: string) => void

/**
 * Checks a configuration and adds the defaults.
 *
 * @throws TypeError that lists all problems at once.
 */
export function resolveConfig(input: Partial<DevProviderConfig> = {}): DevProviderConfig {
  if (!isObject(input)) {
    throw new TypeError(`config is not valid. Pass an object with the lists ${LISTS.join(', ')}.`)
  }
  const problems: string[] = []
  const report: Report = (where, problem) => problems.push(`${where} ${problem}`)
  for (const key of Object.keys(input)) {
    if (!SETTINGS.includes(key)) report(key, `is not a setting. Use ${SETTINGS.join(', ')}`)
  }
  // A copy, because the caller can change their own object later.
  const config: DevProviderConfig = structuredClone({
    tenants: input.tenants ?? defaultConfig.tenants,
    users: input.users ?? defaultConfig.users,
    apps: input.apps ?? defaultConfig.apps,
    groups: input.groups ?? defaultGroups,
    ...(input.graph !== undefined && { graph: input.graph }),
  })
  for (const key of LISTS) {
    const list: unknown = config[key]
    if (!Array.isArray(list)) report(key, 'must be a list')
    else if (list.length === 0 && key !== 'groups') report(key, 'must not be empty')
    else if (!list.every(isObject)) report(key, 'must contain only objects')
  }
  if (problems.length === 0) {
    checkGraph(config.graph, report)
    checkTenants(config, report)
    checkUsers(config, report)
    config.groups?.forEach((group, index) => checkGroup(group, `groups[${index}]`, report))
    config.apps.forEach((app, index) => checkApp(app, `apps[${index}]`, report))
  }
  if (problems.length === 0) checkUnique(config, report)
  if (problems.length > 0) {
    throw new TypeError(
      `The configuration of the development provider is not valid:\n- ${problems.join('\n- ')}`,
    )
  }
  return config
}

function checkTenants(config: DevProviderConfig, report: Report): void {
  config.tenants.forEach((tenant, index) => {
    const at = `tenants[${index}]`
    if (!isGuid(tenant.id)) report(`${at}.id`, 'must be a GUID')
    if (!isNonEmptyString(tenant.name)) report(`${at}.name`, 'must be a non-empty string')
    checkKind(tenant, at, report)
    if (!isStringList(tenant.domains) || tenant.domains.length === 0) {
      report(`${at}.domains`, 'must contain at least one domain name')
    } else if (tenant.domains.some((domain) => !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(domain))) {
      report(`${at}.domains`, 'must contain domain names, for example contoso.onmicrosoft.com')
    }
  })
}

function checkGroup(group: GroupConfig, at: string, report: Report): void {
  if (!isGuid(group.id)) report(`${at}.id`, 'must be a GUID')
  if (!isNonEmptyString(group.name)) report(`${at}.name`, 'must be a non-empty string')
  if (group.description !== undefined && !isNonEmptyString(group.description)) {
    report(`${at}.description`, 'must be a non-empty string')
  }
}

function checkApp(app: AppConfig, at: string, report: Report): void {
  if (!isGuid(app.clientId)) report(`${at}.clientId`, 'must be a GUID')
  if (!isNonEmptyString(app.name)) report(`${at}.name`, 'must be a non-empty string')
  if (app.clientSecret !== undefined && !isNonEmptyString(app.clientSecret)) {
    report(`${at}.clientSecret`, 'must be a non-empty string. Omit it for a public client')
  }
  checkCredentials(app, (key, problem) => report(`${at}.${key}`, problem))
  const uris = app.redirectUris
  const valid =
    uris === 'loopback' || (isStringList(uris) && uris.every((uri) => URL.canParse(uri)))
  if (!valid) report(`${at}.redirectUris`, "must be 'loopback' or a list of absolute URIs")
  if (app.frontChannelLogoutUri !== undefined && !isWebUri(app.frontChannelLogoutUri)) {
    report(`${at}.frontChannelLogoutUri`, 'must be an http or https URI')
  }
  const backChannel = app.backChannelLogoutUri
  // Back-Channel Logout 1.0, section 2.2 forbids a fragment.
  if (backChannel !== undefined && (!isWebUri(backChannel) || backChannel.includes('#'))) {
    report(`${at}.backChannelLogoutUri`, 'must be an http or https URI without a fragment')
  }
  for (const scope of app.scopes ?? []) {
    if (!isNonEmptyString(scope.value)) report(`${at}.scopes`, 'must contain objects with a value')
  }
  if ((app.scopes ?? app.appRoles ?? app.accessTokenVersion) && !isNonEmptyString(app.idUri)) {
    report(`${at}.idUri`, 'is required for an API. Set it, for example to api://todos')
  }
  if (![undefined, 1, 2].includes(app.accessTokenVersion)) {
    report(`${at}.accessTokenVersion`, 'must be 1 or 2')
  }
  if (![undefined, 'idUri', 'clientId'].includes(app.v1Audience)) {
    report(`${at}.v1Audience`, "must be 'idUri' or 'clientId'")
  }
}

function checkUnique(config: DevProviderConfig, report: Report): void {
  const unique = (where: string, names: readonly string[]): void => {
    const seen = new Set<string>()
    for (const name of names.map((entry) => entry.toLowerCase())) {
      if (seen.has(name)) report(where, `must be unique, but ${name} appears twice`)
      seen.add(name)
    }
  }
  unique(
    'tenants',
    config.tenants.flatMap((tenant) => [tenant.id, ...tenant.domains]),
  )
  unique(
    'users (username)',
    config.users.map((user) => user.username),
  )
  unique(
    'apps (clientId)',
    config.apps.map((app) => app.clientId),
  )
  unique(
    'groups (id)',
    (config.groups ?? []).map((group) => group.id),
  )
}

function isWebUri(uri: unknown): boolean {
  return isNonEmptyString(uri) && URL.canParse(uri) && /^https?:$/.test(new URL(uri).protocol)
}
