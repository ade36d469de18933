import type { Evidence } from '../evidence.js'
import type { Finding } from '../report/finding.js'

/** A check. The checks run at the same time, and each of them has a time limit. */
export interface Check {
  readonly name: string
  /** The subject of the check, for the table of docs/cli.md. */
  readonly looksAt: string
  /** `true` if the check runs once for each issuer, when an API has several issuers. */
  readonly isPerIssuer?: true
  /** Runs the check and returns the findings. If it throws an error, the error becomes a finding. */
  run(evidence: Evidence): Promise<Finding | readonly Finding[]>
}
