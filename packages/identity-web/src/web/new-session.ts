import { addAccessToken, hasPrefixedScopes, toAccessToken, type SignIn } from '../client/index.ts'
import type { VerifiedClaims } from '../authority/index.ts'
import type { Claims, Session } from '../session/index.ts'
import { NO_TOKENS, type SessionTokens } from '../tokens.ts'
import type { WebRuntime } from './runtime.ts'
import { random } from './transaction.ts'

// Of no use after the checks, or Microsoft's own ("internal claim … should be ignored"): they would only fill
// the cookie.
const DROPPED = new Set(['nonce', 'at_hash', 'c_hash', 's_hash', 'aio', 'rh'])

/** The claims that a session keeps. */
export function toClaims(verified: VerifiedClaims): Claims {
  return Object.fromEntries(
    Object.entries(verified).filter(([name]) => !DROPPED.has(name)),
  ) as unknown as Claims
}

/**
 * The session that a sign-in begins: always under a new id. The same user's tokens for other APIs come along;
 * of another user's session nothing is left.
 *
 * @param cookieHeader - With the session of before, if there is one.
 */
export async function newSession<User>(
  runtime: WebRuntime<User>,
  signIn: SignIn,
  cookieHeader: string,
): Promise<{ readonly session: Session; readonly tokens: SessionTokens }> {
  const { options, client, now } = runtime
  const { accessToken } = signIn.response
  const claims = toClaims(signIn.claims)
  const before = await tokensOfSameUser(runtime, claims, cookieHeader)
  // Some providers give a refresh token at the first consent only.
  const refreshToken = signIn.response.refreshToken ?? before.refreshToken
  const user = await options.onLogin?.(claims, {
    accessToken,
    idToken: signIn.idToken,
    ...(refreshToken !== undefined && { refreshToken }),
  })
  const time = now()
  const session: Session = {
    id: random(16),
    ...(user !== undefined && user !== null && { user }),
    claims,
    startedAt: time,
    touchedAt: time,
    ...(refreshToken !== undefined && { renewAt: signIn.claims.exp }),
  }
  const token = toAccessToken(signIn.response, signIn.asked, hasPrefixedScopes(client), time)
  // Without a scope of an API, Entra ID's access token opens nothing.
  const isOfUse = signIn.asked.names.length > 0 || !hasPrefixedScopes(client)
  const tokens: SessionTokens = {
    revision: 0,
    ...(refreshToken !== undefined && { refreshToken }),
    ...((await needsIdToken(runtime, claims)) && { idToken: signIn.idToken }),
    access: isOfUse ? addAccessToken(before.access, token, time) : before.access,
  }
  return { session, tokens }
}

async function tokensOfSameUser<User>(
  { sessions }: WebRuntime<User>,
  { iss, sub }: Claims,
  cookieHeader: string,
): Promise<SessionTokens> {
  const before = await sessions.read(cookieHeader)
  return before?.claims.iss === iss && before.claims.sub === sub
    ? sessions.readTokens(cookieHeader, before)
    : NO_TOKENS
}

// It would be half of the cookie, so it is kept only where sign-out needs it as a hint.
async function needsIdToken<User>({ client }: WebRuntime<User>, claims: Claims): Promise<boolean> {
  const { end_session_endpoint: endpoint } = await client.issuing.metadata()
  return (
    endpoint !== undefined &&
    client.issuing.authority.kind === 'oidc' &&
    claims['login_hint'] === undefined
  )
}
