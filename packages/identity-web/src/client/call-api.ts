// Calls an API with an access token, again for other claims.
import { isReadableStream } from '../fetch-api.ts'
import { isSecureUrl } from '../authority/index.ts'
import { configurationError, type ClaimsRequest } from '../errors.ts'
import type { MaybePromise } from '../maybe-promise.ts'
import type { AccessToken } from '../tokens.ts'
import { claimsOf, type ClaimsChallenge } from './challenges.ts'

export interface ApiCallOptions {
  readonly fetch: typeof fetch
  /** Returns the newest token. It is called only after the URL is checked. */
  readonly token: () => MaybePromise<AccessToken>
  /** Gets another token, with the claims that the API requires. */
  readonly tokenForClaims: (challenge: ClaimsChallenge) => Promise<AccessToken>
}

/**
 * Calls an API with an access token.
 *
 * If the API requires a token with other claims, as for continuous access evaluation and authentication contexts, this
 * function gets such a token and repeats the call once.
 *
 * @throws IdentityError `configuration` if the token must not be sent to this URL. Errors from `tokenForClaims` are
 *   passed on.
 * @see {@link https://learn.microsoft.com/entra/identity-platform/claims-challenge}
 */
export async function callApi(
  { fetch, token, tokenForClaims: answer }: ApiCallOptions,
  url: string | URL,
  init: RequestInit = {},
): Promise<Response> {
  assertMayGetToken(url)
  const current = await token()
  const send = ({ type, token: value }: AccessToken): Promise<Response> => {
    const headers = new Headers(init.headers)
    headers.set('authorization', `${type} ${value}`)
    return fetch(url, { ...init, headers })
  }
  const response = await send(current)
  const claims = challengedClaims(response, url)
  if (claims === undefined || !canSendAgain(init.body)) return response
  // Do not wait here: React shares responses between renders, and cancels a response only when every copy is cancelled.
  response.body?.cancel().catch(() => undefined)
  return send(await answer({ claims, rejectedToken: current.token }))
}

/** @throws IdentityError `configuration` unless the URL is an https URL or an http URL on this machine. */
function assertMayGetToken(url: string | URL): void {
  if (isSecureUrl(url)) return
  throw configurationError(
    'context.fetch() cannot send an access token to this URL. Use an https:// URL. An http:// URL is allowed only on localhost.',
  )
}

// After a redirect to another origin, `fetch` does not send the token, so a challenge from there is ignored.
function challengedClaims(response: Response, requestUrl: string | URL): ClaimsRequest | undefined {
  if (response.status !== 401) return undefined
  const { redirected, url } = response
  if (redirected && new URL(url).origin !== new URL(requestUrl).origin) return undefined
  return claimsOf(response.headers.get('www-authenticate'))
}

// A stream can be sent only once.
function canSendAgain(body: unknown): boolean {
  return !isReadableStream(body) && !(Symbol.asyncIterator in Object(body))
}
