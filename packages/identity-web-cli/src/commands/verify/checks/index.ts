import type { Check } from '../check.js'
import { ownApiChecks } from './own-api.js'
import { signInChecks } from './sign-in.js'
import { signOutChecks } from './sign-out.js'
import { stepUpChecks } from './step-up.js'
import { tokenChecks } from './tokens.js'

/** All checks, in the order in which they run. */
export const CHECKS: readonly Check[] = [
  ...signInChecks,
  ...tokenChecks,
  ...ownApiChecks,
  ...stepUpChecks,
  ...signOutChecks,
]
