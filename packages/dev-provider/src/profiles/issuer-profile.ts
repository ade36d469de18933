import type { AppConfig, ScopeConfig, UserConfig } from '../config/config.js'
import type { PublishedKey } from './key-ring.js'
import type { ErrorIds, OAuthError } from '../protocol/oauth-error.js'
import type { ScopeRequest, ScopeTarget } from './scope-request.js'

/** The URLs of an issuer's endpoints. */
export interface Endpoints {
  readonly authorization: string
  readonly token: string
  readonly endSession: string
  readonly deviceAuthorization: string
  readonly deviceLogin: string
  readonly jwks: string
  readonly userinfo: string
}

/** A user's seat in the tenant a token is issued by. */
export interface Seat {
  readonly user: UserConfig
  /** The tenant of the token. */
  readonly tenantId: string
  /** The object id in that tenant. */
  readonly oid: string
  readonly isGuest: boolean
}

/** What of a scope request was granted, as the token response needs it. */
export interface Grant {
  readonly identity: readonly string[]
  readonly target: ScopeTarget
  /** Bare names granted at the target. */
  readonly names: readonly string[]
}

/** Whom a token speaks of. */
export interface Subject {
  readonly seat: Seat
  readonly app: AppConfig
  /** The browser session. */
  readonly sid: string
  /** When the user last signed in, in seconds. */
  readonly authTime: number
  /** The request asked for `auth_time`, by `max_age`. */
  readonly wantsAuthTime: boolean
  /** OpenID scopes of the request. */
  readonly identity: readonly string[]
}

/** An app that speaks for itself. */
export interface AppSubject {
  readonly seat: undefined
  readonly app: AppConfig
  readonly tenantId: string
  readonly roles: readonly string[]
}

/**
 * The manners of one issuer.
 *
 * Endpoints are the same for all; whatever differs between a tenant, `common` and a plain OpenID provider is asked of
 * the profile. External ID, a B2C policy or ADFS are further profiles, resolved in `tenants.ts`.
 */
export interface IssuerProfile {
  readonly kind: 'entra' | 'oidc'
  /** What codes are bound to: two paths of one tenant share it. */
  readonly key: string
  /** For the pages, for example "Contoso". */
  readonly title: string
  /** `issuer` of the metadata, a template for tenant-less Entra paths. */
  readonly issuer: string
  readonly endpoints: Endpoints
  readonly metadata: Readonly<Record<string, unknown>>
  /** The tenant for app-only tokens; `undefined` where there can be none. */
  readonly appTenantId: string | undefined
  /** Whether redirects carry `iss` (RFC 9207). */
  readonly sendsIss: boolean
  /** The user's seat here, `undefined` when this issuer does not know the account. */
  seat(user: UserConfig): Seat | undefined
  /** `iss` of the tokens of a tenant. */
  issuerOf(tenantId: string): string
  toJwk(published: PublishedKey): JsonWebKey & Record<string, unknown>
  parseScopes(text: string, app: AppConfig): ScopeRequest
  /** What a token is for when no API was asked for. */
  readonly defaultTarget: ScopeTarget
  /** The scope's entry for the consent page. */
  describeScope(target: ScopeTarget, name: string): ScopeConfig
  /** `scope` of a token response. */
  scopeText(grant: Grant): string
  /** Everything of an ID token that the protocol does not fix. */
  idTokenClaims(subject: Subject): Record<string, unknown>
  /** The same for an access token; without a seat it is the app's own. */
  accessTokenClaims(subject: Subject | AppSubject, grant: Grant): Record<string, unknown>
  /** JSON body of an error. */
  errorBody(error: OAuthError, ids: ErrorIds): Record<string, unknown>
}
