import type { VerifiedClaims } from '../../authority/index.ts'
import type { EventEmitter } from '../../event-emitter.ts'
import { toClaims, type Claims, type Session, type SessionStrategy } from '../../session/index.ts'
import { isAboutOther } from './verified-claims.ts'

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
