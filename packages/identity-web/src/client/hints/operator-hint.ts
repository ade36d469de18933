/** The cause of a Microsoft error code and the remedy, each as one or two sentences. */
export interface OperatorHint {
  readonly cause: string
  /** The setting to change: the option with its environment variable, or the place in the Microsoft Entra admin center. */
  readonly remedy: string
}

export const SIGN_IN_AGAIN = 'No change is needed. The guard sends the user to sign in again.'
