// The tokens of a session during a request, and their storage.
import type {
  ClaimsChallenge,
  ResourceScopes,
  TokenLock,
  TokenSession,
  TokenState,
  UserTokens,
} from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import type { RequestSession, Session, SessionStrategy } from '../../session/index.ts'
import type { AccessToken, SessionTokens } from '../../tokens.ts'
import { refreshedClaims } from '../sign-in/session-updates.ts'
import type { AppServices } from '../runtime/services.ts'

/** The token that a request needs, and the challenge of an API that rejected the last token. */
export interface TokenRequest {
  readonly requested: ResourceScopes
  readonly challenge?: ClaimsChallenge
}

/** A token or the error, and the state of the session's tokens after the request. */
export type TokenOutcome = { readonly state: TokenState } & (
  | { readonly token: AccessToken; readonly error?: never }
  | { readonly token?: never; readonly error: IdentityError }
)

/** Reads the tokens of a session. If several servers share them, the result contains the lock for a refresh. */
export async function readTokenSession(
  sessions: SessionStrategy,
  { cookieHeader, session }: RequestSession,
): Promise<TokenSession> {
  const { id, claims } = session
  const { withTokenLock } = sessions
  const lock: TokenLock | undefined = withTokenLock && {
    withLock: (waits, run) =>
      withTokenLock(cookieHeader, session, {
        waits,
        run: (locked) =>
          run({ ...locked, save: (state) => locked.save(withState(session, state), state.tokens) }),
      }),
  }
  return { id, user: claims, tokens: await sessions.readTokens(cookieHeader, session), lock }
}

/** Returns a token of the session. If no valid token has the requested scopes, the tokens are refreshed. */
export async function getToken(
  userTokens: UserTokens,
  tokenSession: TokenSession,
  { requested, challenge }: TokenRequest,
): Promise<TokenOutcome> {
  try {
    const { token, ...state } = await userTokens.getAccessToken(tokenSession, requested, challenge)
    return { state, token }
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    // The refresh may have worked, although it did not return the requested token. Its refresh token must be stored.
    return { state: userTokens.latestState(tokenSession), error }
  }
}

/** Returns a session with the claims of the newest ID token, and with the time of its next refresh. */
export function withState(session: Session, { claims, tokens }: TokenState): Session {
  const renewAt = Math.max(session.renewAt ?? 0, tokens.renewAt ?? 0)
  if (claims === undefined && renewAt === (session.renewAt ?? 0)) return session
  // After a new ID token, `onRefresh` must check the user again.
  const { memberships, hasFewerClaims, userCheckedAt, unreadableSince: _, ...rest } = session
  const isSameToken = claims === undefined || claims.iat === session.claims['iat']
  return {
    ...rest,
    ...(isSameToken && userCheckedAt !== undefined && { userCheckedAt }),
    ...(claims === undefined
      ? { ...(memberships && { memberships }), ...(hasFewerClaims && { hasFewerClaims }) }
      : { claims: refreshedClaims(session, claims) }),
    ...(renewAt > 0 && { renewAt }),
  }
}

/** A session that changed during a request. */
export interface ChangedSession {
  readonly current: RequestSession
  /** The new tokens, if they changed. */
  readonly tokens: SessionTokens | undefined
}

/** Stores a session that changed during a request, and sets its cookies. */
export async function storeChange(
  services: AppServices,
  http: HttpContext,
  { current: { cookieHeader, session }, tokens }: ChangedSession,
): Promise<void> {
  const { sessions } = services
  const watched = { session, since: sessions.ends.position() }
  const cookies = await sessions.update(cookieHeader, session, tokens)
  // A session in a store needs no new cookie.
  if (cookies.length === 0 || sessions.ends.setCookies(http, watched, cookies)) return
  if (tokens === undefined) return
  services.events.emit('session.incomplete', {
    level: 'warn',
    message:
      'Tokens were refreshed after the response started, so they could not be stored. Get the token before you send the response.',
  })
}
