import { isIdentityError } from '../../errors.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import type { Session } from '../../session/index.ts'
import type { SessionTokens } from '../../tokens.ts'
import type { WebRuntime } from '../runtime/runtime.ts'

/** What of a session changed. */
export interface Change {
  readonly cookieHeader: string
  readonly session: Session
  /** The tokens, where they changed. */
  readonly tokens: SessionTokens | undefined
}

/**
 * Begins a session, in place of that of before.
 *
 * @returns The `Set-Cookie` values.
 * @throws IdentityError `session_too_large` when it doesn't fit even without access tokens; `store_unavailable`.
 */
export function beginSession<User>(
  runtime: WebRuntime<User>,
  { cookieHeader, session, tokens }: Change & { readonly tokens: SessionTokens },
): Promise<string[]> {
  return withWhatFits(runtime, tokens, (fitting) =>
    runtime.sessions.begin(cookieHeader, session, fitting),
  )
}

/**
 * Stores what changed of a session.
 *
 * @returns The `Set-Cookie` values.
 * @throws IdentityError `session_too_large` when it doesn't fit even without access tokens; `store_unavailable`.
 */
export async function updateSession<User>(
  runtime: WebRuntime<User>,
  { cookieHeader, session, tokens }: Change,
): Promise<string[]> {
  if (tokens === undefined) return runtime.sessions.update(cookieHeader, session)
  return withWhatFits(runtime, tokens, (fitting) =>
    runtime.sessions.update(cookieHeader, session, fitting),
  )
}

/** Leaves access tokens out where they don't fit and can be had again: better a refresh more than a user who is locked out. */
async function withWhatFits<User>(
  { options }: WebRuntime<User>,
  tokens: SessionTokens,
  write: (fitting: SessionTokens) => MaybePromise<string[]>,
): Promise<string[]> {
  try {
    return await write(tokens)
  } catch (error) {
    const canSpare = tokens.refreshToken !== undefined && tokens.access.length > 0
    if (!isIdentityError(error) || error.code !== 'session_too_large' || !canSpare) throw error
    options.logger.warn?.('No access token fits into the cookies of a session.', {
      reason: error.message,
      hint: error.hint,
    })
    return write({ ...tokens, access: [] })
  }
}
