import { OAuthError } from '../protocol/oauth-error.js'

/**
 * Runs a request of a developer, which is not a request of the protocol.
 *
 * @throws TypeError instead of an OAuthError. Its message contains the remedy.
 */
export async function withRemedy<T>(run: () => T | Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error
    const message = [error.message, error.remedy].filter((part) => part !== undefined).join(' ')
    throw new TypeError(message, { cause: error })
  }
}
