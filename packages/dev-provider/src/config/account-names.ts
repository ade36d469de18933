/**
 * An account's first name or user name. Editors offer the accounts of the default configuration.
 *
 * @example
 * ```ts
 * const as: AccountName = 'robin'
 * ```
 */
export type AccountName =
  | 'alex'
  | 'robin'
  | 'sam'
  | 'kim'
  | 'jo'
  | 'charlie'
  | 'morgan'
  | 'nora'
  | 'theo'
  | 'mia'
  | 'lee'
  // Any other string is allowed too, but TypeScript does not drop the names above.
  | (string & {})
