// Checks the times of a token, with the clock tolerance.
import { IdentityError, type ErrorReason, type IdentityErrorDetails } from '../errors.ts'
import { own } from '../own.ts'
import type { AuthorityKind } from './authority.ts'

/**
 * Creates the error for a token that is rejected.
 *
 * @param reason - The reason, for metrics.
 * @param text - The reason in words. It starts with `it` or `its`, such as `it has expired`.
 */
export type TokenRejection = (
  reason: ErrorReason,
  text: string,
  details?: Pick<IdentityErrorDetails, 'cause' | 'hint'>,
) => IdentityError

/**
 * Returns the function that creates the errors for one kind of token.
 *
 * @param token - The kind of token for messages, such as `ID token`.
 */
export function rejectionOf(token: string): TokenRejection {
  return (reason, text, details) =>
    new IdentityError('invalid_token', `The ${token} was rejected: ${text}.`, {
      ...details,
      reason,
    })
}

/** The default of the option `clockToleranceSeconds`. */
export const CLOCK_TOLERANCE_SECONDS = 60
/** The highest value of the option `clockToleranceSeconds`. A larger difference is a wrong clock, which must be corrected. */
export const MAX_CLOCK_TOLERANCE_SECONDS = 300

/** A token that expired longer ago than this number of seconds is an old token, and not a sign of a wrong clock. */
const LIKELY_CLOCK_ERROR_SECONDS = 600

/** The claims of a token that contain times, not validated yet. */
export interface TimeClaims {
  readonly exp?: unknown
  readonly nbf?: unknown
  readonly iat?: unknown
}

export interface Clock {
  /** The current Unix time in seconds. */
  readonly now: number
  /** The accepted difference between the clocks of this server and of the provider, in seconds. */
  readonly tolerance: number
}

export interface TimeRules extends Clock {
  /** The claims that the token must contain. A claim that is present is always checked. */
  readonly required: readonly (keyof TimeClaims)[]
  /**
   * `true` if the provider has just issued the token. If such a token has already expired, the clock of this server is
   * wrong.
   */
  readonly isNew?: boolean
  readonly reject: TokenRejection
}

/**
 * Checks that a token has not expired, that it is already valid, and that it was not issued in the future.
 *
 * @throws IdentityError `invalid_token`. The message contains the time of the token and the time of this server.
 * @see {@link https://www.rfc-editor.org/rfc/rfc7519#section-4.1 | RFC 7519, section 4.1}
 */
export function assertTimes(claims: TimeClaims, rules: TimeRules): void {
  const { now, tolerance, required, isNew = false } = rules
  const { exp, nbf, iat } = claims
  if (exp !== undefined || required.includes('exp')) {
    if (!(typeof exp === 'number' && now < exp + tolerance))
      throw wrongTime('it has expired (exp)', exp, { ...rules, isClock: isNew })
  }
  if ((nbf !== undefined || required.includes('nbf')) && !isPast(nbf, rules)) {
    throw wrongTime('it is not valid yet (nbf)', nbf, { ...rules, isClock: true })
  }
  if ((iat !== undefined || required.includes('iat')) && !isPast(iat, rules)) {
    throw wrongTime('it was issued in the future (iat)', iat, { ...rules, isClock: true })
  }
}

/**
 * Returns whether an event happened within a number of seconds. A small difference between clocks is accepted.
 *
 * @param time - The Unix time of the event, in seconds.
 * @param seconds - The maximum age of the event.
 */
export function isWithin(time: number, seconds: number, { now, tolerance }: Clock): boolean {
  return now <= time + seconds + tolerance
}

function isPast(time: unknown, { now, tolerance }: Clock): boolean {
  return typeof time === 'number' && time <= now + tolerance
}

/** The rules of a token, and whether only a wrong clock can be the cause. */
interface WrongTime extends TimeRules {
  readonly isClock: boolean
}

function wrongTime(
  text: string,
  time: unknown,
  { now, tolerance, reject, isClock }: WrongTime,
): Error {
  if (typeof time !== 'number') return reject('time', text)
  const advice = `The option clockToleranceSeconds is ${tolerance} now, and its maximum is ${MAX_CLOCK_TOLERANCE_SECONDS}.`
  const ofClock = `Check the clock of this server and correct it, for example with NTP. ${advice}`
  const isRecent = now - time < LIKELY_CLOCK_ERROR_SECONDS
  const ofToken = isRecent
    ? `The client must request a new token before the old one expires. If it sent a new token, the clock of this server is wrong. ${advice}`
    : 'The client must request a new token before the old one expires.'
  return reject(
    isClock ? 'clock' : 'time',
    `${text}. The time in the token is ${toText(time)}, and the time of this server is ${toText(now)}`,
    { hint: isClock ? ofClock : ofToken },
  )
}

/** Returns a time in ISO 8601 and UTC. */
function toText(seconds: number): string {
  const time = new Date(seconds * 1000)
  return Number.isNaN(time.getTime())
    ? 'an impossible time'
    : time.toISOString().replace('.000Z', 'Z')
}

type TokenClaims = Readonly<Record<string, unknown>>

/**
 * Returns whether the claims of a token belong to an application without a user.
 *
 * The claim `idtyp` names the kind of the token, but it is optional. Without it, the other claims decide. At Entra ID
 * and External ID, the `sub` of an application is its `oid`, and the `sub` of a user is different for each API. At AD
 * FS, only the token of an application does not contain a claim about a user. At Azure AD B2C, a policy issues tokens
 * only for users, and their `sub` is their `oid`. Other providers do not define `oid`.
 *
 * @see {@link https://learn.microsoft.com/entra/identity-platform/optional-claims-reference | idtyp}
 */
export function lacksUser(kind: AuthorityKind, claims: TokenClaims): boolean {
  const type = own(claims, 'idtyp')
  if (type !== undefined) return type === 'app'
  if (kind === 'b2c' || kind === 'oidc') return false
  // At AD FS, the token of an application has this claim as well.
  if (kind === 'adfs') return !hasUserClaim({ ...claims, auth_time: undefined })
  const oid = own(claims, 'oid')
  return oid !== undefined && oid === own(claims, 'sub')
}

/**
 * Returns whether a token contains a claim about a user or a sign-in. An app-only token never contains such a claim.
 */
export function hasUserClaim(claims: TokenClaims): boolean {
  return USER_CLAIMS.some((name) => own(claims, name) !== undefined)
}

const USER_CLAIMS = [
  'sid',
  'session_state',
  'auth_time',
  'preferred_username',
  'upn',
  'unique_name',
  'name',
  'email',
] as const
