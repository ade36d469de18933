// Loads the routes with the first callback or sign-out.
import { loadLater, type Load } from '../load-later.ts'

/** Loads the routes of an `Auth`, its hooks, and the functions that guards rarely need. */
export const loadRoutes: Load<typeof import('./loaded-routes.ts')> = loadLater(
  'a route or a hook',
  () => import('./loaded-routes.ts'),
)
