import { CheckError } from '../doctor/explain-error.js'
import { ISSUE } from './advice.js'
import type { Verdict } from './proof.js'
import type { Trial } from './trial.js'

/** A check. It proves one statement about the provider, on which the library or its users rely. */
export interface Check {
  readonly id: string
  readonly statement: string
  /** The checks that must pass first. The default is the sign-in. */
  readonly needs?: readonly string[]
  /** `true` if the check needs a scope of the user's own API. */
  readonly needsScope?: true
  /** `true` if the statement is about Entra ID and External ID only. */
  readonly isMicrosoft?: true
  /** `true` if tokens expire at once during this check, as if an hour had passed. */
  readonly expiresSoon?: true
  /**
   * Proves the statement.
   *
   * @returns A fact that the statement does not contain.
   * @throws An error if the statement is false, and NotRun if the check cannot run.
   */
  run(trial: Trial): Promise<string | void> | void
}

/** A check did not run. The message is the reason. */
export class NotRun extends Error {
  readonly verdict: Verdict

  constructor(verdict: Verdict, reason: string) {
    super(reason)
    this.verdict = verdict
  }
}

/** Ends a check whose statement is false. */
export function fail(found: string, change: string = ISSUE): never {
  throw new CheckError(found, change)
}

/** Ends a check that could run at this provider, but does not. */
export function skip(reason: string): never {
  throw new NotRun('skipped', reason)
}

/** Ends a check whose statement is not about this provider. */
export function notApplicable(reason: string): never {
  throw new NotRun('not-applicable', reason)
}
