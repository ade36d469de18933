import type { AppConfig, UserConfig } from '../config/config.js'
import type { RequestedClaims } from '../protocol/requested-claims.js'
import type { ScopeRequest } from '../profiles/scope-request.js'

/** The authorization that a user gave to an app. The provider issues tokens for it. */
export interface Authorization {
  readonly app: AppConfig
  readonly user: UserConfig
  readonly scope: ScopeRequest
  readonly sid: string
  readonly authTime: number
  readonly wantsAuthTime: boolean
  readonly nonce?: string
  /** The claims that the sign-in requested. The provider satisfied all of them. */
  readonly claims: RequestedClaims
  /** Claims that a test adds to each ID token, or replaces in it. */
  readonly idTokenClaims?: Readonly<Record<string, unknown>>
  /** `true` if the flow did not require a client secret. A refresh then does not require the secret either. */
  readonly isPublic: boolean
  /** The ID that all refresh tokens of one sign-in share. */
  readonly family: string
  /** The sequence number of the authorization, to compare with the revocation of a user. */
  readonly sequence: number
  /** The realm in which the refresh tokens of this authorization work. */
  readonly refreshRealm: string
}

/** An issued authorization code. */
export interface CodeRecord {
  readonly authorization: Authorization
  readonly profileKey: string
  readonly redirectUri: string
  readonly challenge?: { readonly value: string; readonly method: string }
  readonly expiresAt: number
  used: boolean
}

/** A refresh token. */
export interface RefreshRecord {
  readonly authorization: Authorization
  used: boolean
  /** `true` if the developer let the token expire. */
  isExpired?: boolean
}

/** A device code and the decision of the user. */
export interface DeviceRecord {
  readonly userCode: string
  readonly profileKey: string
  readonly app: AppConfig
  readonly scope: ScopeRequest
  readonly expiresAt: number
  state: 'pending' | 'declined' | 'redeemed' | Authorization
  intervalSeconds: number
  lastPollAt: number
}

/** An account that is signed in with a browser. */
export interface SessionAccount {
  readonly user: UserConfig
  readonly sid: string
  readonly authTime: number
  /** The realm of issuers that can use the account. */
  readonly realm: string
  /** The client IDs of the apps that the account signed in to, in order. */
  readonly apps: Set<string>
}

/** The session of the provider with a browser. */
export interface BrowserSession {
  readonly id: string
  accounts: SessionAccount[]
}
