import { loadLater, type Load } from '../../load-later.ts'

/** Loads the ways to start a sign-in: of a guard, of the login route and of `startLogin()`. */
export const loadStart: Load<typeof import('./starts.ts')> = loadLater(
  'the start of a sign-in',
  () => import('./starts.ts'),
)
