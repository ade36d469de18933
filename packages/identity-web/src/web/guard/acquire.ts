import type {
  ClaimsChallenge,
  ResourceScopes,
  SharedTokens,
  TokenHolder,
  TokenState,
  UserTokens,
} from '../../client/index.ts'
import { isIdentityError, type IdentityError } from '../../errors.ts'
import type { Session } from '../../session/index.ts'
import type { AccessToken } from '../../tokens.ts'
import type { HttpContext } from '../../http-context.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import { renewedClaims } from '../sign-in/new-session.ts'
import { updateSession, type Change } from '../sign-in/write-session.ts'

/** A token that is wanted, and what an API said against the one that there was. */
export interface Want {
  readonly wanted: ResourceScopes
  readonly challenge?: ClaimsChallenge
}

/** What came of asking for a token: one of the two, and the state of the session's tokens. */
export type Acquisition = { readonly state: TokenState } & (
  | { readonly token: AccessToken; readonly error?: never }
  | { readonly token?: never; readonly error: IdentityError }
)

/** Reads a session's tokens, with what shares them. */
export async function readHolder<User>(
  { sessions }: WebRuntime<User>,
  cookieHeader: string,
  session: Session,
): Promise<TokenHolder> {
  const { id, claims } = session
  const { exclusively } = sessions
  const shared: SharedTokens | undefined = exclusively && {
    exclusively: (waits, run) =>
      exclusively(cookieHeader, session, {
        waits,
        run: (held) =>
          run({
            ...held,
            save: (state) => held.save(withState(session, state), state.tokens),
          }),
      }),
  }
  return { id, user: claims, tokens: await sessions.readTokens(cookieHeader, session), shared }
}

export async function acquire(
  userTokens: UserTokens,
  holder: TokenHolder,
  { wanted, challenge }: Want,
): Promise<Acquisition> {
  try {
    const { token, ...state } = await userTokens.acquire(holder, wanted, challenge)
    return { state, token }
  } catch (error) {
    if (!isIdentityError(error)) throw error
    // The refresh may have worked though it did not give what was wanted: its refresh token must not be lost.
    return { state: userTokens.latest(holder), error }
  }
}

/** A session as the newest tokens have it: with the claims of the newest ID token, and the time of the next renewal. */
export function withState(session: Session, { claims, tokens }: TokenState): Session {
  const renewAt = Math.max(session.renewAt ?? 0, tokens.renewAt ?? 0)
  if (claims === undefined && renewAt === (session.renewAt ?? 0)) return session
  return {
    ...session,
    ...(claims && { claims: renewedClaims(session.claims, claims) }),
    ...(renewAt > 0 && { renewAt }),
  }
}

/** Stores a session in the course of a request that was not made for that. */
export async function store<User>(
  runtime: WebRuntime<User>,
  http: HttpContext,
  change: Change,
): Promise<void> {
  const cookies = await updateSession(runtime, change)
  // A store needs none.
  if (cookies.length === 0 || http.setCookies(cookies) || change.tokens === undefined) return
  runtime.options.logger.warn?.(
    'Tokens were refreshed after the response began, so they could not be stored. Ask for them before.',
  )
}
