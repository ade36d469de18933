import { isSecureUrl } from '../../authority/index.ts'
import { claimsOf, type ResourceScopes } from '../../client/index.ts'
import { IdentityError, restate } from '../../errors.ts'
import type { Session } from '../../session/index.ts'
import type { AccessToken } from '../../tokens.ts'
import type { Exchange } from '../http/exchange.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import { noteStepUp } from '../sign-in/step-up.ts'
import { acquire, store, withClaims } from './acquire.ts'

/** What calls to an API during one request share. */
export interface DownstreamCalls<User> {
  readonly runtime: WebRuntime<User>
  readonly exchange: Exchange
  readonly session: Session
  readonly wanted: ResourceScopes
  /** The newest token that the request has: an answered challenge brings another. */
  token: AccessToken
}

/**
 * Calls an API with the access token. Where the API wants a token with other claims (continuous access evaluation,
 * an authentication context), one is got and the call is made again, once.
 *
 * @throws IdentityError `configuration` when the token must not be sent there; `interaction_required` when the
 *   challenge needs the user, which the guard makes a step-up of.
 * @see {@link https://learn.microsoft.com/entra/identity-platform/claims-challenge}
 */
export async function callApi<User>(
  calls: DownstreamCalls<User>,
  input: string | URL | undefined,
  init: RequestInit = {},
): Promise<Response> {
  const url = assertSecure(input)
  const refused = calls.token
  const answer = await send(calls, url, init)
  const claims = challengedClaims(answer, url)
  if (claims === undefined || !canSendAgain(init.body)) return answer
  await answer.body?.cancel()
  calls.token = await answerChallenge(calls, { claims, refused: refused.token })
  return send(calls, url, init)
}

function assertSecure(input: string | URL | undefined): string | URL {
  if (input !== undefined && URL.canParse(input) && isSecureUrl(new URL(input))) return input
  throw new IdentityError(
    'configuration',
    input === undefined
      ? 'context.fetch() was given no URL, and endpoint is not configured. Set Auth({ endpoint }) or IDENTITY_ENDPOINT, for example https://graph.microsoft.com/v1.0/me.'
      : 'context.fetch() sends access tokens only to https:// URLs (http:// only on localhost).',
  )
}

function send<User>(
  { runtime, token }: DownstreamCalls<User>,
  url: string | URL,
  init: RequestInit,
): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('authorization', `${token.type} ${token.token}`)
  return runtime.options.fetch(url, { ...init, headers })
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

async function answerChallenge<User>(
  { runtime, exchange, session, wanted }: DownstreamCalls<User>,
  challenge: { readonly claims: string; readonly refused: string },
): Promise<AccessToken> {
  const cookieHeader = exchange.header('cookie') ?? ''
  const { userTokens } = runtime.clientOf(session.userFlow)
  const stored = await runtime.sessions.readTokens(cookieHeader, session)
  const holder = { id: session.id, user: session.claims, tokens: stored }
  const { state, token, error } = await acquire(userTokens, holder, { wanted, challenge })
  if (state.tokens.revision !== stored.revision) {
    const tokens = state.tokens
    await store(runtime, exchange, { cookieHeader, session: withClaims(session, state), tokens })
  }
  if (token !== undefined) return token
  if (error.code !== 'interaction_required') throw error
  throw noteStepUp(restate(error, { claims: error.claims ?? challenge.claims }), wanted)
}
