// Resolves client ID, credential and environment variables.
import {
  CLOCK_TOLERANCE_SECONDS,
  isForMany,
  isGuid,
  isLoopbackUrl,
  type Authority,
  type AuthorityKind,
} from '../authority/index.ts'
import {
  apiProblems,
  chosenSecretMethod,
  credentialProblems,
  expiresWarnings,
  methodFault,
  secretOf,
  TOKEN_CACHE,
  traitsOf,
  type ApiDefinitions,
  type AssertionAudience,
  type AuthenticationMethod,
  type ClientCredential,
  type ResolvedTokenCache,
  type SecretMethod,
  type TokenCacheNeeds,
} from '../client/index.ts'
import { docsUrlWarnings } from '../docs-url.ts'
import { globalFetch } from '../fetch-api.ts'
import type { AppEnvironment, Environment } from '../host-traits.ts'
import { ownMembers } from '../own.ts'
import { DEFAULT_CACHE_ENTRIES, getOrCreate } from '../caches.ts'
import { OptionReport } from './option-report.ts'
import { isMethodWithAudience, PROVIDER_ROWS, type ProviderOptions } from './provider-options.ts'
import {
  resolveAuthority,
  withB2cEnvironment,
  type ResolvedAuthority,
} from './resolve-authority.ts'
import { definedOnly, fromEnvironment, optionTable, type Rows } from './rows.ts'

/** The resolved options that identify the application and its identity provider, with defaults applied. */
export interface ResolvedProvider extends ResolvedAuthority {
  readonly clientId: string
  readonly credential: ClientCredential | undefined
  readonly secretMethod: SecretMethod | undefined
  readonly assertionAudience: AssertionAudience | undefined
  readonly capabilities: readonly string[]
  readonly apis: ApiDefinitions | undefined
  readonly fetch: typeof fetch
  readonly timeoutSeconds: number
  readonly clockToleranceSeconds: number
  readonly cacheEntries: number
}

/**
 * Adds the values of the environment to the options. Options in the code take precedence, even if the code uses an
 * alternative name.
 */
export function withEnvironment<T extends ProviderOptions>(
  options: T,
  rows: Rows,
  variables: Environment,
): T {
  const found = fromEnvironment<ProviderOptions>(rows, variables)
  // Both have the same variable.
  const { clientSecret: _, clientCredential, ...others } = found
  return ownMembers({
    ...others,
    ...(options.clientSecret === undefined &&
      options.clientAuthentication !== 'none' &&
      definedOnly({ clientCredential })),
    ...definedOnly(options),
    b2c: withB2cEnvironment(options.b2c, variables),
  })
}

/**
 * Returns the environment in which the application runs: the option `environment`, or else `NODE_ENV`. If both are
 * missing, an application that can be reached only from its own machine is in development.
 *
 * @param urls - The URLs that show where the application runs: the redirect URI of a web app, or the authority of an
 *   API.
 */
export function resolveEnvironment(
  { environment }: { readonly environment?: AppEnvironment | undefined },
  variables: Environment,
  urls: readonly (string | undefined)[],
): AppEnvironment {
  const name = environment ?? (variables['NODE_ENV'] || undefined)
  // A misspelled name must not show the texts for developers to users.
  if (name !== undefined) return DEVELOPMENT.has(name) ? 'development' : 'production'
  const given = urls.filter((url) => url !== undefined && url !== '')
  return given.length > 0 && given.every(isLoopbackUrl) ? 'development' : 'production'
}

const DEVELOPMENT: ReadonlySet<string> = new Set(['development', 'test'])

/**
 * Checks the provider options and applies the defaults.
 *
 * @param given - The options, including the values of the environment.
 * @param inCode - The options without the values of the environment.
 */
export function resolveProvider(
  given: ProviderOptions,
  inCode: ProviderOptions,
  report: OptionReport,
): ResolvedProvider | undefined {
  const authority = resolveAuthority(given, inCode, report)
  const { clientAuthentication: chosen } = given
  // The row reports another value.
  const [method, audience] = isMethodWithAudience(chosen)
    ? [chosen.method, chosen.audience]
    : [chosen]
  if (!given.clientId) report.addMissing('clientId')
  checkCredential(given, method, report)
  if (authority !== undefined) warnOfTenants(authority.authority, given, report)
  const prefixed = authority === undefined || traitsOf(authority.authority.kind).prefixedScopes
  for (const fault of apiProblems(given.apis, prefixed)) {
    report.addMessage('apis', `${fault}, for example ${report.example('apis')}.`)
  }
  return (
    authority && {
      ...authority,
      clientId: given.clientId ?? '',
      credential: given.clientCredential ?? given.clientSecret,
      secretMethod: chosenSecretMethod(method),
      assertionAudience: audience,
      capabilities: Object.freeze([...(given.clientCapabilities ?? [])]),
      apis: given.apis,
      fetch: given.fetch ?? globalFetch,
      timeoutSeconds: given.timeoutSeconds ?? 10,
      clockToleranceSeconds: given.clockToleranceSeconds ?? CLOCK_TOLERANCE_SECONDS,
      cacheEntries: given.cacheEntries ?? DEFAULT_CACHE_ENTRIES,
    }
  )
}

/** Warns of an authority that accepts every tenant. A development provider has only test users. */
function warnOfTenants(authority: Authority, given: ProviderOptions, report: OptionReport): void {
  const { onLogin, allowedClients } = given as { onLogin?: unknown; allowedClients?: unknown }
  // Code that chooses users or clients, or names the tenants, has decided who may sign in.
  const isOpen = (given.tenants ?? onLogin ?? allowedClients) === undefined
  const { url, tenants } = authority
  if (!isOpen || !isForMany(authority) || isLoopbackUrl(url)) return
  report.warnings.push(
    `The authority ${url} accepts the users of every tenant. Set ${report.example('tenants')} for your tenants, or ${report.code('tenants', `'${String(tenants)}'`)} for all.`,
  )
}

function checkCredential(
  { clientCredential, clientSecret }: ProviderOptions,
  method: AuthenticationMethod | undefined,
  report: OptionReport,
): void {
  const option = 'clientCredential'
  if (clientCredential !== undefined) {
    for (const message of credentialProblems(clientCredential)) report.addMessage(option, message)
    if (clientSecret !== undefined && clientCredential !== clientSecret) {
      report.addMessage(
        option,
        `clientCredential and clientSecret are both configured, with different values. Set only ${report.code(option)}, for example ${report.example(option)}.`,
      )
    }
  }
  const wrong = methodFault(method, clientCredential ?? clientSecret)
  if (wrong !== undefined) report.add('clientAuthentication', wrong)
}

// All copies of the package share this symbol, because a bundler can include several.
const OWNERS = Symbol.for('identity-web.secret-owners')

/** The registration that a secret belongs to, and those that may use it until this is known. */
interface Owners {
  owner?: string
  readonly candidates: Set<string>
}

function ownersOf(secret: unknown): Owners {
  const all = ((globalThis as { [OWNERS]?: Map<unknown, Owners> })[OWNERS] ??= new Map())
  return getOrCreate(all, secret, () => ({ candidates: new Set() }))
}

/**
 * Returns the check that a secret of the environment is sent only for its own registration. If a variable of the code is
 * missing, the secret of one provider would otherwise be sent to another one.
 *
 * @param sources - The options of the registration, those in the code, and those that variables set.
 * @returns The function that returns the message, and remembers the registration if the secret belongs to it. A web app
 *   claims the secret, because an API that only verifies tokens does not need it. `undefined` if the registration does
 *   not use the secret.
 */
export function checkOfSecret(
  provider: ResolvedProvider | undefined,
  { given, inCode, named }: Readonly<Record<'given' | 'inCode' | 'named', ProviderOptions>>,
  report: OptionReport,
): ((claims?: boolean) => string | undefined) | undefined {
  if (!provider?.clientId) return undefined
  const { authority, clientId, credential } = provider
  const { clientCredential: secret, clientId: id = clientId, b2c } = named
  if (!secret || ![credential].flat().map(secretOf).includes(secret)) return undefined
  const own = registrationOf(authority, clientId)
  const names = NAMING.filter((name) => named[name] !== undefined)
  // The policies of Azure AD B2C can be in the code, and its tenant in the environment.
  const namedOptions = { ...named, b2c: b2c && { ...given.b2c, ...b2c } }
  const scratch = new OptionReport(optionTable('', PROVIDER_ROWS))
  const isElsewhere = names.some((name) => name !== 'clientId')
  const there = isElsewhere ? resolveAuthority(namedOptions, {}, scratch)?.authority : authority
  const isForeign = there === undefined || registrationOf(there, id) !== own
  const isWhole = isElsewhere && names.includes('clientId')
  const isInCode = Boolean(inCode.clientCredential ?? inCode.clientSecret)
  const known = ownersOf(secret)
  if (isInCode || !isForeign) known.candidates.add(own)

  return (claims = false) => {
    const rivals = claims ? [] : [...known.candidates]
    const owner = known.owner ?? rivals.find((other) => other !== own) ?? own
    if (isInCode || !(isForeign || (!isWhole && owner !== own))) {
      known.owner = own
      return undefined
    }
    const variables = names.map((name) => PROVIDER_ROWS[name].variable).join(' and ')
    const belongs = isForeign || known.owner ? 'belongs' : 'may belong'
    const whose = isForeign ? `the registration in ${variables}` : `the client ID ${owner}`
    return `IDENTITY_CLIENT_SECRET ${belongs} to ${whose}, but ${report.owner} has the client ID ${own}. Set ${report.code('clientCredential')} to its own credential. Is the variable that your code reads set? For a public client, set ${report.code('clientAuthentication', "'none'")}.`
  }
}

/** The options that name a registration. */
const NAMING = ['authority', 'oidcAuthority', 'b2c', 'clientId'] as const

/** Returns a client ID, and where it is registered. Tenants and policies of Microsoft share their registrations. */
function registrationOf({ kind, url }: Authority, clientId: string): string {
  const isOidc = kind === 'oidc'
  const registry = new URL(isOidc ? url : '.', url)
  // Tests often start a development provider several times, at different ports.
  if (isLoopbackUrl(url)) registry.port = ''
  return `${isOidc ? clientId : clientId.toLowerCase()} at ${registry.href}`
}

const SECRETS_WITH_ID: ReadonlySet<AuthorityKind> = new Set(['entra', 'external-id', 'b2c'])

/** The facts that the warnings about a provider depend on, and the report to which the warnings are added. */
interface WarningNeeds {
  readonly report: OptionReport
  readonly environment: AppEnvironment
  readonly variables: Environment
}

/**
 * Adds the warnings about a provider. An authority on this machine is not an error in production, because a proxy on
 * the same machine can lead to the provider. The portal of Entra ID shows the ID of a secret next to its value, and only the ID is a
 * GUID.
 */
export function warnOfProvider(
  provider: ResolvedProvider | undefined,
  { report, environment, variables }: WarningNeeds,
): void {
  if (provider !== undefined) {
    const { authority, credential } = provider
    const secrets = [credential].flat().map(secretOf)
    if (isLoopbackUrl(authority.metadataUrl)) {
      if (environment === 'production') {
        report.warnings.push(
          `The authority is a URL of this machine, and the application runs in production. A development provider signs in anyone as any user. Change ${report.where('authority')}.`,
        )
      }
    } else if (SECRETS_WITH_ID.has(authority.kind) && secrets.some(isGuid)) {
      report.warnings.push(
        `clientCredential is a GUID, so it is probably the ID of the client secret, but the provider accepts only the value of the secret. Change ${report.places('clientCredential')} to the value of the secret from Certificates & secrets of the app registration. The portal shows the value only once, so create a new secret if you did not save the value.`,
      )
    }
  }
  const warnings = [...docsUrlWarnings(variables), ...expiresWarnings(variables)]
  report.warnings.push(...warnings.filter((warning) => !report.warnings.includes(warning)))
}

/**
 * Checks the option `tokenCache`. Returns `undefined` if it is not set, or if its value does not come from
 * `sharedTokens()`.
 */
export function resolveTokenCache(
  { tokenCache }: ProviderOptions,
  needs: TokenCacheNeeds,
  report: OptionReport,
): ResolvedTokenCache | undefined {
  if (tokenCache === undefined) return undefined
  const resolved = TOKEN_CACHE.of(tokenCache)?.(needs)
  if (resolved === undefined) report.addForeign('tokenCache', 'sharedTokens()', 'token-cache')
  for (const message of resolved?.problems ?? []) report.addMessage('tokenCache', message)
  return resolved
}
