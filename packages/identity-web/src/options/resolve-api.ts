// Resolves the options of an API and its issuers.
import { parseScopes, traitsOf, withExpiry, type ResolvedTokenCache } from '../client/index.ts'
import type { AppEnvironment, Environment } from '../host-traits.ts'
import { ownMembers } from '../own.ts'
import { STORE_PROBLEM, STORE_TIMEOUT_SECONDS, type TokenStore } from '../store.ts'
import { isStringList, quote } from '../text.ts'
import {
  areIssuers,
  ISSUER_OPTIONS,
  ISSUER_ROWS,
  type ApiAuthOptions,
  type IssuerOptions,
} from './api-options.ts'
import { isScopes, isText, secretFault } from './checks.ts'
import { OptionReport } from './option-report.ts'
import type { CheckResults } from './problems.ts'
import {
  checkOfSecret,
  resolveEnvironment,
  resolveProvider,
  resolveTokenCache,
  warnOfProvider,
  withEnvironment,
  type ResolvedProvider,
} from './resolve-provider.ts'
import { definedOnly, group, optionTable, readOptions, type OptionTable } from './rows.ts'

/** An issuer whose tokens the API accepts, and how the API is registered there. */
export interface ResolvedIssuer extends ResolvedProvider {
  /** Its name in the option `issuers`. `undefined` if the API has one issuer, without a name. */
  readonly name: string | undefined
  /** The names of the API that developers added to the standard ones. */
  readonly audience: readonly string[]
  /** The accepted values of the claim `aud`. */
  readonly accepted: ReadonlySet<string>
  /** In lower case. */
  readonly allowedClients: readonly string[] | undefined
  /** Names the places of the issuer's options in messages. */
  readonly place: OptionReport
}

/** The checked options with their defaults. */
export interface ResolvedApiOptions {
  /** The name of the class that the developer has used, for messages. */
  readonly owner: string
  /** One, or several with different names. Options that do not belong to an issuer are the same in all of them. */
  readonly issuers: readonly [ResolvedIssuer, ...ResolvedIssuer[]]
  readonly resource: URL | undefined
  readonly longRunning:
    | { readonly store: TokenStore; readonly secrets: readonly string[] }
    | undefined
  readonly tokenCache: ResolvedTokenCache | undefined
  readonly errorBody: ApiAuthOptions['errorBody']
  readonly now: (() => number) | undefined
  readonly environment: AppEnvironment
  /** The changes of an extension, such as `McpAuth`. */
  readonly extended: ResolvedExtension
}

/** Either the resolved options, or all problems with them. */
export interface ApiResolution extends CheckResults {
  readonly resolved: ResolvedApiOptions | undefined
}

/** The options with the values of the environment variables, and the issuers whose options are valid. */
export interface GivenOptions {
  readonly given: ApiAuthOptions
  readonly issuers: readonly ResolvedIssuer[]
  readonly environment: AppEnvironment
}

/** The changes of an extension to the services of the API. */
export interface ResolvedExtension {
  /** The prefix of scopes, with a slash at the end. `undefined` if the audience determines the prefix. */
  readonly scopePrefix?: string | undefined
  /** The scopes that each scope contains, directly or through other scopes. */
  readonly impliedScopes?: ReadonlyMap<string, readonly string[]> | undefined
  /** The only issuers that the API accepts. `undefined` for all of them. */
  readonly issuers?: readonly ResolvedIssuer[] | undefined
  /** Scopes for the metadata. */
  readonly advertisedScopes?: readonly string[] | undefined
  /** `false` if the metadata does not contain the scopes of the routes. */
  readonly advertisesRoutes?: boolean | undefined
  /** The authorization servers in the metadata. `undefined` if the metadata contains the issuers of the authority. */
  readonly authorizationServers?: readonly string[] | undefined
  /**
   * `true` for an MCP server, whose metadata is also served at the root of the origin. Its clients cannot ask a user for
   * consent to what the server needs, because they cannot combine `.default` with other scopes.
   */
  readonly isForMcp?: boolean | undefined
}

/** The options of a class that protects an API. */
export interface OptionsExtension {
  readonly table: OptionTable
  /** Checks the options that `ApiAuth` does not have, and resolves them. */
  resolve?(options: GivenOptions, report: OptionReport): ResolvedExtension
}

/** Applies the environment variables and the defaults, and checks all options. All problems are reported together. */
export function resolveApiOptions(
  written: ApiAuthOptions,
  variables: Environment,
  { table: all, resolve }: OptionsExtension,
): ApiResolution {
  const table = withIssuerRows(all, written)
  const options = readOptions(written, table.rows)
  // With several issuers, the other variables would not say which of them they mean.
  const { IDENTITY_RESOURCE } = variables
  const used = options.issuers === undefined ? variables : { IDENTITY_RESOURCE }
  const given = withEnvironment(options, table.rows, used)
  const environment = resolveEnvironment(given, variables, authoritiesOf(given))
  const report = new OptionReport(table)
  report.check(options, given, used)
  const resolved = resolveIssuers(given, options, report)
  // An API often needs no credential, so only a request with the secret fails if the secret belongs elsewhere.
  const sources = { given, inCode: options, named: withEnvironment({}, table.rows, used) }
  const issuers = resolved.map((issuer) =>
    withExpiry(issuer, variables, checkOfSecret(issuer, sources, report)),
  )
  const longRunning = resolveLongRunning(given, variables, report)
  const tokenCache = resolveTokenCache(given, { variables }, report)
  for (const issuer of issuers) {
    warnOfProvider(issuer, { report: issuer.place, environment, variables })
  }
  const extended = ownMembers(resolve?.({ given, issuers, environment }, report) ?? {})
  const { warnings } = report
  const problems = report.toProblems()
  const [first, ...others] = extended.issuers ?? issuers
  if (problems.length > 0 || first === undefined) {
    return { resolved: undefined, problems, warnings, environment }
  }
  return {
    problems,
    warnings,
    environment,
    resolved: ownMembers({
      owner: table.owner,
      issuers: [first, ...others] as const,
      resource: given.resource === undefined ? undefined : new URL(given.resource),
      longRunning,
      tokenCache,
      errorBody: given.errorBody,
      now: given.now,
      environment,
      extended,
    }),
  }
}

function resolveLongRunning(
  { longRunning }: ApiAuthOptions,
  variables: Environment,
  report: OptionReport,
): ResolvedApiOptions['longRunning'] {
  if (longRunning === undefined) return undefined
  // Without TypeScript, an application can pass any value.
  const { store, secret } = ownMembers<Partial<typeof longRunning>>(longRunning)
  if (store === undefined) report.addMissing('longRunning.store')
  const problem = STORE_PROBLEM.of(store)?.(STORE_TIMEOUT_SECONDS)
  if (problem !== undefined) report.addMessage('longRunning.store', problem)
  const secrets = [secret ?? (variables['IDENTITY_SESSION_SECRET'] || [])].flat()
  const fault = secretFault(secrets)
  if (secrets.length === 0) report.addMissing('longRunning.secret')
  else if (fault !== undefined) report.add('longRunning.secret', fault)
  return store && { store, secrets }
}

/** Returns the URLs of the configured authorities. Azure AD B2C never runs on this machine. */
function authoritiesOf({ issuers, ...only }: ApiAuthOptions): readonly (string | undefined)[] {
  const all = [only, ...(areIssuers(issuers) ? Object.values(issuers) : [])]
  return all.flatMap(({ authority, oidcAuthority, b2c }) => [
    authority,
    oidcAuthority,
    b2c && 'https://b2clogin.com',
  ])
}

/** Adds the rows of each issuer in the option `issuers` to the options of a class. */
function withIssuerRows(table: OptionTable, { issuers }: ApiAuthOptions): OptionTable {
  const { issuers: row, ...rows } = table.rows
  // The check of the option reports another value.
  if (row === undefined || !areIssuers(issuers)) return table
  const entries = Object.keys(issuers).map((name) => [name, group('', ISSUER_ROWS)] as const)
  const members = Object.fromEntries(entries)
  return optionTable(table.owner, { ...rows, issuers: { ...row, members } }, table.replaced)
}

/**
 * Checks and resolves the issuers: those of the option `issuers`, or the only one. Those with problems are missing.
 *
 * @param given - The options, including the values of the environment.
 * @param inCode - The options without the values of the environment.
 */
function resolveIssuers(
  given: ApiAuthOptions,
  inCode: ApiAuthOptions,
  report: OptionReport,
): readonly ResolvedIssuer[] {
  const { issuers } = given
  if (issuers === undefined) return resolveIssuer(given, inCode, { name: undefined, place: report })
  if (!areIssuers(issuers)) return []
  const [first] = Object.keys(issuers)
  for (const option of ISSUER_OPTIONS.filter((name) => name in definedOnly(inCode))) {
    report.addMessage(
      option,
      `${option} and issuers are both configured. ${option} belongs to one issuer, so set ${report.code(`issuers.${first}.${option}`)} instead of ${report.code(option)}.`,
    )
  }
  const resolved = Object.entries(issuers).flatMap(([name, entry]) => {
    const own = definedOnly(entry)
    const place = report.at(`issuers.${name}`)
    return resolveIssuer(ownMembers({ ...given, ...own }), own, { name, place })
  })
  for (const [index, second] of resolved.entries()) {
    for (const other of resolved.slice(0, index)) {
      const message = isSame(other, second) && overlapMessage(other, second)
      if (message) second.place.addMessage('authority', message)
    }
  }
  return resolved
}

function resolveIssuer(
  given: ApiAuthOptions,
  inCode: IssuerOptions,
  { name, place }: Pick<ResolvedIssuer, 'name' | 'place'>,
): readonly ResolvedIssuer[] {
  const { allowedClients: clients, resource } = given
  const audience = parseScopes(isScopes(given.audience) ? given.audience : [])
  const provider = resolveProvider(withClientId(given, audience), inCode, place)
  if (provider === undefined) return []
  const { ignoresCase } = traitsOf(provider.authority.kind)
  const allowedClients = isStringList(clients)
    ? clients.map((client) => (ignoresCase ? client.toLowerCase() : client))
    : undefined
  const accepted = acceptedAudiences(provider, audience, resource)
  return [{ ...provider, name, audience, accepted, allowedClients, place }]
}

/**
 * Returns the options with a client ID. If the provider is not Microsoft, an API need not be registered as a client, so
 * the first audience replaces a missing client ID.
 */
function withClientId(given: ApiAuthOptions, [first]: readonly string[]): ApiAuthOptions {
  const needsClientId = Boolean(given.oidcAuthority) && !given.clientId
  return needsClientId && first !== undefined ? ownMembers({ ...given, clientId: first }) : given
}

/**
 * Returns the names of an API in its tokens.
 *
 * The audience of a version 2 token is the client ID. The audience of a version 1 token is one of the Application ID
 * URIs, with or without a slash at the end.
 *
 * @see {@link https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference | aud}
 */
function acceptedAudiences(
  { authority, clientId }: ResolvedProvider,
  audience: readonly string[],
  resource: string | undefined,
): ReadonlySet<string> {
  const isMicrosoft = traitsOf(authority.kind).prefixedScopes
  // With other providers than Microsoft, clients name the API by its URL (RFC 8707).
  const url = resource !== undefined && URL.canParse(resource) ? new URL(resource).href : clientId
  const names = [clientId, isMicrosoft ? `api://${clientId}` : url, ...audience]
  // Values that are not strings have problems.
  const withoutSlash = names.filter(isText).map((name) => name.replace(/\/$/, ''))
  return new Set(withoutSlash.flatMap((name) => [name, `${name}/`]))
}

/**
 * Returns whether the settings show that two authorities have the same issuer. The metadata of the authorities can show
 * it later.
 */
function isSame({ authority }: ResolvedIssuer, { authority: other }: ResolvedIssuer): boolean {
  const isKnown = !authority.issuerRule.includes('<')
  const isSameUrl = authority.url.toLowerCase() === other.url.toLowerCase()
  return authority.issuerRule === other.issuerRule && (isKnown || isSameUrl)
}

/** Returns the message about two issuers that have the same `iss`, if they also have a common audience. */
export function overlapMessage(
  { name, authority, accepted }: ResolvedIssuer,
  other: ResolvedIssuer,
  iss: string = authority.issuerRule,
): string | undefined {
  const audience = [...accepted].find((one) => other.accepted.has(one))
  return audience === undefined
    ? undefined
    : `issuers.${name} and issuers.${other.name} both accept tokens with the issuer ${iss} and the audience ${quote(audience)}. Remove one of them, or give each of them its own clientId and audience.`
}
