import type { Claims } from 'identity-web/fetch'

/** Returns the name of a user. Providers do not all send the same claims. */
export function nameOf({ name, preferred_username: username, upn, sub }: Claims): string {
  return firstText(name, username, upn) ?? sub
}

/** Returns the email address of a user, or the user name if the provider does not send an address. */
export function emailOf({ email, emails, preferred_username: username, upn, sub }: Claims): string {
  // Azure AD B2C sends a list.
  const [first] = Array.isArray(emails) ? (emails as unknown[]) : []
  return firstText(email, first, username, upn) ?? sub
}

/** Returns the initials of a user, which the header shows without a picture. */
export function initialsOf(claims: Claims): string {
  const words = nameOf(claims).split(/\s+/)
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : ''].map(
    (word) => [...(word ?? '')][0],
  )
  return letters.join('').toUpperCase()
}

function firstText(...values: readonly unknown[]): string | undefined {
  return values.find((value) => typeof value === 'string')
}
