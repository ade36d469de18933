import type { ExtensionFindings, GivenOptions } from '../api/index.ts'
import type { Authority } from '../authority/index.ts'
import { parseScopes } from '../client/index.ts'
import { isScopes, isStringList } from '../settings/check-values.ts'
import type { FailedCheck, OptionInfo } from '../settings/problems.ts'
import type { McpAuthOptions } from './options.ts'
import { impliedScopes, isScopeMap, scopeProblem, type ScopeRules } from './scopes.ts'
import { isHost, isOrigin } from './origins.ts'
import { resourceProblem } from './resource-url.ts'

/** The options that `McpAuth` has and `ApiAuth` does not. */
type OwnOptions = Omit<McpAuthOptions, keyof GivenOptions['given']>

/** The additional options of `McpAuth`. Typed as a record, so that an option without an entry fails the build. */
export const MCP_NAMES: Record<keyof OwnOptions, OptionInfo> = {
  scopes: { example: "['Tools.Use']", restricts: true },
  scopeImplies: { example: "{ 'Files.ReadWrite': ['Files.Read'] }" },
  allowedOrigins: { example: "['https://chat.contoso.com']" },
  allowedHosts: { example: "['mcp.internal:8080']" },
  mirrorMetadata: { example: 'true' },
}

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

/** The results of the checks. The settings are missing if an option has a problem. */
export interface McpFindings extends ExtensionFindings {
  readonly settings: McpSettings | undefined
}

/** Checks and resolves the additional options. */
export function resolveMcpOptions({
  given: all,
  provider,
  environment,
}: GivenOptions): McpFindings {
  const given = all as McpAuthOptions
  const { resource, scopeImplies, allowedOrigins = [], allowedHosts = [] } = given
  const kind = provider?.authority.kind
  // They compare the parameter `resource` of a sign-in with the Application ID URIs of the registration.
  const isMicrosoft = kind === 'entra' || kind === 'external-id'
  const problems: FailedCheck[] = []
  const check = (option: keyof McpAuthOptions, message: string | undefined): void => {
    if (message !== undefined) problems.push({ option, message })
  }

  check('resource', resourceProblem(resource, isMicrosoft))
  const rules: ScopeRules = {
    prefix: isMicrosoft && resource !== undefined ? `${resource}/` : undefined,
  }
  const scopes = isScopes(given.scopes) ? parseScopes(given.scopes) : []
  if (given.scopes !== undefined && scopes.length === 0) {
    check(
      'scopes',
      "scopes must be a list of strings or a space-separated string, for example McpAuth({ scopes: ['Tools.Use'] }). Omit it to accept every scope of this server.",
    )
  }
  for (const scope of scopes) check('scopes', scopeProblem(scope, rules))
  const implications = isScopeMap(scopeImplies) ? Object.entries(scopeImplies) : []
  if (scopeImplies !== undefined && !isScopeMap(scopeImplies)) {
    check(
      'scopeImplies',
      "scopeImplies must be an object with a list of scopes for each scope, for example McpAuth({ scopeImplies: { 'Files.ReadWrite': ['Files.Read'] } }).",
    )
  }
  for (const scope of implications.flat(2)) check('scopeImplies', scopeProblem(scope, rules))
  if (!isStringList(allowedOrigins) || !allowedOrigins.every(isOrigin)) {
    check(
      'allowedOrigins',
      "allowedOrigins must be a list of origins without a path, such as McpAuth({ allowedOrigins: ['https://chat.contoso.com'] }). '*' and 'null' are not possible, because every page could then call the server.",
    )
  }
  if (!isStringList(allowedHosts) || !allowedHosts.every(isHost)) {
    check(
      'allowedHosts',
      "allowedHosts must be a list of hosts, with or without a port, such as McpAuth({ allowedHosts: ['mcp.internal:8080'] }).",
    )
  }
  const { mirrorMetadata = false } = given
  if (typeof mirrorMetadata !== 'boolean') {
    check(
      'mirrorMetadata',
      'mirrorMetadata must be true or false, for example McpAuth({ mirrorMetadata: true }).',
    )
  } else if (mirrorMetadata && provider !== undefined && !isMicrosoft) {
    check(
      'mirrorMetadata',
      'mirrorMetadata works only with Entra ID. Remove McpAuth({ mirrorMetadata }), because clients read the metadata of your provider itself.',
    )
  }
  const name = (scope: string): string => toName(scope, rules)
  const names = scopes.map(name)
  const settings =
    problems.length > 0 || resource === undefined || !URL.canParse(resource)
      ? undefined
      : {
          ...rules,
          resource: new URL(resource),
          scopes: names,
          allowedOrigins,
          allowedHosts,
          mirrorMetadata,
          isDevelopment: environment === 'development',
        }
  return {
    problems,
    warnings: provider === undefined || mirrorMetadata ? [] : warningsFor(provider.authority),
    settings,
    resolved: {
      scopePrefix: rules.prefix,
      impliedScopes:
        scopeImplies &&
        impliedScopes(implications.map(([scope, implied]) => [name(scope), implied.map(name)])),
      advertisedScopes: names.length > 0 ? names : undefined,
      authorizationServers:
        settings?.mirrorMetadata === true ? [settings.resource.href] : undefined,
      isAtRoot: true,
    },
  }
}

function toName(scope: string, { prefix }: ScopeRules): string {
  return prefix !== undefined && scope.startsWith(prefix) ? scope.slice(prefix.length) : scope
}

/** Clients compare the issuer in the metadata, which must contain the ID of a tenant. */
function warningsFor({ tenant = '', tenants }: Authority): readonly string[] {
  const isTemplate = ['common', 'organizations'].includes(tenant.toLowerCase())
  return isTemplate && !Array.isArray(tenants)
    ? [
        "MCP clients do not find out where to sign in, because the authority accepts every tenant. Set McpAuth({ authority }) to the URL with your tenant ID, or set McpAuth({ tenants: ['<tenant ID>'] }). With McpAuth({ mirrorMetadata: true }), clients can sign in at every tenant.",
      ]
    : []
}
