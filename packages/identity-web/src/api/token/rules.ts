// The audiences and scopes of an API, and rejections of its tokens.
import {
  type Clock,
  type IssuingAuthority,
  rejectionOf,
  type TokenRejection,
} from '../../authority/index.ts'
import { IdentityError } from '../../errors.ts'
import type { UserClaims } from '../../event-emitter.ts'
import { isThenable, type MaybePromise } from '../../maybe-promise.ts'
import { traitsOf } from '../../client/index.ts'
import { quote } from '../../text.ts'
import type { ResolvedExtension, ResolvedIssuer } from '../../options/resolve-api.ts'

/** The authorities that issue one issuer's tokens. */
export interface Issuers {
  readonly main: IssuingAuthority
  /** Entra ID: the issuer of version 1 tokens. */
  readonly version1: IssuingAuthority | undefined
  /** Azure AD B2C: the issuers of the other user flows that sign users in, such as the password reset. */
  readonly userFlows: readonly IssuingAuthority[]
}

export interface TokenRules {
  readonly options: ResolvedIssuer
  readonly issuers: Issuers
  readonly audiences: Audiences
  readonly clock: () => Clock
}

/** The two forms of a scope's name. */
export interface ScopeNames {
  /** Returns a scope as a client must request it: with the API's prefix, if the provider's scopes have prefixes. */
  toFullScope(scope: string): string
  /** Returns a scope as tokens contain it: without the prefix. */
  toScopeName(scope: string): string
}

/** This API's names in its tokens. */
export interface Audiences extends ScopeNames {
  /**
   * Rejects tokens for another API.
   *
   * @param audience - The claim `aud`.
   * @throws IdentityError `invalid_token` that names the other API.
   */
  assertAudience(audience: unknown): void
  isAccepted(name: unknown): name is string
  /** Returns whether a token with this claim `aud` is for this API. */
  isForApi(audience: unknown): boolean
}

// Tokens for Microsoft Graph have one of these audiences.
const GRAPH_AUDIENCES: ReadonlySet<unknown> = new Set([
  '00000003-0000-0000-c000-000000000000',
  'https://graph.microsoft.com',
  'https://graph.microsoft.com/',
])

/** Determines an API's names at one issuer. */
export function createAudiences(
  { accepted, clientId, audience, authority }: ResolvedIssuer,
  { scopePrefix }: ResolvedExtension,
): Audiences {
  const { prefixedScopes } = traitsOf(authority.kind)
  const uri =
    audience.find((name) => name.includes('://')) ??
    (authority.kind === 'adfs' ? clientId : `api://${clientId}`)
  const hasPrefix = authority.kind === 'entra' || authority.kind === 'external-id'
  const prefix = (hasPrefix ? scopePrefix : undefined) ?? `${uri.replace(/\/$/, '')}/`

  const isAccepted = (name: unknown): name is string =>
    typeof name === 'string' && accepted.has(name)
  const isForApi = (given: unknown): boolean =>
    Array.isArray(given) ? given.some(isAccepted) : isAccepted(given)
  const toScopeName = (scope: string): string =>
    prefixedScopes && scope.includes('://') ? scope.slice(scope.lastIndexOf('/') + 1) : scope
  const toFullScope = (scope: string): string =>
    prefixedScopes && !scope.includes('://') ? `${prefix}${scope}` : scope

  return {
    assertAudience(given) {
      if (isForApi(given)) return
      const first: unknown = Array.isArray(given) ? given[0] : given
      if (typeof first !== 'string') throw withoutAudience()
      const other = GRAPH_AUDIENCES.has(first) ? 'https://graph.microsoft.com' : quote(first)
      throw rejectAccessToken(
        'audience',
        `it is for ${other}; ask for a scope of this API${prefixedScopes ? `, such as ${toFullScope('.default')}` : ''}`,
      )
    },
    isAccepted,
    isForApi,
    toFullScope,
    toScopeName,
  }
}

function withoutAudience(): IdentityError {
  return rejectAccessToken(
    'audience',
    'it does not contain an audience (aud), so it can be for any API; configure the provider to add the audience of this API',
    {
      hint: 'Configure the provider so that its access tokens for this API contain an audience, for example with an audience mapper in Keycloak, and set the option audience (IDENTITY_AUDIENCE) to the same value.',
    },
  )
}

/**
 * Creates the error for an access token that is not accepted. The message says how to fix the reason, if the caller
 * can.
 */
export const rejectAccessToken: TokenRejection = rejectionOf('access token')

// The issuer that rejected a token, or whose user must interact, if the API has several.
const issuersOfErrors = new WeakMap<IdentityError, string>()

export function recordIssuer(error: unknown, issuer: string | undefined): void {
  if (issuer !== undefined && IdentityError.is(error)) issuersOfErrors.set(error, issuer)
}

// The claims of tokens that were rejected although they are valid, for the events.
const claimsOfErrors = new WeakMap<IdentityError, UserClaims>()

/** Returns the verified claims of the caller that an error is about. */
export const recordedCaller = (error: IdentityError): UserClaims | undefined =>
  claimsOfErrors.get(error)

/** Records the issuer and the verified claims of the caller for an error. */
export function recordCaller(
  error: IdentityError,
  { issuer, claims }: { issuer?: string | undefined; claims: UserClaims },
): void {
  recordIssuer(error, issuer)
  claimsOfErrors.set(error, claims)
}

/** Runs a check of verified claims, and records them for its errors. */
export function atCaller<T>(claims: UserClaims, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (IdentityError.is(error)) claimsOfErrors.set(error, claims)
    throw error
  }
}

/** Returns the issuer that an error concerns, or `undefined` if it is not known or does not have a name. */
export function recordedIssuer(error: IdentityError): string | undefined {
  return issuersOfErrors.get(error)
}

/** Runs a step at one issuer, and records the issuer's name for the step's errors. */
export function atIssuer<T>(name: string | undefined, run: () => MaybePromise<T>): MaybePromise<T> {
  const fail = (error: unknown): never => {
    recordIssuer(error, name)
    throw error
  }
  try {
    const result = run()
    return isThenable(result) ? result.then(undefined, fail) : result
  } catch (error) {
    return fail(error)
  }
}
