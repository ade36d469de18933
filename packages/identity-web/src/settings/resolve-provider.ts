import { ownMembers } from '../own.ts'
import {
  CLOCK_TOLERANCE_SECONDS,
  isGuid,
  isLoopbackUrl,
  type AuthorityKind,
} from '../authority/index.ts'
import { globalFetch } from '../fetch-api.ts'
import {
  apiProblems,
  chosenSecretMethod,
  traitsOf,
  type ApiDefinitions,
  type AuthenticationMethod,
  type ClientCredential,
  type SecretMethod,
} from '../client/index.ts'
import { DEFAULT_CACHE_ENTRIES } from '../caches.ts'
import { providerProblems } from './check-values.ts'
import type { AppEnvironment } from './environment.ts'
import { missing } from './missing.ts'
import type { FailedCheck } from './problems.ts'
import type { Environment, ProviderOptions } from './provider-options.ts'
import {
  resolveAuthority,
  withB2cEnvironment,
  type ResolvedAuthority,
} from './resolve-authority.ts'

/** The resolved options that identify the application and its identity provider, with defaults applied. */
export interface ResolvedProvider extends ResolvedAuthority {
  readonly clientId: string
  readonly credential: ClientCredential | undefined
  readonly secretMethod: SecretMethod | undefined
  readonly capabilities: readonly string[]
  readonly apis: ApiDefinitions | undefined
  readonly fetch: typeof fetch
  readonly timeoutSeconds: number
  readonly clockToleranceSeconds: number
  readonly cacheEntries: number
}

/**
 * Adds the values of the environment to the provider options. Options in the code take precedence, also if they have an
 * alternative name.
 */
export function withProviderEnvironment<T extends ProviderOptions>(
  options: T,
  environment: Environment,
): T {
  const fromEnvironment: ProviderOptions = {
    authority: environment['IDENTITY_AUTHORITY'],
    oidcAuthority: environment['IDENTITY_OIDC_AUTHORITY'],
    clientId: environment['IDENTITY_CLIENT_ID'],
    clientCredential:
      options.clientSecret === undefined ? environment['IDENTITY_CLIENT_SECRET'] : undefined,
    // The check of the value is part of `resolveProvider`.
    clientAuthentication: environment['IDENTITY_CLIENT_AUTHENTICATION'] as AuthenticationMethod,
  }
  return {
    ...definedOnly(fromEnvironment),
    ...definedOnly(options),
    b2c: withB2cEnvironment(options.b2c, environment),
  }
}

/** Removes undefined values and empty strings, because `.env` files often contain empty variables. */
export function definedOnly<T extends object>(values: T): T {
  const defined = Object.entries(values).filter(([, value]) => value !== undefined && value !== '')
  return ownMembers(Object.fromEntries(defined) as T)
}

/**
 * Checks the provider options and applies the defaults.
 *
 * @param given - The options, including the values of the environment.
 * @param inCode - The options without the values of the environment.
 * @param problems - Receives each failed check.
 */
export function resolveProvider(
  given: ProviderOptions,
  inCode: ProviderOptions,
  problems: FailedCheck[],
): ResolvedProvider | undefined {
  const authority = resolveAuthority(given, inCode, problems)
  if (!given.clientId) {
    problems.push({
      option: 'clientId',
      message: missing({
        name: 'clientId',
        option: 'clientId',
        variable: 'IDENTITY_CLIENT_ID',
        example: 'the Application (client) ID of the app registration',
      }),
    })
  }
  problems.push(...providerProblems(given))
  const prefixed = authority === undefined || traitsOf(authority.authority.kind).prefixedScopes
  problems.push(
    ...apiProblems(given.apis, prefixed).map((message) => ({ option: 'apis', message })),
  )
  return (
    authority && {
      ...authority,
      clientId: given.clientId ?? '',
      credential: given.clientCredential ?? given.clientSecret,
      secretMethod: chosenSecretMethod(given.clientAuthentication),
      capabilities: Object.freeze([...(given.clientCapabilities ?? [])]),
      apis: given.apis,
      fetch: given.fetch ?? globalFetch,
      timeoutSeconds: given.timeoutSeconds ?? 10,
      clockToleranceSeconds: given.clockToleranceSeconds ?? CLOCK_TOLERANCE_SECONDS,
      cacheEntries: given.cacheEntries ?? DEFAULT_CACHE_ENTRIES,
    }
  )
}

const SECRETS_WITH_ID: ReadonlySet<AuthorityKind> = new Set(['entra', 'external-id', 'b2c'])
const SECRET_ID =
  'clientCredential is a GUID, so it is probably the ID of the client secret, which the provider rejects. Change Auth({ clientCredential }) or IDENTITY_CLIENT_SECRET to the value of the secret from Certificates & secrets of the app registration. The portal shows the value only once, so create a new secret if you do not have it.'

/**
 * Returns the warnings about a provider. An authority on this machine is not an error in production, because a proxy on
 * the same machine can lead to the provider. The portal of Entra ID shows the ID of a secret next to its value, and only the ID is a
 * GUID.
 */
export function providerWarnings(
  provider: ResolvedProvider | undefined,
  environment: AppEnvironment,
): string[] {
  if (provider === undefined) return []
  const { authority, credential } = provider
  if (!isLoopbackUrl(authority.metadataUrl)) {
    const hasSecretId = SECRETS_WITH_ID.has(authority.kind) && [credential].flat().some(isGuid)
    return hasSecretId ? [SECRET_ID] : []
  }
  if (environment !== 'production') return []
  return [
    'The authority is a URL of this machine, and the application runs in production. A development provider signs in anyone as any user. Change Auth({ authority }) or IDENTITY_AUTHORITY, for example https://login.microsoftonline.com/contoso.onmicrosoft.com.',
  ]
}
