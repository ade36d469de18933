/**
 * What the provider says of the user: the claims of the ID token, verified.
 *
 * @see {@link https://openid.net/specs/openid-connect-core-1_0.html#IDToken | OpenID Connect Core, section 2}
 * @public
 */
export interface Claims {
  /** Who issued the token. */
  readonly iss: string
  /** The user, unique at the issuer. At Entra ID it differs from application to application. */
  readonly sub: string
  /** The user's name for display. */
  readonly name?: string
  /** The user's name for display and for hints. It can change: never a key for data. */
  readonly preferred_username?: string
  /** An address, not always verified: never a key for data. */
  readonly email?: string
  /** Entra ID: the user's object id. With `tid`, the key for data. */
  readonly oid?: string
  /** Entra ID: the tenant that the user signed in to. */
  readonly tid?: string
  /** The provider's session, for sign-out. */
  readonly sid?: string
  /** Entra ID: the app roles that the user has. */
  readonly roles?: readonly string[]
  /** Entra ID: the ids of the user's groups, where the registration emits them. */
  readonly groups?: readonly string[]
  /** When the user last typed a password or the like, Unix time in seconds; there where `maxAge` was asked for. */
  readonly auth_time?: number
  /** Entra ID: the authentication contexts that the sign-in satisfied. */
  readonly acrs?: readonly string[]
  readonly [claim: string]: unknown
}

/** A signed-in user at one browser. All times are Unix times in seconds. */
export interface Session {
  /** Random, new at every sign-in. */
  readonly id: string
  /** What `onLogin` returned; absent where the claims are the user. */
  readonly user?: unknown
  readonly claims: Claims
  readonly startedAt: number
  readonly touchedAt: number
  /** When the ID token expires and the session is renewed by its refresh token; absent without one. */
  readonly renewAt?: number
  /** Azure AD B2C: the user flow that signed the user in, where it is not the ordinary one: its tokens are renewed there. */
  readonly userFlow?: string
  /** What pages asked for that led to this sign-in and to those just before it, the last one last. */
  readonly steppedUpFor?: readonly string[]
  /** The ends of earlier sessions that were noted when this one began: they are not its own. */
  readonly earlierEnds?: Readonly<Record<string, string>>
}

/** How long sessions live, in seconds. */
export interface Lifetimes {
  /** Without a request. */
  readonly idle: number
  /** Since sign-in, whatever happens. */
  readonly absolute: number
}

export function isLive(session: Session, lifetimes: Lifetimes, now: number): boolean {
  return now < session.touchedAt + lifetimes.idle && now < session.startedAt + lifetimes.absolute
}

/** Whether enough time went by to write the session anew: a write on every request would cost more than it gives. */
export function needsTouch(session: Session, lifetimes: Lifetimes, now: number): boolean {
  return now >= session.touchedAt + lifetimes.idle / 10
}

/** The user as the application sees them: what `onLogin` returned, or else the claims. */
export function userOf<User>(session: Session): User {
  return (session.user ?? session.claims) as User
}

/**
 * Makes a clock that counts seconds, as all times of sessions and tokens do.
 *
 * @param clock - Milliseconds since 1970.
 */
export function toSeconds(clock: () => number): () => number {
  return () => Math.floor(clock() / 1000)
}
