// `updateUser()`: stores a changed user in the session.
import { configurationError, IdentityError } from '../../errors.ts'
import type { HttpContext } from '../../http-context.ts'
import { needsOriginCheck } from '../http/cross-site.ts'
import { authenticate } from './authenticate.ts'
import { canStore } from './read-only.ts'
import { readTokenSession, withState } from './session-tokens.ts'
import { changeUser } from '../users/change-user.ts'
import { toStorableUser } from '../users/json-fault.ts'
import { clientOf } from '../runtime/provider.ts'
import type { GuardServices } from './services.ts'

/**
 * Stores a changed user in the session of a request.
 *
 * @throws IdentityError `login_required` without a session; `access_denied` for a request from another site;
 *   `configuration` if the user cannot be stored.
 */
export async function updateUser(
  services: GuardServices,
  http: HttpContext,
  given: unknown,
): Promise<void> {
  const { sessions, provider } = services
  if (sessions.platform !== undefined) throw platformKeepsUser(sessions.platform)
  if (given === undefined || given === null) throw missingArgument(given)
  const user = toStorableUser(given, 'updateUser')
  if (!canStore(sessions, http)) throw cannotStore()
  const result = await authenticate(services, http, { csrf: needsOriginCheck(http) })
  if (result?.rejected !== undefined) throw result.rejected
  if (result === undefined || result.interactionRequired?.code === 'login_required') {
    throw (
      result?.interactionRequired ?? new IdentityError('login_required', 'No user is signed in.')
    )
  }
  const { cookieHeader, session } = result.current
  // The guard of this request may have refreshed the session already.
  const { userTokens } = clientOf(provider, session)
  const state = userTokens.latestState(await readTokenSession(sessions, result.current))
  const changed = await changeUser(services, withState(session, state), user)
  try {
    const watched = { session: changed.session, since: sessions.ends.position() }
    const cookies = await sessions.update(cookieHeader, changed.session)
    if (cookies.length > 0 && !sessions.ends.setCookies(http, watched, cookies)) throw cannotStore()
  } catch (error) {
    changed.undo()
    throw error
  }
}

function missingArgument(given: undefined | null): IdentityError {
  return configurationError(
    `The user that was passed to updateUser is ${String(given)}. Pass the request and the changed user, for example auth.updateUser(req, { ...user, language: 'de' }).`,
  )
}

function platformKeepsUser(platform: string): IdentityError {
  return configurationError(
    `updateUser cannot store the user, because ${platform} keeps the sessions. Store the change in your database, and return it from onLogin or onRefresh.`,
  )
}

function cannotStore(): IdentityError {
  return configurationError(
    'updateUser cannot store the user, because the session is in cookies and this response cannot set cookies.',
    {
      hint: 'Call updateUser before you send the response, in a guarded handler. In Next.js, call it in a route handler or in a server action. You can also keep sessions in a store: Auth({ session: { store } }).',
    },
  )
}
