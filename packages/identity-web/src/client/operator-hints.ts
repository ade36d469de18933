import { B2C_HINTS } from './hints/b2c.ts'
import { CREDENTIAL_HINTS } from './hints/credentials.ts'
import { GRANT_HINTS } from './hints/grants.ts'
import type { OperatorHint } from './hints/operator-hint.ts'
import { REGISTRATION_HINTS } from './hints/registration.ts'
import { USER_HINTS } from './hints/users.ts'

/**
 * Hints for Microsoft's error codes, by the whole code.
 *
 * Use them only in messages for people. Microsoft changes its codes, so code must decide by `error` instead.
 *
 * @see {@link https://learn.microsoft.com/entra/identity-platform/reference-error-codes}
 */
export const OPERATOR_HINTS: ReadonlyMap<string, OperatorHint> = new Map(
  Object.entries({
    ...REGISTRATION_HINTS,
    ...CREDENTIAL_HINTS,
    ...USER_HINTS,
    ...GRANT_HINTS,
    ...B2C_HINTS,
  }),
)

/**
 * Returns the cause of a Microsoft error, and the setting to change.
 *
 * @param codes - Whole codes, such as `AADSTS50011`. The first code that has a hint is used.
 * @returns Cause and remedy, or `undefined` if the codes do not have a hint.
 */
export function operatorHint(codes: readonly string[]): string | undefined {
  const hint = codes.map((code) => OPERATOR_HINTS.get(code)).find((known) => known !== undefined)
  return hint && `${hint.cause} ${hint.remedy}`
}
