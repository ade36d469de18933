import { isSecureUrl } from '../authority/index.ts'
import { IdentityError } from '../errors.ts'
import type { MaybePromise } from '../maybe-promise.ts'
import type { AccessToken } from '../tokens.ts'
import { claimsOf } from './challenges.ts'
import type { ClaimsChallenge } from './user-tokens.ts'

/** How calls to an API are made. */
export interface ApiCalls {
  readonly fetch: typeof fetch
  /** The newest token that there is. Asked for only once it is clear that it may be sent. */
  readonly token: () => MaybePromise<AccessToken>
  /** Gets another token, with the claims that the API asks for. */
  readonly answer: (challenge: ClaimsChallenge) => Promise<AccessToken>
}

/**
 * Calls an API with an access token. Where the API wants a token with other claims (continuous access evaluation, an
 * authentication context), one is got and the call is made again, once.
 *
 * @throws IdentityError `configuration` when the token must not be sent there, and whatever `answer` throws.
 * @see {@link https://learn.microsoft.com/entra/identity-platform/claims-challenge}
 */
export async function callApi(
  { fetch, token, answer }: ApiCalls,
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
  // Not waited for: renders of React share answers, and such a copy is cancelled only when all of them are.
  response.body?.cancel().catch(() => undefined)
  return send(await answer({ claims, refused: current.token }))
}

/** @throws IdentityError `configuration` for another URL than one of https or of this very machine. */
function assertMayGetToken(url: string | URL): void {
  if (URL.canParse(url) && isSecureUrl(new URL(url))) return
  throw new IdentityError(
    'configuration',
    'context.fetch() sends access tokens only to https:// URLs (http:// only on localhost).',
  )
}

// Whoever an API redirects to elsewhere was sent no token, and has none to refuse.
function challengedClaims(answer: Response, asked: string | URL): string | undefined {
  if (answer.status !== 401) return undefined
  if (answer.redirected && new URL(answer.url).origin !== new URL(asked).origin) return undefined
  return claimsOf(answer.headers.get('www-authenticate'))
}

// A stream is gone once it was sent.
function canSendAgain(body: unknown): boolean {
  return !(body instanceof ReadableStream) && !isAsyncIterable(body)
}

function isAsyncIterable(body: unknown): boolean {
  return typeof body === 'object' && body !== null && Symbol.asyncIterator in body
}
