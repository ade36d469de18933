import type { Outcome } from './outcome.js'
import type { Trial } from './trial.js'

/** A check. It compares one assumption of the library with the provider. */
export interface Check {
  readonly id: string
  /** The assumption of the library, for the report and for the table of docs/cli.md. */
  readonly assumes: string
  /** The checks that must pass first. */
  readonly needs?: readonly string[]
  /** The check whose tokens this check reads. They stay in memory, so a later run repeats both checks. */
  readonly reads?: string
  /** Runs the check. An error that it throws becomes a failure. */
  run(trial: Trial): Promise<Outcome>
}

/** The checks of one subject, as the terminal shows them. */
export interface Step {
  readonly title: string
  readonly checks: readonly Check[]
  /** Runs after the checks, also if they failed. */
  after?(trial: Trial): void
}
