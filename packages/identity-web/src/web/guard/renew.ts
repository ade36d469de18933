import { scopesOf } from '../../client/index.ts'
import { isIdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import { logError } from '../../settings/logger.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import { admit } from './admission.ts'

/**
 * Renews a session, and refreshes those of its access tokens that are due, ahead of a handler that could not keep what a
 * refresh brings.
 *
 * What fails is left to the handler: it may not need it.
 */
export async function renewAhead<User>(
  runtime: WebRuntime<User>,
  http: HttpContext,
): Promise<void> {
  try {
    const admission = await admit(runtime, http)
    if (admission === undefined || admission.obstacle !== undefined) return
    const { session } = admission
    const { access } = await runtime.sessions.readTokens(http.header('cookie') ?? '', session)
    for (const token of access) {
      if (runtime.now() >= token.refreshAt) await admit(runtime, http, scopesOf(token))
    }
  } catch (error) {
    if (!isIdentityError(error)) throw error
    logError(runtime.options, error)
  }
}
