// Starts a session for the testing kit.
import type { VerifiedClaims } from '../../authority/index.ts'
import {
  scopesOfFirstResource,
  toAccessToken,
  toTokenResponse,
  type SignIn,
} from '../../client/index.ts'
import { toClaims, userOf } from '../../session/index.ts'
import { NO_TOKENS, type SessionTokens } from '../../tokens.ts'
import type { RouteRequest } from '../http/routes.ts'
import type { Site } from '../../seams/site.ts'
import { createSession } from './session-changes.ts'
import type { TestSession, TestSignIn } from './test-sessions.ts'
import type { UserServices } from '../users/services.ts'

/** Starts a session with the functions of a real sign-in. It does not check tokens, because the test created them. */
export async function startTestSession<User>(
  services: UserServices<User>,
  { claims, tokens: fields, scopes = [] }: TestSignIn,
): Promise<TestSession> {
  const { client } = services.provider
  const { id_token: idToken, ...others } = fields ?? {}
  const response = toTokenResponse({ access_token: '', token_type: 'Bearer', ...others }, idToken)
  const { requested } = scopesOfFirstResource(client, scopes)
  const signIn: SignIn = {
    claims: claims as unknown as VerifiedClaims,
    idToken: response.idToken ?? '',
    response,
    token: toAccessToken(client, response, requested),
    requested,
  }
  const { refreshToken } = response
  const session = await createSession(services, {
    start: { signIn, transaction: {}, request: requestOf(services.site) },
    claims: toClaims(signIn.claims),
    refreshToken,
  })
  const isHint = client.traits.idTokenHint && session.claims['login_hint'] === undefined
  const isUsable = requested.names.length > 0 || !client.traits.prefixedScopes
  const tokens: SessionTokens =
    fields === undefined
      ? NO_TOKENS
      : {
          revision: 0,
          ...(refreshToken !== undefined && { refreshToken }),
          ...(isHint && response.idToken !== undefined && { idToken: response.idToken }),
          access: isUsable ? [signIn.token] : [],
        }
  const setCookies = await services.sessions.start('', session, tokens)
  return { setCookies, user: userOf(session), claims: session.claims }
}

/** Returns the request that `onLogin` receives. It does not have headers, because a test does not need a browser. */
function requestOf({ paths }: Site): RouteRequest {
  return {
    method: 'GET',
    url: `http://localhost${paths.callback}`,
    query: '',
    cookieHeader: '',
    header: () => undefined,
    isNavigation: () => true,
    readForm: () => undefined,
  }
}
