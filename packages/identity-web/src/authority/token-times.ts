import type { TokenRejection } from './token-rejection.ts'

/** How far the clocks of this server and of the provider may differ, in seconds. */
export const CLOCK_TOLERANCE_SECONDS = 60

/** The claims that say when a token is valid, as the token contains them. */
export interface TimeClaims {
  readonly exp?: unknown
  readonly nbf?: unknown
  readonly iat?: unknown
}

/** How to check the times of a token. */
export interface TimeRules {
  /** The current Unix time in seconds. */
  readonly now: number
  /** The claims that the token must contain. A claim that is present is always checked. */
  readonly required: readonly (keyof TimeClaims)[]
  readonly reject: TokenRejection
}

/**
 * Checks when a token expires, when it was issued and from when on it is valid.
 *
 * @throws IdentityError `invalid_token`.
 * @see {@link https://www.rfc-editor.org/rfc/rfc7519#section-4.1 | RFC 7519, section 4.1}
 */
export function assertTimes(claims: TimeClaims, { now, required, reject }: TimeRules): void {
  const isMissing = (name: keyof TimeClaims): boolean =>
    claims[name] === undefined && !required.includes(name)
  const { exp, nbf, iat } = claims
  if (!isMissing('exp') && !(typeof exp === 'number' && now < exp + CLOCK_TOLERANCE_SECONDS)) {
    throw reject('it has expired (exp)', CLOCK_HINT)
  }
  if (!isMissing('nbf') && !isPast(nbf, now)) throw reject('it is not valid yet (nbf)', CLOCK_HINT)
  if (!isMissing('iat') && !isPast(iat, now))
    throw reject('it was issued in the future (iat)', CLOCK_HINT)
}

/**
 * Tells whether something happened at most a number of seconds ago. Clocks may differ.
 *
 * @param time - When it happened, Unix time in seconds.
 * @param seconds - The maximum age.
 * @param now - The current Unix time in seconds.
 */
export function isWithin(time: number, seconds: number, now: number): boolean {
  return now <= time + seconds + CLOCK_TOLERANCE_SECONDS
}

function isPast(time: unknown, now: number): boolean {
  return typeof time === 'number' && time <= now + CLOCK_TOLERANCE_SECONDS
}

const CLOCK_HINT = { hint: "Compare this server's clock with the true time." }
