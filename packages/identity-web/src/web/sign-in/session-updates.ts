import type { VerifiedClaims } from '../../authority/index.ts'
import type { EventEmitter } from '../../event-emitter.ts'
import type { MaybePromise } from '../../maybe-promise.ts'
import type { Claims, RequestSession, Session, SessionStrategy } from '../../session/index.ts'
import type { SessionTokens } from '../../tokens.ts'
import { isAboutOther } from './verified-claims.ts'

// These claims are only needed for the checks, or are internal to Microsoft ("internal claim … should be ignored").
// They would only fill the cookie.
const DROPPED_CLAIMS = new Set(['nonce', 'at_hash', 'c_hash', 's_hash', 'aio', 'rh'])

/** Returns the claims that a session keeps from an ID token. */
export function toClaims(verified: VerifiedClaims): Claims {
  return Object.fromEntries(
    Object.entries(verified).filter(([name]) => !DROPPED_CLAIMS.has(name)),
  ) as unknown as Claims
}

// These claims describe the sign-in. A refresh does not change them, and a refreshed ID token may leave them out.
const SIGN_IN_CLAIMS = ['auth_time', 'acrs', 'sid', 'login_hint']

/** Returns the claims of a session after a refresh that brought an ID token. */
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

/** The services that store a session. */
export interface StoreSessionServices {
  readonly sessions: SessionStrategy
  readonly events: EventEmitter
}

/**
 * Starts a session, which replaces the browser's previous one.
 *
 * @returns The `Set-Cookie` values.
 * @throws IdentityError `session_too_large` if the session does not fit into its cookies, or `store_unavailable`.
 */
export function startSession(
  services: StoreSessionServices,
  { cookieHeader, session }: RequestSession,
  tokens: SessionTokens,
): MaybePromise<string[]> {
  return services.sessions.start(cookieHeader, session, tokens)
}

/**
 * Stores a session that changed.
 *
 * @param tokens - The new tokens. Without them, the stored tokens stay as they are.
 * @returns The `Set-Cookie` values.
 * @throws IdentityError `session_too_large` if the session does not fit into its cookies, or `store_unavailable`.
 */
export function updateSession(
  services: StoreSessionServices,
  { cookieHeader, session }: RequestSession,
  tokens: SessionTokens | undefined,
): MaybePromise<string[]> {
  return services.sessions.update(cookieHeader, session, tokens)
}
