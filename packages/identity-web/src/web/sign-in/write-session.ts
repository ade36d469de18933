import { isIdentityError } from '../../errors.ts'
import type { Session } from '../../session/index.ts'
import type { SessionTokens } from '../../tokens.ts'
import type { WebRuntime } from '../runtime/runtime.ts'

/**
 * Stores a session. Access tokens that don't fit are left out where they can be had again: better a refresh more
 * than a user who is locked out.
 *
 * @returns The `Set-Cookie` values.
 * @throws IdentityError `session_too_large` when even the rest doesn't fit.
 */
export async function writeSession<User>(
  { sessions, options }: WebRuntime<User>,
  cookieHeader: string,
  session: Session,
  tokens: SessionTokens | undefined,
): Promise<string[]> {
  try {
    return await sessions.write(cookieHeader, session, tokens)
  } catch (error) {
    const canSpare = tokens?.refreshToken !== undefined && tokens.access.length > 0
    if (!isIdentityError(error) || error.code !== 'session_too_large' || !canSpare) throw error
    options.logger.warn?.('No access token fits into the cookies of a session.', {
      reason: error.message,
      hint: error.hint,
    })
    return sessions.write(cookieHeader, session, { ...tokens, access: [] })
  }
}
