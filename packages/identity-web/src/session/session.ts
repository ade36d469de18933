// The data and times of a session: idle and absolute expiry.
import { own } from '../own.ts'

/**
 * The verified claims from the ID token, which describe the user.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#IDToken | OpenID Connect Core, section 2}
 * @public
 */
export interface Claims {
  /** The token's issuer. */
  readonly iss: string
  /** The user's ID, which is unique at the issuer. In Entra ID, a user has a different `sub` in each application. */
  readonly sub: string
  /** The user's display name. */
  readonly name?: string
  /** The user's sign-in name, for display and login hints. Do not use it as a key for data, because it can change. */
  readonly preferred_username?: string
  /** The user's email address. Do not use it as a key for data, because it is not always verified. */
  readonly email?: string
  /** Entra ID: the user's object ID. Use it together with `tid` as a key for data. */
  readonly oid?: string
  /** Entra ID: the ID of the tenant that the user signed in to. */
  readonly tid?: string
  /** The ID of the user's session at the provider, for sign-out. */
  readonly sid?: string
  /** Entra ID: the app roles that the user has. */
  readonly roles?: readonly string[]
  /** Entra ID: the IDs of the user's groups, if the app registration adds the `groups` claim. */
  readonly groups?: readonly string[]
  /**
   * The time at which the user last authenticated, as Unix time in seconds, if the sign-in requested `maxAgeSeconds`.
   */
  readonly auth_time?: number
  /** Entra ID: the IDs of the authentication contexts that the sign-in satisfied. */
  readonly acrs?: readonly string[]
  readonly [claim: string]: unknown
}

// These claims are only needed for the checks, or are internal to Microsoft ("internal claim … should be ignored").
// They would only fill the cookie.
const DROPPED_CLAIMS = new Set(['nonce', 'at_hash', 'c_hash', 's_hash', 'aio', 'rh'])

/** Returns the claims that a session keeps from a verified ID token. */
export function toClaims(verified: Readonly<Record<string, unknown>>): Claims {
  return Object.fromEntries(
    Object.entries(verified).filter(([name]) => !DROPPED_CLAIMS.has(name)),
  ) as unknown as Claims
}

// The claims of the type `Claims`, those of the protocol, and those that say whether the token has all groups of the user.
const KEPT_CLAIMS: ReadonlySet<string> = new Set(
  [
    'iss sub aud azp exp iat nbf auth_time acr acrs amr sid login_hint ver tfp idp oid tid',
    'name preferred_username email roles groups hasgroups _claim_names _claim_sources',
  ].flatMap((names) => names.split(' ')),
)

/** The claims that the guards of the declared routes read. */
export interface GuardedClaims {
  readonly names: Set<string>
  /** `true` if a guard's requirement contains a function, because a function can read every claim. */
  hasFunction: boolean
}

/**
 * Returns a session without the claims that guards and the library do not need, if `onLogin` returned a user. Without
 * `onLogin`, the claims are the user, so all of them stay.
 */
export function withoutOtherClaims(
  session: Session,
  { names, hasFunction }: GuardedClaims,
): Session {
  if (own(session, 'user') === undefined || hasFunction) return session
  const entries = Object.entries(session.claims)
  const kept = entries.filter(([name]) => KEPT_CLAIMS.has(name) || names.has(name))
  if (kept.length === entries.length) return session
  const claims = Object.fromEntries(kept) as unknown as Claims
  return { ...session, claims, hasFewerClaims: true }
}

/**
 * A signed-in user's session in one browser. All times are Unix times in seconds.
 *
 * Cookies and stores contain it as JSON, so earlier sessions are lost if a property is renamed.
 */
export interface Session {
  /** A random ID that is new at every sign-in. */
  readonly id: string
  /** The user that `onLogin` returned. Not set if the application uses the claims as the user. */
  readonly user?: unknown
  /**
   * The time at which the user was last changed after the sign-in, as Unix time in milliseconds, because several
   * servers may change the user.
   */
  readonly userChangedAt?: number
  /**
   * The time at which `onLogin` or `onRefresh` last returned the user. Set only if the application has `onRefresh`. A
   * refresh that returns an ID token removes this time, because `onRefresh` must then run.
   */
  readonly userCheckedAt?: number
  readonly claims: Claims
  /** `true` if claims were left out, because they did not fit into the cookies. */
  readonly hasFewerClaims?: boolean
  /**
   * The names of the claims that come from UserInfo. A refreshed ID token does not contain these claims, so they stay
   * as they are.
   */
  readonly userInfoClaims?: readonly string[]
  readonly startedAt: number
  readonly touchedAt: number
  /**
   * The time at which the session expires without another request. A later change of the settings does not delay it.
   */
  readonly idleEndsAt: number
  /** The time at which the session expires in any case. It is fixed at sign-in. */
  readonly endsAt: number
  /**
   * The time at which the session's ID token must be refreshed, because the token expires. Not set if the session does
   * not have a refresh token.
   */
  readonly renewAt?: number
  /**
   * The time since which every refresh got a response that does not comply with OAuth. If this continues for a long
   * time, the session ends.
   */
  readonly unreadableSince?: number
  /**
   * Azure AD B2C: the user flow that issued the tokens and must also refresh them, if it is not the default user flow.
   */
  readonly userFlow?: string
  /**
   * The page requirements that caused this sign-in and the previous sign-ins, from oldest to newest. Each one follows
   * its time and a space.
   */
  readonly steppedUpFor?: readonly string[]
  /**
   * Entra ID: the groups that routes require, by object ID, each with `true` if the user belongs to it. Present if the
   * groups were looked up, because the ID token cannot contain them. Refreshing the ID token removes this property.
   */
  readonly memberships?: Readonly<Record<string, boolean>>
  /** The `User-Agent` of the browser that signed in. Set only for sessions that can be listed. */
  readonly userAgent?: string
  /** The revocation markers that already existed when this session started. They revoke only earlier sessions. */
  readonly earlierEnds?: Readonly<Record<string, string>>
  /**
   * The ID of the deny-list's data when this session started. If the deny-list lost its data since then, it may have
   * lost this session's sign-out.
   */
  readonly dataId?: string
}

/** The lifetimes of sessions, in seconds. */
export interface Lifetimes {
  /** The maximum time without a request. */
  readonly idle: number
  /** The maximum time since the sign-in. */
  readonly absolute: number
}

export type SessionTimes = Pick<Session, 'startedAt' | 'touchedAt' | 'idleEndsAt' | 'endsAt'>

export function startTimes(lifetimes: Lifetimes, now: number): SessionTimes {
  const endsAt = now + lifetimes.absolute
  return {
    startedAt: now,
    touchedAt: now,
    idleEndsAt: Math.min(now + lifetimes.idle, endsAt),
    endsAt,
  }
}

/** Returns a session with a new idle end, because the session is used now, but with the same absolute end. */
export function touch(session: Session, lifetimes: Lifetimes, now: number): Session {
  const idleEndsAt = Math.min(now + lifetimes.idle, session.endsAt)
  return { ...session, touchedAt: now, idleEndsAt }
}

/**
 * Returns the time at which a session expires without another request.
 *
 * The times in the session are encrypted with it, so longer lifetimes do not restore a session that expired, while
 * shorter lifetimes apply immediately.
 */
export function expiryOf(session: Session, { idle, absolute }: Lifetimes): number {
  const { startedAt, touchedAt, idleEndsAt, endsAt } = session
  return Math.min(idleEndsAt, endsAt, touchedAt + idle, startedAt + absolute)
}

export function isLive(session: Session, lifetimes: Lifetimes, now: number): boolean {
  return now < expiryOf(session, lifetimes)
}

/**
 * Returns whether the time of this request must be stored. The time is stored at most once in a tenth of the idle time,
 * so that few requests cause a write.
 */
export function needsTouch(
  { touchedAt, idleEndsAt, endsAt }: Session,
  { idle }: Lifetimes,
  now: number,
): boolean {
  // The idle time of the session can be shorter, if the setting changed after its last request.
  const ofSession = idleEndsAt < endsAt ? idleEndsAt - touchedAt : idle
  return now >= touchedAt + Math.min(idle, ofSession) / 10
}

/** Returns a session's user: the value that `onLogin` returned, or the claims. */
export function userOf<User>(session: Session): User {
  return (own(session, 'user') ?? session.claims) as User
}

/**
 * Converts a clock to seconds, the unit of all times in sessions and tokens.
 *
 * @param clock - Returns the milliseconds since 1970.
 */
export function toSeconds(clock: () => number): () => number {
  return () => Math.floor(clock() / 1000)
}
