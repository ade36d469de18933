/** What is behind a code of Microsoft's, and what an operator does about it; a sentence each. */
export interface OperatorHint {
  readonly cause: string
  /** Names the option with its variable, or the place in the portal. */
  readonly remedy: string
}
