// Loads the start of sign-ins.
import { loadLater, type Load } from '../../load-later.ts'

/** Loads the functions that start a sign-in for a guard, for the login route and for `startLogin()`. */
export const loadStart: Load<typeof import('./starts.ts')> = loadLater(
  'the start of a sign-in',
  () => import('./starts.ts'),
)
