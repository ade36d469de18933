import type { AppConfig, UserConfig } from '../config/config.js'
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
  /** The URLs for device codes. Missing when the issuer does not support device codes. */
  readonly device?: {
    readonly authorization: string
    /** The page where users enter the code. */
    readonly login: string
  }
  readonly userinfo?: string
}

/** The pages of a user flow other than the account page and the consent page. */
export interface Journey {
  readonly kind: 'sign-in' | 'edit-profile' | 'reset-password'
  /** The buttons that the sign-in page shows below the accounts. */
  readonly offers: readonly ('sign-up' | 'forgot-password' | 'cancel')[]
}

/** The account of a user in the tenant that issues a token. */
export interface TenantAccount {
  readonly user: UserConfig
  /** The tenant of the token. */
  readonly tenantId: string
  /** The object ID in that tenant. */
  readonly oid: string
  readonly isGuest: boolean
}

/** The granted part of a scope request. */
export interface Grant {
  readonly identity: readonly string[]
  readonly target: ScopeTarget
  /** The granted scopes of the target, without prefix. */
  readonly names: readonly string[]
}

/** The method with which a client authenticated at the token endpoint. */
export type ClientAuthMethod = 'none' | 'secret' | 'assertion'

/** The user whom a token identifies. */
export interface Subject {
  readonly tenantAccount: TenantAccount
  readonly app: AppConfig
  /** The ID of the browser session. */
  readonly sid: string
  /** The time of the user's last sign-in, in seconds. */
  readonly authTime: number
  /** `true` if the request contained `max_age`, which asks for `auth_time`. */
  readonly wantsAuthTime: boolean
  /** The OpenID scopes of the request. */
  readonly identity: readonly string[]
  readonly authMethod: ClientAuthMethod
}

/** An app that acts without a user. */
export interface AppSubject {
  readonly tenantAccount: undefined
  readonly app: AppConfig
  readonly tenantId: string
  readonly roles: readonly string[]
  readonly authMethod: ClientAuthMethod
}

/** The documents at the version 1 paths of Entra ID. */
export interface OlderDocuments {
  readonly metadata: Readonly<Record<string, unknown>>
  toJwk(published: PublishedKey): JsonWebKey & Record<string, unknown>
}

/**
 * The behavior of one issuer.
 *
 * All issuers use the same endpoints. The profile contains everything that differs between a
 * tenant, `common`, an Azure AD B2C policy, AD FS and the plain OpenID provider. `tenants.ts` maps
 * paths to profiles.
 */
export interface IssuerProfile {
  /**
   * The kind of issuer. External ID also has the kind `'entra'`, because only the members below
   * differ.
   */
  readonly kind: 'entra' | 'b2c' | 'adfs' | 'oidc'
  /** The key to which codes are bound. Two paths of one tenant have the same key. */
  readonly key: string
  /** The name on the pages, for example "Contoso". */
  readonly title: string
  /** The `issuer` of the metadata. It is a template for the Entra ID paths without a tenant. */
  readonly issuer: string
  readonly endpoints: Endpoints
  readonly metadata: Readonly<Record<string, unknown>>
  /** The documents for version 1 tokens. Missing when the issuer does not issue such tokens. */
  readonly v1?: OlderDocuments
  /** The tenant of app-only tokens, or `undefined` when the issuer does not issue them. */
  readonly appTenantId: string | undefined
  /** `true` if the tenant contains the clients of Microsoft, such as Visual Studio Code. */
  readonly hasMicrosoftClients: boolean
  /** `true` if the port of a registered redirect URI on this machine is ignored. */
  readonly ignoresLoopbackPort: boolean
  /** `true` if redirects contain `iss` (RFC 9207). */
  readonly sendsIss: boolean
  /** `true` if the provider sends logout tokens to apps (OpenID Connect Back-Channel Logout 1.0). */
  readonly sendsLogoutTokens: boolean
  /** The realm of the browser session. Issuers with the same realm share the session. */
  readonly sessionRealm: string
  /** The realm of refresh tokens. A refresh token works at all issuers with the same realm. */
  readonly refreshRealm: string
  readonly journey: Journey
  /** `true` if the issuer contains accounts of customers. These accounts exist only at this issuer. */
  readonly hasCustomerAccounts: boolean
  /** `true` if users consent themselves. At other issuers, an administrator consents for them. */
  readonly asksConsent: boolean
  /** `true` if the first sign-in to an app needs consent, even if it requests only OpenID scopes. */
  readonly asksSignInConsent: boolean
  /** The keys that the key document contains. */
  readonly keyUses: readonly PublishedKey['use'][]
  /**
   * Returns the account of a user at this issuer, or `undefined` when the user does not have one.
   */
  tenantAccountOf(user: UserConfig): TenantAccount | undefined
  /** Returns the `sub` claim of a user for the app with this client ID. */
  subjectOf(tenantAccount: TenantAccount, clientId: string): string
  /** Returns the IDs in `client_info`. */
  homeAccount(user: UserConfig): { readonly uid: string; readonly utid: string }
  /** Returns the `iss` claim of the tokens of a tenant. */
  issuerOf(tenantId: string): string
  toJwk(published: PublishedKey): JsonWebKey & Record<string, unknown>
  parseScopes(scopeParam: string, app: AppConfig): ScopeRequest
  /**
   * Returns the API that a parameter other than `scope` names. Missing when the issuer has no such
   * parameter.
   */
  resourceOf?(params: URLSearchParams): Resource | undefined
  /**
   * Compares the parameter `resource` (RFC 8707) with the APIs that the scopes name. Missing when the
   * issuer ignores the parameter.
   *
   * @throws OAuthError when they differ.
   */
  checkResource?(params: URLSearchParams, targets: readonly ScopeTarget[]): void
  /** The target of a token when the request does not name an API. */
  readonly defaultTarget: ScopeTarget
  /** Returns the `scope` of a token response. */
  formatScope(grant: Grant): string
  /** Returns the claims of an ID token that the protocol does not define. */
  idTokenClaims(subject: Subject): Record<string, unknown>
  /** Returns the claims of an access token that the protocol does not define. */
  accessTokenClaims(subject: Subject | AppSubject, grant: Grant): Record<string, unknown>
  /** Returns additional members for the header of an access token. */
  accessTokenHeader(grant: Grant, kid: string): Record<string, unknown>
  /** Changes a token response to the format of the issuer. `issuedAt` is in seconds. */
  shapeTokens(
    body: Readonly<Record<string, unknown>>,
    grant: Grant,
    issuedAt: number,
  ): Readonly<Record<string, unknown>>
  /** Translates an error to the numbers and messages of the issuer. */
  translateError(error: OAuthError): OAuthError
  /** Returns the JSON body of an error. */
  errorBody(error: OAuthError, ids: ErrorIds): Record<string, unknown>
}
