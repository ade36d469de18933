/**
 * The cause of an error and the remedy, each as one or two sentences. The remedy is the setting to change: the option with its
 * environment variable, or the place in the Microsoft Entra admin center.
 */
export type OperatorHint = readonly [cause: string, remedy: string]

export const SIGN_IN_AGAIN = 'No change is needed. The guard sends the user to sign in again.'
