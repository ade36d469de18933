import type { ResolvedTokenCache } from '../client/index.ts'
import type { AppEnvironment, Environment } from '../host-traits.ts'
import { ownMembers } from '../own.ts'
import type { TokenStore } from '../store.ts'
import { areIssuers, type ApiAuthOptions } from './api-options.ts'
import { secretFault } from './checks.ts'
import { OptionReport } from './option-report.ts'
import type { ConfigurationProblem } from './problems.ts'
import { resolveIssuers, withIssuerRows, type ResolvedIssuer } from './resolve-issuers.ts'
import {
  resolveEnvironment,
  resolveTokenCache,
  warnOfProvider,
  withEnvironment,
} from './resolve-provider.ts'
import { ownOptions, type OptionTable } from './rows.ts'

/** The checked options with their defaults. */
export interface ResolvedApiOptions {
  /** The class that the developer has written, as messages name it. */
  readonly owner: string
  /** One, or several with different names. Options that do not belong to an issuer are the same in all of them. */
  readonly issuers: readonly [ResolvedIssuer, ...ResolvedIssuer[]]
  readonly resource: URL | undefined
  readonly longRunning:
    | { readonly store: TokenStore; readonly secrets: readonly string[] }
    | undefined
  readonly tokenCache: ResolvedTokenCache | undefined
  readonly now: (() => number) | undefined
  readonly environment: AppEnvironment
  /** The changes of an extension, such as `McpAuth`. */
  readonly extended: ResolvedExtension
}

/** Either the resolved options, or all problems with them. */
export interface ApiResolution {
  readonly resolved: ResolvedApiOptions | undefined
  readonly problems: readonly ConfigurationProblem[]
  readonly warnings: readonly string[]
  readonly environment: AppEnvironment
}

/** The options with the values of the environment variables, and the issuers whose options are valid. */
export interface GivenOptions {
  readonly given: ApiAuthOptions
  readonly issuers: readonly ResolvedIssuer[]
  readonly environment: AppEnvironment
}

/** The changes of an extension to the services of the API. */
export interface ResolvedExtension {
  /** The prefix of scopes, with a slash at the end. `undefined` for that of the audience. */
  readonly scopePrefix?: string | undefined
  /** The scopes that each scope contains, directly or through other scopes. */
  readonly impliedScopes?: ReadonlyMap<string, readonly string[]> | undefined
  /** The scopes in the metadata. `undefined` for those of the routes. */
  readonly advertisedScopes?: readonly string[] | undefined
  /** The authorization servers in the metadata. `undefined` for the issuers of the authority. */
  readonly authorizationServers?: readonly string[] | undefined
  /** Whether the metadata is also served at the root of the origin. */
  readonly isAtRoot?: boolean | undefined
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
  const options = ownOptions(written, table.rows)
  // With several issuers, the other variables would not say which of them they mean.
  const { IDENTITY_RESOURCE } = variables
  const used = options.issuers === undefined ? variables : { IDENTITY_RESOURCE }
  const given = withEnvironment(options, table.rows, used)
  const environment = resolveEnvironment(given, variables, authoritiesOf(given))
  const report = new OptionReport(table)
  report.check(options, given)
  const issuers = resolveIssuers(given, options, report)
  const longRunning = resolveLongRunning(given, variables, report)
  const tokenCache = resolveTokenCache(given, { variables }, report)
  for (const issuer of issuers) {
    warnOfProvider(issuer, { report: issuer.place, environment, variables })
  }
  const extended = resolve?.({ given, issuers, environment }, report) ?? {}
  const { warnings } = report
  const problems = report.toProblems()
  const [first, ...others] = issuers
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
