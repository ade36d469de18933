import type {
  ClaimsChallenge,
  ResourceScopes,
  TokenHolder,
  TokenState,
  UserTokens,
} from '../../client/index.ts'
import { isIdentityError, type IdentityError } from '../../errors.ts'
import type { Session } from '../../session/index.ts'
import type { AccessToken, SessionTokens } from '../../tokens.ts'
import type { Exchange } from '../../exchange.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import { renewedClaims } from '../sign-in/new-session.ts'
import { writeSession } from '../sign-in/write-session.ts'

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

/** A session with the claims of the newest ID token. */
export function withClaims(session: Session, { claims }: TokenState): Session {
  if (claims === undefined) return session
  return { ...session, claims: renewedClaims(session.claims, claims), renewAt: claims.exp }
}

/** What of a session changed. */
export interface Change {
  readonly cookieHeader: string
  readonly session: Session
  /** The tokens, where they changed. */
  readonly tokens: SessionTokens | undefined
}

/** Stores a session in the course of a request that was not made for that. */
export async function store<User>(
  runtime: WebRuntime<User>,
  exchange: Exchange,
  { cookieHeader, session, tokens }: Change,
): Promise<void> {
  const isStored = exchange.setCookies(await writeSession(runtime, cookieHeader, session, tokens))
  if (isStored || tokens === undefined) return
  runtime.options.logger.warn?.(
    'Tokens were refreshed after the response began, so they could not be stored. Ask for them before.',
  )
}
