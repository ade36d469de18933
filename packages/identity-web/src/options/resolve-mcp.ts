// Resolves the options of an MCP server.
import { isForMany } from '../authority/index.ts'
import { parseScopes } from '../client/index.ts'
import { quote } from '../text.ts'
import { isScopeMap, resourceFault, type McpAuthOptions } from './mcp-options.ts'
import type { OptionReport } from './option-report.ts'
import type { GivenOptions, ResolvedExtension, ResolvedIssuer } from './resolve-api.ts'
import { isScopes } from './checks.ts'

/** The resolved options of an MCP server. */
export interface McpSettings extends ScopeRules {
  readonly resource: URL
  /** The names of the scopes that every client needs, without a prefix. */
  readonly scopes: readonly string[]
  readonly allowedOrigins: readonly string[]
  readonly allowedHosts: readonly string[]
  readonly mirrorMetadata: boolean
  readonly isDevelopment: boolean
}

/** The options that an MCP server adds. The settings are missing if an option has a problem. */
export interface ResolvedMcp extends ResolvedExtension {
  readonly settings: McpSettings | undefined
}

/** Checks the additional options that depend on other options, and resolves them. */
export function resolveMcpOptions(
  { given: all, issuers: named, environment }: GivenOptions,
  report: OptionReport,
): ResolvedMcp {
  const given = all as McpAuthOptions
  const { resource, allowedOrigins = [], allowedHosts = [], mirrorMetadata = false } = given
  const issuers = named.filter(({ name }) => name === (given.issuer ?? name))
  const prefix = issuers.some(isMicrosoft) && resource !== undefined ? `${resource}/` : undefined
  checkServer(given, issuers, report)
  const toName = createToName({ prefix }, report)
  const namesIn = (option: 'scopes' | 'scopesSupported'): readonly string[] => {
    const { [option]: scopes } = given
    return parseScopes(isScopes(scopes) ? scopes : []).map((scope) => toName(option, scope))
  }
  const names = namesIn('scopes')
  const implied = impliedScopes(
    Object.entries(isScopeMap(given.scopeImplies) ? given.scopeImplies : {}).map((entry) => {
      const [scope = '', ...others] = entry.flat().map((each) => toName('scopeImplies', each))
      return [scope, others]
    }),
  )
  const settings =
    report.problems.length > 0 || resource === undefined
      ? undefined
      : {
          prefix,
          resource: new URL(resource),
          scopes: names,
          allowedOrigins,
          allowedHosts,
          mirrorMetadata,
          isDevelopment: environment === 'development',
        }
  return {
    settings,
    scopePrefix: prefix,
    impliedScopes: given.scopeImplies && implied,
    issuers,
    advertisedScopes: [...names, ...namesIn('scopesSupported')],
    advertisesRoutes: names.length === 0,
    authorizationServers: settings?.mirrorMetadata === true ? [settings.resource.href] : undefined,
    isForMcp: true,
  }
}

/**
 * Returns whether the provider compares the parameter `resource` of a sign-in with the Application ID URIs of the
 * registration.
 */
function isMicrosoft({ authority: { kind } }: ResolvedIssuer): boolean {
  return kind === 'entra' || kind === 'external-id'
}

/** Checks the options that depend on the providers. */
function checkServer(
  { resource, mirrorMetadata, issuer, issuers: named }: McpAuthOptions,
  issuers: readonly ResolvedIssuer[],
  report: OptionReport,
): void {
  if (!resource) report.addMissing('resource')
  else if (issuers.some(isMicrosoft) && isWithoutPath(resource)) report.add('resource', NEEDS_PATH)
  const [first, ...others] = issuers
  const [second] = others
  const names = Object.keys(named ?? {})
  if (typeof issuer === 'string' && !names.includes(issuer)) {
    const given = names.join(', ') || 'not set'
    report.addMessage('issuer', `issuer must be a name in the option issuers (${given}).`)
  }
  if (mirrorMetadata !== true) {
    for (const each of issuers) warnOfTenants(each, report)
    // Clients sign in at the first authorization server in the metadata, and ignore the others.
    if (second !== undefined)
      report.warnings.push(
        `MCP clients sign in at one issuer only, so the metadata contains issuers.${first?.name}, and not ${others.map(({ name }) => `issuers.${name}`).join(' or ')}. Give each issuer its own McpAuth with its own resource, and set ${report.code('issuer', `'${second.name}'`)} there.`,
      )
  } else if (second !== undefined) {
    report.add('mirrorMetadata', {
      fault: 'works only with one issuer, because clients would not find the other issuers',
      remedy: `Remove ${report.code('mirrorMetadata')}, or set ${report.code('issuer', `'${first?.name}'`)}.`,
    })
  } else if (!issuers.every(isMicrosoft)) {
    report.add('mirrorMetadata', {
      fault: 'works only with Entra ID',
      remedy: `Remove ${report.code('mirrorMetadata')}, because clients read the metadata directly from your provider.`,
    })
  }
}

/** Returns the function that checks a scope, and returns its name without the prefix. */
function createToName(
  rules: ScopeRules,
  report: OptionReport,
): (option: string, scope: string) => string {
  const { prefix } = rules
  return (option, scope) => {
    const problem = scopeProblem(scope, rules)
    if (problem !== undefined) report.addMessage(option, problem)
    return prefix !== undefined && scope.startsWith(prefix) ? scope.slice(prefix.length) : scope
  }
}

const NEEDS_PATH =
  'needs a path, because MCP clients add a slash to a URL without a path, and Entra ID then rejects the sign-in with AADSTS9010010'

/**
 * Returns whether a URL does not have a path. Clients add a slash to such a URL, but Entra ID does not accept
 * identifiers that end with a slash.
 */
function isWithoutPath(resource: string): boolean {
  return resourceFault(resource) === undefined && new URL(resource).pathname === '/'
}

/**
 * Warns about an authority for several tenants. Clients compare the issuer in the metadata, so it must contain the ID
 * of one tenant.
 */
function warnOfTenants({ authority, name, place }: ResolvedIssuer, report: OptionReport): void {
  if (!isForMany(authority) || Array.isArray(authority.tenants)) return
  const mirror = `With ${report.code('mirrorMetadata', 'true')}, clients can sign in at every tenant.`
  const remedy = `Set ${place.code('authority')} to the URL with your tenant ID, or set ${place.code('tenants', "['<tenant ID>']")}.`
  report.warnings.push(
    `MCP clients do not find out where to sign in, because the authority accepts every tenant. ${remedy}${name === undefined ? ` ${mirror}` : ''}`,
  )
}

/** The form that the scopes of an MCP server must have. */
export interface ScopeRules {
  /** The prefix of full scopes at Entra ID: the resource and a slash. `undefined` at other providers. */
  readonly prefix: string | undefined
}

const OPENID_SCOPES: ReadonlySet<string> = new Set(['offline_access', 'openid', 'profile', 'email'])

/**
 * Checks a scope of an MCP server.
 *
 * @returns The message about the problem. `undefined` if the scope is valid.
 */
export function scopeProblem(scope: string, { prefix }: ScopeRules): string | undefined {
  if (OPENID_SCOPES.has(scope)) {
    return `${scope} is not a scope of this server. Remove it, because clients add this scope when they need it.`
  }
  if (prefix === undefined || !scope.includes('://') || scope.startsWith(prefix)) return undefined
  // Entra ID finds the registration by the parameter `resource`, and then rejects scopes of another Application ID URI.
  return `Write the scope ${quote(scope)} without its prefix, for example ${quote(nameOf(scope))}. Clients request this scope as ${prefix}${nameOf(scope)}, because Entra ID rejects scopes that do not start with resource (AADSTS9010010).`
}

function nameOf(scope: string): string {
  return scope.slice(scope.lastIndexOf('/') + 1)
}

/** Returns all scopes that each scope implies, directly or through other scopes. Two scopes may imply each other. */
function impliedScopes(
  given: readonly (readonly [scope: string, implied: readonly string[]])[],
): ReadonlyMap<string, readonly string[]> {
  const direct = new Map(given)
  return new Map([...direct.keys()].map((scope) => [scope, [...reachable(scope, direct)]]))
}

function reachable(
  from: string,
  direct: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const found = new Set<string>()
  const open = [from]
  for (let scope = open.pop(); scope !== undefined; scope = open.pop()) {
    for (const next of direct.get(scope) ?? []) {
      if (found.has(next)) continue
      found.add(next)
      open.push(next)
    }
  }
  return found
}
