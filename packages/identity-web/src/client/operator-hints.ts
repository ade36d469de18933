import { B2C_HINTS } from './hints/b2c.ts'
import { CREDENTIAL_HINTS } from './hints/credentials.ts'
import { GRANT_HINTS } from './hints/grants.ts'
import type { OperatorHint } from './hints/operator-hint.ts'
import { REGISTRATION_HINTS } from './hints/registration.ts'
import { USER_HINTS } from './hints/users.ts'

/**
 * What is known of Microsoft's codes, by the whole code. For people alone: codes change, and decisions go by `error`.
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
 * Tells an operator what is behind an error of Microsoft's, and what to change where.
 *
 * @param codes - Whole codes, such as `AADSTS50011`; the first known one counts.
 * @returns Cause and remedy, or `undefined` for codes that nothing is known of: there are more of them every month.
 */
export function operatorHint(codes: readonly string[]): string | undefined {
  const hint = codes.map((code) => OPERATOR_HINTS.get(code)).find((known) => known !== undefined)
  return hint && `${hint.cause} ${hint.remedy}`
}
