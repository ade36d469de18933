// Turns a request of an Azure SDK into a token request.
import { microsoftAuthority } from '../authority/index.ts'
import { getOrCreate } from '../caches.ts'
import {
  applicationTokens,
  claimsFromOutside,
  createOAuthClient,
  scopesToCall,
  type OAuthClient,
  type TokenSource,
} from '../client/index.ts'
import { configurationError, IdentityError, type ClaimsRequest } from '../errors.ts'
import type { MaybePromise } from '../maybe-promise.ts'
import { ownMembers } from '../own.ts'
import type { AccessToken } from '../tokens.ts'

/** A signal that ends the wait for a token, such as an `AbortSignal`. @public */
export interface AbortSignalLike {
  /** `true` if the wait has been ended. */
  readonly aborted: boolean
  /** Adds a function that is called when the wait ends. */
  addEventListener(type: 'abort', listener: () => void): void
  /** Removes the function. */
  removeEventListener(type: 'abort', listener: () => void): void
}

/** The options with which an SDK requests a token. @public */
export interface AzureTokenOptions {
  /** Ends this caller's wait, but not a token request that other callers share. @defaultValue none */
  readonly abortSignal?: AbortSignalLike | undefined
  /** The claims that the service requires, as JSON. @defaultValue none */
  readonly claims?: string | undefined
  /**
   * `true` if the SDK asks for a token before each request, and passes on a service's claims. This does not turn on
   * continuous access evaluation, so also set `clientCapabilities: ['cp1']` in `Auth` or `ApiAuth`.
   *
   * @defaultValue `false`
   */
  readonly enableCae?: boolean | undefined
  /** The tenant that the service belongs to. @defaultValue the source's tenant */
  readonly tenantId?: string | undefined
}

/** An access token, as the Azure SDKs expect it. @public */
export interface AzureAccessToken {
  /** The token itself. */
  token: string
  /**
   * The time until which the SDK may keep the token, as Unix time in milliseconds. It is the current time if the SDK
   * should ask again before the next request.
   */
  expiresOnTimestamp: number
  /**
   * The time at which the SDK should request another token, as Unix time in milliseconds. It is set only for an
   * application.
   */
  refreshAfterTimestamp?: number
  /** The type of the token. */
  tokenType: 'Bearer'
}

/**
 * A credential that fits the type `TokenCredential` of `@azure/core-auth`.
 *
 * @example
 * ```ts
 * const credential: AzureCredential = azureCredential(context)
 * ```
 * @public
 */
export interface AzureCredential {
  /**
   * Returns an access token to the SDK that calls this function.
   *
   * @param scopes - Scopes that belong to one API.
   * @param options - The signal, the claims and the tenant.
   * @throws IdentityError `interaction_required` if the user must consent or authenticate again. `configuration` for
   *   scopes that belong to several APIs, for a tenant that is not allowed, and for a context whose response has been
   *   sent. `invalid_token` if the token of an API's caller has expired.
   * @throws An `AbortError` if the signal ended the wait.
   *
   * @example const { token } = await azureCredential(context).getToken('https://storage.azure.com/.default')
   */
  getToken(scopes: string | string[], options?: AzureTokenOptions): Promise<AzureAccessToken>
}

/** A tenant's ID or domain. */
export const TENANT: RegExp = /^[a-z\d](?:[a-z\d.-]{0,251}[a-z\d])?$/i
/** How long calls with the same claims get the same token, in milliseconds. */
const SAME_CLAIMS_MS = 10_000

/** A token with the claims that a service requires. */
interface ClaimedToken {
  readonly claims: string
  readonly token: Promise<AccessToken>
  /** The time until which other calls with the same claims get the token, as Unix time in milliseconds. */
  readonly until: number
}

/**
 * Returns a credential's function.
 *
 * An SDK that sends claims does not say which token the service rejected, so the credential remembers the token that it
 * returned last.
 */
export function createGetToken(
  sourceOf: () => MaybePromise<TokenSource>,
  allowedTenants: readonly string[],
): AzureCredential['getToken'] {
  const last = new Map<string, AccessToken>()
  const claimed = new Map<string, ClaimedToken>()
  const atTenants = new Map<string, TokenSource>()

  /** Returns a token with the claims that a service requires. */
  async function claimedToken(
    key: string,
    given: string,
    request: (claims: ClaimsRequest) => Promise<AccessToken>,
  ): Promise<AccessToken> {
    const known = claimed.get(key)
    // Several requests of a client can fail at the same time. The first one gets the new token for all.
    if (known?.claims === given && Date.now() < known.until) return known.token
    const claims = claimsFromOutside(given)
    if (claims === undefined) throw unreadableClaims()
    const entry = { claims: given, token: request(claims), until: Date.now() + SAME_CLAIMS_MS }
    claimed.set(key, entry)
    try {
      return await entry.token
    } catch (error) {
      // The next call tries again.
      if (claimed.get(key) === entry) claimed.delete(key)
      throw error
    }
  }

  async function getToken(
    scopes: string | string[],
    { claims: given, enableCae, tenantId }: AzureTokenOptions,
  ): Promise<AzureAccessToken> {
    const own = await sourceOf()
    if (own.isEnded?.() === true) throw endedError(own)
    const requested = scopesToCall(scopes, own.client.traits.prefixedScopes)
    const tenant =
      tenantId === undefined ? undefined : await otherTenant(own, tenantId, allowedTenants)
    const source =
      tenant === undefined
        ? own
        : getOrCreate(atTenants, tenant, () => applicationAt(own.client, tenant))
    const key = [tenant, ...requested.scopes].join(' ')
    // An API's tokens that come from a refresh token replace each other, but other tokens are cached for their scopes.
    const lastKey = own.kind === 'user' || own.kind === 'process' ? requested.resource : key
    const token = await (given === undefined
      ? source.getToken(requested)
      : claimedToken(key, given, async (claims) => {
          const { token: rejectedToken } = last.get(lastKey) ?? (await source.getToken(requested))
          return source.getToken(requested, { claims, rejectedToken })
        }))
    last.set(lastKey, token)
    // The SDKs keep a token until shortly before its expiry. Then they ask for the next one in the background every
    // three seconds, and ignore errors meanwhile. A token that expires now makes them ask for each request, so that
    // they pass errors on at once. However, only SDKs with `enableCae` do that. Others, such as those for AMQP, plan
    // their next request with the time.
    return toAzureToken(token, own.kind !== 'application' || enableCae === true)
  }

  return (scopes, options = {}) =>
    untilAborted(() => getToken(scopes, ownMembers(options)), options.abortSignal)
}

function toAzureToken(
  { token, expiresAt, refreshAt }: AccessToken,
  asksAlways: boolean,
): AzureAccessToken {
  const now = Date.now()
  const refreshAfterTimestamp = refreshAt * 1000
  return {
    token,
    expiresOnTimestamp: asksAlways ? now : expiresAt * 1000,
    // With a time in the past, an SDK would ask again every three seconds.
    ...(!asksAlways && refreshAfterTimestamp > now && { refreshAfterTimestamp }),
    tokenType: 'Bearer',
  }
}

function endedError({ kind }: TokenSource): IdentityError {
  return kind === 'user'
    ? configurationError(
        'The response to this request has been sent, so azureCredential(context) cannot get more tokens of its user. Create the credential and the client of the SDK in the handler of each request, and wait for their results before you send the response.',
      )
    : new IdentityError(
        'invalid_token',
        'The access token of the caller has expired, so azureCredential(context) cannot get more tokens on behalf of its user. For work that takes longer, use azureCredential(api, { longRunningKey }) with the key of context.startLongRunningProcess().',
        { reason: 'time' },
      )
}

const TENANT_ID = /\/([\da-f-]{36})(?=\/|$)/i

/** Returns a source's tenant. The authority can contain the tenant's domain, and the issuer contains its ID. */
async function tenantOf({ client: { issuing }, tenant }: TokenSource): Promise<string | undefined> {
  return tenant === undefined ? TENANT_ID.exec((await issuing.metadata()).issuer)?.[1] : tenant()
}

/** Returns an application's tokens at another tenant. */
function applicationAt(
  { issuing: { authority, now, transport }, settings }: OAuthClient,
  tenant: string,
): TokenSource {
  const { href } = new URL(`/${tenant}`, authority.url)
  return applicationTokens(
    createOAuthClient(microsoftAuthority(href), { ...settings, transport, now }),
  )
}

/**
 * Returns the other tenant that the application allows, or `undefined` for the source's tenant.
 *
 * @throws IdentityError `configuration` for any other tenant.
 */
async function otherTenant(
  source: TokenSource,
  tenantId: string,
  allowedTenants: readonly string[],
): Promise<string | undefined> {
  const tenant = tenantId.toLowerCase()
  const own = await tenantOf(source)
  if (tenant === own?.toLowerCase()) return undefined
  const isEntra = source.client.issuing.authority.kind === 'entra'
  if (isEntra && source.kind === 'application' && allowedTenants.includes(tenant)) return tenant
  const asked = TENANT.test(tenant)
    ? `the tenant ${tenant}`
    : 'a tenant that is not an ID or a domain'
  const mine = own === undefined ? 'tokens without a tenant' : `tokens of the tenant ${own}`
  const remedy = !isEntra
    ? 'The option additionallyAllowedTenants works only with Entra ID.'
    : source.kind === 'application'
      ? 'If the service is trusted, set azureCredential(auth, { additionallyAllowedTenants: [tenant] }).'
      : 'A credential of a user only has tokens of the tenant in which the user signed in.'
  throw configurationError(
    `A service requested a token of ${asked}, but this credential has ${mine}. ${remedy}`,
  )
}

function unreadableClaims(): IdentityError {
  return new IdentityError(
    'invalid_response',
    'The claims that the service requires are not a JSON object, or have more than 2,048 characters.',
  )
}

/** Runs a function, and rejects with an `AbortError` when the signal aborts, but does not end the function. */
async function untilAborted<T>(run: () => Promise<T>, signal?: AbortSignalLike): Promise<T> {
  if (signal === undefined) return run()
  if (signal.aborted) throw aborted()
  let abort = (): void => undefined
  const end = new Promise<never>((_, reject) => {
    abort = () => reject(aborted())
  })
  signal.addEventListener('abort', abort)
  try {
    return await Promise.race([run(), end])
  } finally {
    signal.removeEventListener('abort', abort)
  }
}

function aborted(): DOMException {
  return new DOMException('The wait for the access token was aborted.', 'AbortError')
}
