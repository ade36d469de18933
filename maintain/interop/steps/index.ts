import { signInSteps } from './sign-in.ts'
import { signOutSteps } from './sign-out.ts'
import { tokenSteps } from './tokens.ts'
import type { Step } from '../step.ts'

/** The list of steps. Every provider runs the same one. */
export const steps: readonly Step[] = [...signInSteps, ...tokenSteps, ...signOutSteps]
