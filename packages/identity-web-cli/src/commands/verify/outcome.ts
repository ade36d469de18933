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
