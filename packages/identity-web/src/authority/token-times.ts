import type { TokenRejection } from './token-rejection.ts'

/** The maximum difference between the clocks of this server and of the provider, in seconds. */
const CLOCK_TOLERANCE_SECONDS = 60

/** The claims of a token that contain times, not validated yet. */
export interface TimeClaims {
  readonly exp?: unknown
  readonly nbf?: unknown
  readonly iat?: unknown
}

/** The rules for the times of a token. */
export interface TimeRules {
  /** The current Unix time in seconds. */
  readonly now: number
  /** The claims that the token must contain. A claim that is present is always checked. */
  readonly required: readonly (keyof TimeClaims)[]
  readonly reject: TokenRejection
}

/**
 * Checks that a token has not expired, that it is already valid, and that it was not issued in the future.
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
 * Returns whether an event happened within a number of seconds. Tolerates a difference between clocks.
 *
 * @param time - The Unix time of the event, in seconds.
 * @param seconds - The maximum age of the event.
 * @param now - The current Unix time in seconds.
 */
export function isWithin(time: number, seconds: number, now: number): boolean {
  return now <= time + seconds + CLOCK_TOLERANCE_SECONDS
}

function isPast(time: unknown, now: number): boolean {
  return typeof time === 'number' && time <= now + CLOCK_TOLERANCE_SECONDS
}

const CLOCK_HINT = { hint: 'Check that the clock of this server is correct.' }
