import type { AppConfig, UserConfig } from '../config/config.js'
import type { RequestedClaims } from '../protocol/requested-claims.js'
import type { ScopeRequest } from '../profiles/scope-request.js'

/** What a user allowed an app to do, from which tokens are made. */
export interface Authorization {
  readonly app: AppConfig
  readonly user: UserConfig
  readonly scope: ScopeRequest
  readonly sid: string
  readonly authTime: number
  readonly wantsAuthTime: boolean
  readonly nonce?: string
  /** What the sign-in was asked for, and satisfied. */
  readonly claims: RequestedClaims
  /** Made by a flow that needs no client secret, so that refreshing needs none either. */
  readonly isPublic: boolean
  /** All refresh tokens that descend from one sign-in. */
  readonly family: string
  /** Its place in the order of all authorizations, to compare with the revocation of a user. */
  readonly order: number
  /** Where its refresh tokens are good. */
  readonly refreshRealm: string
}

/** An authorization code waiting for its redemption. */
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
}

/** A device code and what the user said about it. */
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

/** An account signed in with a browser. */
export interface SessionAccount {
  readonly user: UserConfig
  readonly sid: string
  readonly authTime: number
  /** Whose issuers may use it. */
  readonly realm: string
  /** Client ids that the account was used for, in order. */
  readonly apps: Set<string>
}

/** The provider's own session with a browser. */
export interface BrowserSession {
  readonly id: string
  accounts: SessionAccount[]
}
