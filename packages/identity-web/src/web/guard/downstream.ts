// Calls APIs with the token of the session (`context.fetch`).
import { toCarried } from '../../carried-errors.ts'
import {
  callApi,
  createNamedApis,
  type NamedApisSource,
  type Apis,
  type ClaimsChallenge,
  type ResourceScopes,
} from '../../client/index.ts'
import { withChanges } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import type { RequestSession } from '../../session/index.ts'
import type { AccessToken } from '../../tokens.ts'
import { recordStepUp } from '../sign-in/step-up.ts'
import { cannotRefresh, canStore } from './read-only.ts'
import { reportRefreshes } from './refresh-session.ts'
import { getToken, readTokenSession, storeChange, withState } from './session-tokens.ts'
import { requireUserToken } from './user-token.ts'
import { clientOf } from '../runtime/provider.ts'
import type { GuardServices } from './services.ts'

/** The state that all calls to an API during one request share. */
export interface DownstreamCalls {
  readonly services: GuardServices
  readonly http: HttpContext
  readonly current: RequestSession
  readonly requested: ResourceScopes
  /** The newest token of the request. After a claims challenge, it is the token with the requested claims. */
  token: AccessToken
}

/**
 * Calls an API with the access token of the session.
 *
 * @param given - An absolute URL, or a path of the API that the scopes of the token belong to.
 * @throws IdentityError `configuration` if the token must not be sent to this URL; `interaction_required` if the user
 *   must sign in again because of the API's claims challenge. The guard then starts this sign-in.
 */
export async function callDownstream(
  calls: DownstreamCalls,
  given: string | URL,
  init?: RequestInit,
): Promise<Response> {
  return callUrl(calls, calls.services.provider.apis.toUrl(given, calls.requested), init)
}

function callUrl(calls: DownstreamCalls, url: URL, init?: RequestInit): Promise<Response> {
  const tokenForClaims = async (challenge: ClaimsChallenge): Promise<AccessToken> => {
    calls.token = await getTokenFor(challenge, calls)
    return calls.token
  }
  return callApi(
    { fetch: calls.services.fetch, token: () => calls.token, tokenForClaims },
    url,
    init,
  )
}

/**
 * Returns the source of `context.api`. Its calls get a token for the scopes of the API first.
 *
 * @param services - Returns the services. It is a function, because the source itself is one of these services.
 */
export function sessionApis(
  apis: Apis,
  services: () => GuardServices,
): NamedApisSource<HttpContext> {
  return createNamedApis(apis, async (http, api, { path, init }) => {
    const url = apis.toUrlOf(api, path)
    const { requested } = api
    const { current, token } = await requireUserToken(services(), http, { requested })
    return callUrl({ services: services(), http, current, requested, token }, url, init)
  })
}

/** Gets a token with the claims that an API requires. */
export async function getTokenFor(
  challenge: ClaimsChallenge,
  { services, http, current, requested }: Omit<DownstreamCalls, 'token'>,
): Promise<AccessToken> {
  const { events, sessions, provider } = services
  const { cookieHeader, session } = current
  if (!canStore(sessions, http)) {
    const reason = 'An API requires a token with other claims'
    const { claims } = challenge
    const error = cannotRefresh(services, http, { code: 'interaction_required', reason, claims })
    throw recordStepUp(toCarried(error, session.id), requested)
  }
  const { userTokens } = clientOf(provider, session)
  const tokenSession = await readTokenSession(sessions, current)
  const { state, token, error } = await getToken(userTokens, tokenSession, { requested, challenge })
  if (state.tokens.revision !== tokenSession.tokens.revision && state.isStored !== true) {
    const refreshed: RequestSession = { cookieHeader, session: withState(session, state) }
    await storeChange(services, http, { current: refreshed, tokens: state.tokens })
  }
  await reportRefreshes(events, userTokens, { session, states: [state] })
  if (token !== undefined) return token
  if (error.code !== 'interaction_required') throw error
  const withClaims = withChanges(error, { claimsRequest: error.claimsRequest ?? challenge.claims })
  throw recordStepUp(toCarried(withClaims, session.id), requested)
}
