import { CONSUMERS_TENANT_ID, type AppConfig, type DevProviderConfig } from './config.js'
import { checkKind } from './check-kind.js'
import { checkCredentials } from './check-credentials.js'
import { defaultConfig } from './default-config.js'

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Returns whether a value is a GUID, in upper or lower case. */
export function isGuid(text: unknown): text is string {
  return typeof text === 'string' && GUID.test(text)
}

type Report = (where: string, fault: string) => void

/**
 * Checks a configuration and adds the defaults.
 *
 * @throws TypeError that lists all problems at once.
 */
export function resolveConfig(input: Partial<DevProviderConfig> = {}): DevProviderConfig {
  if (!isObject(input)) {
    throw new TypeError('The configuration must be an object with tenants, users and apps.')
  }
  const faults: string[] = []
  const report: Report = (where, fault) => faults.push(`${where} ${fault}`)
  for (const key of Object.keys(input)) {
    if (!['tenants', 'users', 'apps'].includes(key)) report(key, 'is not a known setting')
  }
  // A copy, because the caller can change their own object later.
  const config: DevProviderConfig = structuredClone({
    tenants: input.tenants ?? defaultConfig.tenants,
    users: input.users ?? defaultConfig.users,
    apps: input.apps ?? defaultConfig.apps,
  })
  for (const key of ['tenants', 'users', 'apps'] as const) {
    if (!Array.isArray(config[key])) report(key, 'must be a list')
    else if (config[key].length === 0) report(key, 'must not be empty')
    else if (!config[key].every(isObject)) {
      report(key, 'must hold objects only')
    }
  }
  if (faults.length === 0) {
    checkTenants(config, report)
    checkUsers(config, report)
    config.apps.forEach((app, index) => checkApp(app, `apps[${index}]`, report))
  }
  if (faults.length === 0) checkUnique(config, report)
  if (faults.length > 0) {
    throw new TypeError(`The provider's configuration has faults:\n- ${faults.join('\n- ')}`)
  }
  return config
}

function checkTenants(config: DevProviderConfig, report: Report): void {
  config.tenants.forEach((tenant, index) => {
    const at = `tenants[${index}]`
    if (!isGuid(tenant.id)) report(`${at}.id`, 'must be a GUID')
    if (!isText(tenant.name)) report(`${at}.name`, 'must be a text')
    checkKind(tenant, at, report)
    if (!isTextList(tenant.domains) || tenant.domains.length === 0) {
      report(`${at}.domains`, 'must list at least one domain name')
    } else if (tenant.domains.some((domain) => !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(domain))) {
      report(`${at}.domains`, 'must hold domain names such as contoso.onmicrosoft.com')
    }
  })
}

function checkUsers(config: DevProviderConfig, report: Report): void {
  const tenants = new Set([
    CONSUMERS_TENANT_ID,
    ...config.tenants.map(({ id }) => (isText(id) ? id.toLowerCase() : '')),
  ])
  const isTenant = (id: unknown): boolean => isText(id) && tenants.has(id.toLowerCase())
  config.users.forEach((user, index) => {
    const at = `users[${index}]`
    for (const key of ['username', 'name', 'givenName', 'surname'] as const) {
      if (!isText(user[key])) report(`${at}.${key}`, 'must be a text')
    }
    if (!isGuid(user.oid)) report(`${at}.oid`, 'must be a GUID')
    if (!isTenant(user.tenant)) report(`${at}.tenant`, 'must be the GUID of a listed tenant')
    if (user.groups !== undefined && !isTextList(user.groups)) {
      report(`${at}.groups`, 'must be a list of texts')
    }
    const roles = user.roles ?? []
    const lists: readonly unknown[] = Array.isArray(roles) ? [roles] : Object.values(roles)
    if (!lists.every(isTextList)) report(`${at}.roles`, 'must be a list of texts')
    for (const guest of user.guestOf ?? []) {
      if (!isTenant(guest.tenant)) report(`${at}.guestOf.tenant`, 'must be a listed tenant')
      if (!isGuid(guest.oid)) report(`${at}.guestOf.oid`, 'must be a GUID')
    }
  })
}

function checkApp(app: AppConfig, at: string, report: Report): void {
  if (!isGuid(app.clientId)) report(`${at}.clientId`, 'must be a GUID')
  if (!isText(app.name)) report(`${at}.name`, 'must be a text')
  if (app.clientSecret !== undefined && !isText(app.clientSecret)) {
    report(`${at}.clientSecret`, 'must be a text or left out for a public client')
  }
  checkCredentials(app, (key, fault) => report(`${at}.${key}`, fault))
  const uris = app.redirectUris
  const valid = uris === 'loopback' || (isTextList(uris) && uris.every((uri) => URL.canParse(uri)))
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
    if (!isText(scope.value)) report(`${at}.scopes`, 'must each have a value')
  }
  if ((app.scopes ?? app.appRoles ?? app.accessTokenVersion) && !isText(app.idUri)) {
    report(`${at}.idUri`, 'is needed by an API, for example api://todos')
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
    for (const name of names.map((text) => text.toLowerCase())) {
      if (seen.has(name)) report(where, `holds ${name} twice`)
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
}

function isWebUri(uri: unknown): boolean {
  return isText(uri) && URL.canParse(uri) && /^https?:$/.test(new URL(uri).protocol)
}

/** Types say so already, but the value may come from a JSON file. */
function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(isText)
}
