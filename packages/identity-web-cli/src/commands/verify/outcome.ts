/** The verdict of a check. */
export type Verdict = 'passed' | 'failed' | 'skipped'

/** The result of a check. */
export interface Outcome {
  readonly verdict: Verdict
  /** The fact that was found. If the check was skipped, it is the reason. */
  readonly found: string
  /** The change that solves a failure. */
  readonly change?: string | undefined
}

/** The result of a check with its name and its duration. */
export interface Result extends Outcome {
  readonly check: string
  readonly seconds: number
}

/** The change for a provider that is not available. */
export const RUN_LATER =
  'Wait a few minutes, and run the command again. The checks that passed do not run again.'

/** Returns the change for an error of the library without a hint, which settings rarely cause. */
export function changeWithoutHint(message: string): string {
  return /returned (?:429|5\d\d)\b/.test(message)
    ? RUN_LATER
    : 'Run "npx --no-install identity-web-cli doctor" to check the settings. If they are correct, open an issue with this report.'
}

/** Returns the outcome of a check whose assumption is true at this provider. */
export function passed(found: string): Outcome {
  return { verdict: 'passed', found }
}

/** Returns the outcome of a check whose assumption is false at this provider. */
export function failed(found: string, change: string): Outcome {
  return { verdict: 'failed', found, change }
}

/** Returns the outcome of a check that does not apply. */
export function skipped(found: string): Outcome {
  return { verdict: 'skipped', found }
}
