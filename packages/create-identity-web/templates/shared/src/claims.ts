import type { Claims } from 'identity-web/fetch'

/** Returns the name of a user. Providers do not all send the same claims. */
export function nameOf({ name, preferred_username: username, upn, sub }: Claims): string {
  const found = [name, username, upn].find((claim) => typeof claim === 'string')
  return found ?? sub
}

/** Returns the initials of a user, which the header shows without a picture. */
export function initialsOf(claims: Claims): string {
  const words = nameOf(claims).split(/\s+/)
  const letters = [words.at(0), words.length > 1 ? words.at(-1) : ''].map(
    (word) => [...(word ?? '')][0],
  )
  return letters.join('').toUpperCase()
}

/** Returns a claim as a string. */
export function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
