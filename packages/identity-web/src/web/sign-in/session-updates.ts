// Claims of a session after a refresh.
import type { VerifiedClaims } from '../../authority/index.ts'
import { toClaims, type Claims, type Session } from '../../session/index.ts'

// These claims describe the sign-in. A refresh does not change them, and a refreshed ID token may leave them out.
const SIGN_IN_CLAIMS = ['auth_time', 'acrs', 'sid', 'login_hint']

/** Returns the claims of a session after a refresh that returned an ID token. */
export function refreshedClaims(
  { claims: before, userInfoClaims = [] }: Session,
  verified: VerifiedClaims,
): Claims {
  const kept = Object.entries(before).filter(
    ([name]) =>
      SIGN_IN_CLAIMS.includes(name) ||
      (userInfoClaims.includes(name) && !isAboutOther(name, verified, before)),
  )
  return { ...Object.fromEntries(kept), ...toClaims(verified) }
}

/** The claims that say whether the provider verified another claim (OpenID Connect Core, section 5.1). */
const VERIFIED: Readonly<Partial<Record<string, string>>> = {
  email_verified: 'email',
  phone_number_verified: 'phone_number',
}

/**
 * Returns whether a claim describes another value than the user's value. For example, `email_verified` of UserInfo must
 * not make a different e-mail address in the ID token look verified.
 *
 * @param name - The name of the claim, such as `email_verified`.
 * @param claims - The claims that take precedence.
 * @param source - The claims that the claim comes from.
 */
export function isAboutOther(
  name: string,
  claims: Readonly<Record<string, unknown>>,
  source: Readonly<Record<string, unknown>>,
): boolean {
  const subject = VERIFIED[name]
  if (subject === undefined || claims[subject] === undefined) return false
  return claims[subject] !== source[subject]
}
