import { loadLater } from '../../load-later.ts'
import type { MaybePromise } from '../../maybe-promise.ts'

/** Loads the page that continues without a step of the user. Only applications with `SameSite=Strict` cookies need it. */
export const loadContinue: () => MaybePromise<typeof import('./continue.ts')> = loadLater(
  'a request without its SameSite=Strict cookies',
  () => import('./continue.ts'),
)

/** The query parameter of a login URL to which a page without headers redirected a visitor who may have a session. */
export const CONTINUE = 'continue'
