// The shape of a hint: cause and remedy.
/**
 * An error's cause and remedy, each as one or two sentences. The remedy is the setting to change: the option with its
 * environment variable, or the place in the Microsoft Entra admin center. `passes` stands in the row of a failure at
 * Microsoft that needs no change, although the response's standard error says that a setting is wrong.
 */
export type OperatorHint = readonly [cause: string, remedy: string, passes?: 'passes']

/**
 * The guard starts this sign-in itself, except in the first minute of a session, where it shows an error page because
 * the browser would be redirected forever (`web/guard/challenge.ts`).
 */
export const SIGN_IN_AGAIN =
  'The user must sign in again. No change is needed, unless this happens within a minute after a sign-in. Then find out at the provider why it rejects new tokens.'
