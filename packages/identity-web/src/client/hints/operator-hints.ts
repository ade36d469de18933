// Finds the hint of a Microsoft error code (AADSTS).
import { B2C_HINTS } from './b2c.ts'
import { CREDENTIAL_HINTS } from './credentials.ts'
import { GRANT_HINTS } from './grants.ts'
import { oauthHint, ONE_CAUSE } from './oauth.ts'
import type { OperatorHint } from './operator-hint.ts'
import { REGISTRATION_HINTS } from './registration.ts'
import { USER_HINTS } from './users.ts'

/**
 * Hints for Microsoft's error codes, by the whole code.
 *
 * Use them only in messages for people, because Microsoft changes its codes. Code must decide by `error` instead.
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
 * Returns an error's cause, and the setting to change.
 *
 * @param codes - Whole codes, such as `AADSTS50011`, of which the first that has a hint is used.
 * @param error - The standard OAuth error, which is used if the response does not contain a Microsoft code, or if the
 *   error has the same cause for every code.
 * @param grant - The request's grant type, or `authorization` for a redirect.
 * @returns Cause and remedy, or `undefined` if the codes do not have a hint.
 */
export function operatorHint(
  codes: readonly string[],
  error?: string,
  grant?: string,
): string | undefined {
  const byCode = codes.map((code) => OPERATOR_HINTS.get(code)).find((known) => known !== undefined)
  // A Microsoft code without a hint has another cause than the standard error usually has: for example, invalid_grant
  // can also mean that the account is blocked.
  const isStandard = error !== undefined && (codes.length === 0 || ONE_CAUSE.has(error))
  const hint = byCode ?? (isStandard ? oauthHint(error, grant) : undefined)
  return hint?.slice(0, 2).join(' ')
}

/** Returns whether a failure at Microsoft passes without a change. */
export function passes(codes: readonly string[]): boolean {
  return codes.some((code) => OPERATOR_HINTS.get(code)?.[2] === 'passes')
}
