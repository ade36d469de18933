import { callApi, type ClaimsChallenge, type ResourceScopes } from '../../client/index.ts'
import { IdentityError, withChanges } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import type { RequestSession } from '../../session/index.ts'
import type { AccessToken } from '../../tokens.ts'
import type { TokenClients } from '../runtime/clients.ts'
import { recordStepUp } from '../sign-in/step-up.ts'
import type { StoreSessionServices } from '../sign-in/session-changes.ts'
import { cannotRefresh, canStore, logged } from './read-only.ts'
import { getToken, readTokenSession, storeChange, withState } from './session-tokens.ts'

/** The services that calls to an API use. */
export interface DownstreamServices extends StoreSessionServices {
  readonly clients: TokenClients
  /** The URL that `context.fetch()` calls without one. */
  readonly endpoint: string | undefined
  readonly fetch: typeof fetch
}

/** The state that all calls to an API during one request share. */
export interface DownstreamCalls {
  readonly services: DownstreamServices
  readonly http: HttpContext
  readonly current: RequestSession
  readonly requested: ResourceScopes
  /** The newest token of the request. A claims challenge replaces it. */
  token: AccessToken
}

/**
 * Calls an API with the access token of the session.
 *
 * @throws IdentityError `configuration` if the token must not be sent to this URL; `interaction_required` if the user
 *   must sign in again because of the API's claims challenge. The guard then starts this sign-in.
 */
export function callDownstream(
  calls: DownstreamCalls,
  url: string | URL | undefined,
  init?: RequestInit,
): Promise<Response> {
  if (url === undefined) return Promise.reject(missingUrl())
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

function missingUrl(): IdentityError {
  return new IdentityError(
    'configuration',
    'context.fetch() needs a URL, because endpoint is not configured. Pass a URL, or set Auth({ endpoint }) or IDENTITY_ENDPOINT, for example https://graph.microsoft.com/v1.0/me.',
  )
}

/** Gets a token with the claims that an API requires. */
async function getTokenFor(
  challenge: ClaimsChallenge,
  { services, http, current, requested }: DownstreamCalls,
): Promise<AccessToken> {
  const { clients, logger, sessions } = services
  if (!canStore(sessions, http)) {
    const reason = 'An API requires a token with other claims'
    const error = cannotRefresh('interaction_required', reason, challenge.claims)
    throw recordStepUp(logged(logger, error), requested)
  }
  const { cookieHeader, session } = current
  const { userTokens } = clients.byUserFlow.get(session.userFlow) ?? clients.main
  const tokenSession = await readTokenSession(sessions, current)
  const { state, token, error } = await getToken(userTokens, tokenSession, { requested, challenge })
  if (state.tokens.revision !== tokenSession.tokens.revision && state.isStored !== true) {
    const refreshed: RequestSession = { cookieHeader, session: withState(session, state) }
    await storeChange(services, http, { current: refreshed, tokens: state.tokens })
  }
  if (token !== undefined) return token
  if (error.code !== 'interaction_required') throw error
  throw recordStepUp(
    withChanges(error, { claimsRequest: error.claimsRequest ?? challenge.claims }),
    requested,
  )
}
