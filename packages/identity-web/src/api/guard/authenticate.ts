// Returns the caller of a token, from the cache or after its verification.
import type { IssuingAuthority } from '../../authority/index.ts'
import { deepFreeze, createRecentCache } from '../../caches.ts'
import { traitsOf } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import type { ResolvedIssuer } from '../../options/resolve-api.ts'
import { quote } from '../../text.ts'
import { toCaller, withImpliedScopes } from '../token/caller.ts'
import { atCaller, atIssuer, type TokenRules } from '../token/rules.ts'
import { createIssuerSelection } from '../token/select-issuer.ts'
import {
  readAccessToken,
  verifyAccessToken,
  type VerifiedAccessToken,
} from '../token/verify-access-token.ts'
import { toContext, type AuthorizationContext, type CallServices } from './context.ts'

/**
 * Returns an access token's caller. The result is not a promise if the token was verified before or, on Node.js, if the
 * provider's documents are cached.
 *
 * @throws IdentityError `invalid_token` for a token that fails a check.
 * @throws IdentityError `invalid_request` for a value that is not a token.
 * @throws IdentityError `access_denied` for a tenant or client that is not allowed.
 * @throws IdentityError `provider_unavailable` if the keys were never fetched and the provider does not respond.
 */
export type AuthenticateToken = (token: string) => MaybePromise<AuthenticatedCaller>

/**
 * The caller whose token passed every check. Only this module creates such an object, so other values are not accepted
 * in its place.
 */
export class AuthenticatedCaller {
  readonly #context: AuthorizationContext

  constructor(context: AuthorizationContext) {
    this.#context = context
  }

  /** @returns `undefined` for every other value. */
  static contextOf(caller: AuthenticatedCaller): AuthorizationContext | undefined {
    const given: unknown = caller
    return typeof given === 'object' && given !== null && #context in given
      ? given.#context
      : undefined
  }

  get expiresAt(): number {
    return this.#context.claims.exp
  }
}

type CallerIssuer = TokenRules & CallServices

interface TokenServices {
  readonly issuers: readonly [CallerIssuer, ...CallerIssuer[]]
  /** The cache's size: how many tokens it keeps at least, if so many are in use. */
  readonly cacheEntries: number
  readonly impliedScopes: ReadonlyMap<string, readonly string[]> | undefined
  /** Returns the Unix time in seconds. */
  readonly now: () => number
}

interface CacheEntry {
  readonly caller: AuthenticatedCaller
  readonly issuing: IssuingAuthority
  readonly revision: number
}

/**
 * Creates the function that authenticates tokens and caches valid ones from their second use.
 *
 * A cached token is verified again after its expiry, after a key was removed, and after the issuer changed. The cache
 * compares whole tokens, so a token that differs in one character is another token. A route's requirement is not
 * cached, because it is checked on every request.
 */
export function createAuthenticateToken(services: TokenServices): AuthenticateToken {
  const { cacheEntries, impliedScopes, issuers, now } = services
  const cache = createRecentCache<CacheEntry>(cacheEntries)
  const isSecondUse = createDoorkeeper(cacheEntries)
  const select = createIssuerSelection(issuers)

  function verify(token: string): MaybePromise<AuthenticatedCaller> {
    const decoded = readAccessToken(token)
    return andThen(select(decoded.claims), (issuer) =>
      atIssuer(issuer.options.name, () =>
        andThen(verifyAccessToken(issuer, token, decoded), (verified) =>
          toCachedCaller(issuer, token, verified),
        ),
      ),
    )
  }

  function toCachedCaller(
    issuer: CallerIssuer,
    token: string,
    { claims, issuing, revision }: VerifiedAccessToken,
  ): AuthenticatedCaller {
    const { options } = issuer
    // Requests with the same token share the context, so a handler must not change it.
    const caller = atCaller(claims, () => {
      const read = toCaller(options.authority.kind, deepFreeze(claims))
      assertClientAllowed(options, read.clientId)
      return deepFreeze(withImpliedScopes(read, impliedScopes))
    })
    const authenticated = new AuthenticatedCaller(toContext(issuer, { token, claims, caller }))
    if (revision !== undefined && isSecondUse(token))
      cache.set(token, { caller: authenticated, issuing, revision })
    return authenticated
  }

  return (token) => {
    const entry = cache.get(token)
    return entry !== undefined &&
      now() < entry.caller.expiresAt &&
      entry.issuing.revision() === entry.revision
      ? entry.caller
      : verify(token)
  }
}

function assertClientAllowed(
  { allowedClients, authority, place }: ResolvedIssuer,
  clientId: string | undefined,
): void {
  if (allowedClients === undefined) return
  const id = traitsOf(authority.kind).ignoresCase ? clientId?.toLowerCase() : clientId
  if (id !== undefined && allowedClients.includes(id)) return
  throw new IdentityError(
    'access_denied',
    `The client ${quote(clientId)} is not allowed to call this API.`,
    {
      reason: 'client',
      hint: `To allow it, add its client ID to ${place.code('allowedClients', '[...]')}.`,
    },
  )
}

/**
 * The number of tokens that share a place in the filter. With a higher number, it is less likely that frequently used
 * tokens replace each other again and again.
 */
const WAYS = 4

/**
 * Creates a filter that tells whether a token was used before, with one number for each token.
 *
 * Only tokens that were used before are cached, because tokens that are used once would otherwise remove frequently
 * used tokens from the cache. The filter is sometimes wrong, but that costs only one more verification or one cache
 * entry.
 *
 * @param entries - The cache's size. The filter remembers about four times as many tokens, with 16 to 32 bytes for each
 *   entry.
 */
export function createDoorkeeper(entries: number): (token: string) => boolean {
  const places = 2 ** Math.ceil(Math.log2(entries))
  const numbers = new Int32Array(places * WAYS)
  return (token) => {
    let number = 0
    // A signature's end is as good as a random number.
    for (let index = token.length - 8; index < token.length; index++) {
      number = (Math.imul(number, 31) + token.charCodeAt(index)) | 0
    }
    const first = (number & (places - 1)) * WAYS
    // The latest number comes first, while the oldest one is forgotten.
    let carried = number
    for (let index = first; index < first + WAYS; index++) {
      const stored = numbers[index] ?? 0
      numbers[index] = carried
      if (stored === number) return true
      carried = stored
    }
    return false
  }
}
