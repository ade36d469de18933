import { callApi, type ClaimsChallenge, type ResourceScopes } from '../../client/index.ts'
import { IdentityError, restate } from '../../errors.ts'
import type { Session } from '../../session/index.ts'
import type { AccessToken } from '../../tokens.ts'
import type { HttpContext } from '../../http-context.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import { noteStepUp } from '../sign-in/step-up.ts'
import { acquire, readHolder, store, withState } from './acquire.ts'
import { canKeep, notNow } from './read-only.ts'

/** What calls to an API during one request share. */
export interface DownstreamCalls<User> {
  readonly runtime: WebRuntime<User>
  readonly http: HttpContext
  readonly session: Session
  readonly wanted: ResourceScopes
  /** The newest token that the request has: an answered challenge brings another. */
  token: AccessToken
}

/**
 * Calls an API with the access token of the session.
 *
 * @throws IdentityError `configuration` when the token must not be sent there; `interaction_required` when the API's
 *   challenge needs the user, which the guard makes a step-up of.
 */
export function callDownstream<User>(
  calls: DownstreamCalls<User>,
  url: string | URL | undefined,
  init?: RequestInit,
): Promise<Response> {
  if (url === undefined) return Promise.reject(missingUrl())
  const { fetch } = calls.runtime.options
  const answer = async (challenge: ClaimsChallenge): Promise<AccessToken> => {
    calls.token = await answerChallenge(calls, challenge)
    return calls.token
  }
  return callApi({ fetch, token: () => calls.token, answer }, url, init)
}

function missingUrl(): IdentityError {
  return new IdentityError(
    'configuration',
    'context.fetch() was given no URL, and endpoint is not configured. Set Auth({ endpoint }) or IDENTITY_ENDPOINT, for example https://graph.microsoft.com/v1.0/me.',
  )
}

async function answerChallenge<User>(
  { runtime, http, session, wanted }: DownstreamCalls<User>,
  challenge: ClaimsChallenge,
): Promise<AccessToken> {
  if (!canKeep(runtime, http)) {
    const { claims } = challenge
    const what = 'An API wants a token with other claims'
    throw noteStepUp(notNow(runtime, 'interaction_required', what, claims), wanted)
  }
  const cookieHeader = http.header('cookie') ?? ''
  const { userTokens } = runtime.clientOf(session.userFlow)
  const holder = await readHolder(runtime, cookieHeader, session)
  const { state, token, error } = await acquire(userTokens, holder, { wanted, challenge })
  if (state.tokens.revision !== holder.tokens.revision && state.isStored !== true) {
    const { tokens } = state
    await store(runtime, http, { cookieHeader, session: withState(session, state), tokens })
  }
  if (token !== undefined) return token
  if (error.code !== 'interaction_required') throw error
  throw noteStepUp(restate(error, { claims: error.claims ?? challenge.claims }), wanted)
}
