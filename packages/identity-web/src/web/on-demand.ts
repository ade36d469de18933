import { loadLater } from '../load-later.ts'
import type { MaybePromise } from '../maybe-promise.ts'

type Load<Module> = () => MaybePromise<Module>

// The parts of an `Auth` that a guarded request of a signed-in user does not need.

export const loadConnection: Load<typeof import('./guard/connection.ts')> = loadLater(
  'authenticate()',
  () => import('./guard/connection.ts'),
)
export const loadErrorToResponse: Load<typeof import('./guard/error-to-response.ts')> = loadLater(
  'toResponse()',
  () => import('./guard/error-to-response.ts'),
)
export const loadRefreshAhead: Load<typeof import('./guard/refresh-ahead.ts')> = loadLater(
  'the refresh of a session before a render',
  () => import('./guard/refresh-ahead.ts'),
)
export const loadUpdateUser: Load<typeof import('./guard/update-user.ts')> = loadLater(
  'updateUser()',
  () => import('./guard/update-user.ts'),
)
export const loadCallback: Load<typeof import('./sign-in/callback.ts')> = loadLater(
  'the end of a sign-in',
  () => import('./sign-in/callback.ts'),
)
export const loadLogin: Load<typeof import('./sign-in/login-route.ts')> = loadLater(
  'the start of a sign-in',
  () => import('./sign-in/login-route.ts'),
)
export const loadStartLogin: Load<typeof import('./sign-in/start-login.ts')> = loadLater(
  'startLogin()',
  () => import('./sign-in/start-login.ts'),
)
export const loadSignOut: Load<typeof import('./sign-out/sign-out.ts')> = loadLater(
  'the sign-out',
  () => import('./sign-out/sign-out.ts'),
)
export const loadBackChannel: Load<typeof import('./sign-out/back-channel.ts')> = loadLater(
  'the back-channel sign-out',
  () => import('./sign-out/back-channel.ts'),
)
export const loadFrontChannel: Load<typeof import('./sign-out/front-channel.ts')> = loadLater(
  'the front-channel sign-out',
  () => import('./sign-out/front-channel.ts'),
)
export const loadSessionRoute: Load<typeof import('./browser-session/session-route.ts')> =
  loadLater('the session endpoint', () => import('./browser-session/session-route.ts'))
export const loadPageSession: Load<typeof import('./browser-session/page-session.ts')> = loadLater(
  'browserSession()',
  () => import('./browser-session/page-session.ts'),
)
export const loadForward: Load<typeof import('./forward/forward.ts')> = loadLater(
  'auth.forward()',
  () => import('./forward/forward.ts'),
)
export const loadMisplacedCallback: Load<typeof import('./http/misplaced-callback.ts')> = loadLater(
  'the report of a response at a wrong path',
  () => import('./http/misplaced-callback.ts'),
)
export const loadRevokeSessions: Load<typeof import('./sign-out/revoke-sessions.ts')> = loadLater(
  'revokeSessions()',
  () => import('./sign-out/revoke-sessions.ts'),
)
