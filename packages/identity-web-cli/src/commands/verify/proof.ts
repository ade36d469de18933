/** The verdict of a check. A check that was skipped proves nothing, so the run is not a pass. */
export type Verdict = 'passed' | 'failed' | 'skipped' | 'not-applicable'

/** A statement about the provider, and whether it is true. The ID of a response of Microsoft starts with its service. */
export interface Proof {
  readonly id: string
  readonly verdict: Verdict
  /** The day of the run that proved it. Absent for this run. */
  readonly earlier?: string
}
