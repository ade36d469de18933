/** The claims that say whether the provider verified another claim (OpenID Connect Core, section 5.1). */
const VERIFIED: Readonly<Partial<Record<string, string>>> = {
  email_verified: 'email',
  phone_number_verified: 'phone_number',
}

/**
 * Whether a claim is about another value than the one that the user has. For example, `email_verified` of UserInfo must not
 * make another e-mail address of the ID token look verified.
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
