import type { AppConfig, ScopeConfig, UserConfig } from '../config/config.js'
import type { PublishedKey } from './key-ring.js'
import type { ErrorIds, OAuthError } from '../protocol/oauth-error.js'
import type { Resource } from './resources.js'
import type { ScopeRequest, ScopeTarget } from './scope-request.js'

/** The URLs of an issuer's endpoints. */
export interface Endpoints {
  readonly authorization: string
  readonly token: string
  readonly endSession: string
  readonly jwks: string
  /** Left out where devices cannot sign in. */
  readonly device?: {
    readonly authorization: string
    /** The page where users type the code. */
    readonly login: string
  }
  readonly userinfo?: string
}

/** What users are led through, besides picking an account and consenting. */
export interface Journey {
  readonly kind: 'sign-in' | 'edit-profile' | 'reset-password'
  /** Buttons of the sign-in page besides the accounts. */
  readonly offers: readonly ('sign-up' | 'forgot-password' | 'cancel')[]
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

/** How a client proved itself at the token endpoint. */
export type ClientProof = 'none' | 'secret' | 'assertion'

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
  readonly proof: ClientProof
}

/** An app that speaks for itself. */
export interface AppSubject {
  readonly seat: undefined
  readonly app: AppConfig
  readonly tenantId: string
  readonly roles: readonly string[]
  readonly proof: ClientProof
}

/** What stands at the paths of Entra's first version. */
export interface OlderDocuments {
  readonly metadata: Readonly<Record<string, unknown>>
  toJwk(published: PublishedKey): JsonWebKey & Record<string, unknown>
}

/**
 * The manners of one issuer.
 *
 * Endpoints are the same for all; whatever differs between a tenant, `common`, a B2C policy, AD FS and a plain OpenID
 * provider is asked of the profile. They are told apart by their paths in `tenants.ts`.
 */
export interface IssuerProfile {
  /** External ID is `'entra'` too: it differs in what is below only. */
  readonly kind: 'entra' | 'b2c' | 'adfs' | 'oidc'
  /** What codes are bound to: two paths of one tenant share it. */
  readonly key: string
  /** For the pages, for example "Contoso". */
  readonly title: string
  /** `issuer` of the metadata, a template for tenant-less Entra paths. */
  readonly issuer: string
  readonly endpoints: Endpoints
  readonly metadata: Readonly<Record<string, unknown>>
  /** Left out where there are no tokens of version 1. */
  readonly v1?: OlderDocuments
  /** The tenant for app-only tokens; `undefined` where there can be none. */
  readonly appTenantId: string | undefined
  /** Whether redirects carry `iss` (RFC 9207). */
  readonly sendsIss: boolean
  /** Whether apps hear of a sign-out by a logout token (OpenID Connect Back-Channel Logout 1.0). */
  readonly sendsLogoutTokens: boolean
  /** Issuers of one realm share the browser's session. */
  readonly sessionRealm: string
  /** A refresh token serves all issuers of one realm. */
  readonly refreshRealm: string
  readonly journey: Journey
  /** Its accounts are customers', who exist here and nowhere else. */
  readonly hasOwnAccounts: boolean
  /** Whether users consent; elsewhere an administrator did it for them. */
  readonly asksConsent: boolean
  /** Which keys its key document shows. */
  readonly keyUses: readonly PublishedKey['use'][]
  /** The user's seat here, `undefined` when this issuer does not know the account. */
  seat(user: UserConfig): Seat | undefined
  /** `sub` of a user, as the app with that client id knows it. */
  subjectOf(seat: Seat, clientId: string): string
  /** The ids of `client_info`. */
  homeAccount(user: UserConfig): { readonly uid: string; readonly utid: string }
  /** `iss` of the tokens of a tenant. */
  issuerOf(tenantId: string): string
  toJwk(published: PublishedKey): JsonWebKey & Record<string, unknown>
  parseScopes(text: string, app: AppConfig): ScopeRequest
  /** The API that a parameter of its own names; left out where only scopes do. */
  resourceOf?(params: URLSearchParams): Resource | undefined
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
  /** What the header of an access token holds besides the usual. */
  accessTokenHeader(grant: Grant, kid: string): Record<string, unknown>
  /** The last touch to a token response; `issuedAt` is in seconds. */
  shapeTokens(
    body: Readonly<Record<string, unknown>>,
    grant: Grant,
    issuedAt: number,
  ): Readonly<Record<string, unknown>>
  /** A refusal in the issuer's own words and numbers. */
  ownError(error: OAuthError): OAuthError
  /** JSON body of an error. */
  errorBody(error: OAuthError, ids: ErrorIds): Record<string, unknown>
}
