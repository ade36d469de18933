import { isIdentityError } from '../../errors.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import type { RequestSession, SessionStrategy } from '../../session/index.ts'
import type { Logger } from '../../settings/logger.ts'
import type { SessionTokens } from '../../tokens.ts'

/** The services that store a session. */
export interface StoreSessionServices {
  readonly sessions: SessionStrategy
  readonly logger: Logger
}

/**
 * Starts a session, which replaces the browser's previous one.
 *
 * @returns The `Set-Cookie` values.
 * @throws IdentityError `session_too_large` if the session does not fit even without access tokens, or
 *   `store_unavailable`.
 */
export function startSession(
  services: StoreSessionServices,
  { cookieHeader, session }: RequestSession,
  tokens: SessionTokens,
): Promise<string[]> {
  return withFittingTokens(services, tokens, (fitting) =>
    services.sessions.start(cookieHeader, session, fitting),
  )
}

/**
 * Stores a session that changed.
 *
 * @param tokens - The new tokens. Without them, the stored tokens stay as they are.
 * @returns The `Set-Cookie` values.
 * @throws IdentityError `session_too_large` if the session does not fit even without access tokens, or
 *   `store_unavailable`.
 */
export async function updateSession(
  services: StoreSessionServices,
  { cookieHeader, session }: RequestSession,
  tokens: SessionTokens | undefined,
): Promise<string[]> {
  if (tokens === undefined) return services.sessions.update(cookieHeader, session)
  return withFittingTokens(services, tokens, (fitting) =>
    services.sessions.update(cookieHeader, session, fitting),
  )
}

/**
 * Leaves out the access tokens if they do not fit and a refresh can fetch them again. The next request then needs a
 * refresh, but the user stays signed in.
 */
async function withFittingTokens(
  { logger }: StoreSessionServices,
  tokens: SessionTokens,
  write: (fitting: SessionTokens) => MaybePromise<string[]>,
): Promise<string[]> {
  try {
    return await write(tokens)
  } catch (error) {
    const canRefresh = tokens.refreshToken !== undefined && tokens.access.length > 0
    if (!isIdentityError(error) || error.code !== 'session_too_large' || !canRefresh) throw error
    logger.warn?.(
      'A session was stored without access tokens, because they do not fit into its cookies.',
      {
        reason: error.message,
        hint: error.hint,
      },
    )
    return write({ ...tokens, access: [] })
  }
}
