/** The tenant of every personal Microsoft account; `consumers` is its nickname. */
export const CONSUMERS_TENANT_ID = '9188040d-6c67-4c5b-b112-36a304b66dad'

/**
 * What a tenant is: an organisation at Microsoft Entra ID, its customers at Microsoft Entra External ID, or its
 * customers at Azure AD B2C.
 */
export type TenantKind = 'entra' | 'external-id' | 'b2c'

/** The policies of an Azure AD B2C tenant, as the portal spells them. */
export interface UserFlowsConfig {
  /** Sign-up and sign-in, for example `B2C_1_susi`. */
  readonly signUpSignIn: string
  /** Where users change their display name. */
  readonly editProfile: string
  /** Where users go who forgot their password. */
  readonly resetPassword: string
}

/** A tenant: an organisation with its own accounts. */
export interface TenantConfig {
  /** @defaultValue 'entra' */
  readonly kind?: TenantKind
  /** Needed by a tenant of the kind `b2c`, and only there. */
  readonly userFlows?: UserFlowsConfig
  /** The tenant's GUID, first segment of its issuer. */
  readonly id: string
  /** The name on the pages, for example "Contoso". */
  readonly name: string
  /** Domain names that work in place of the GUID, the first one is the tenant's own. */
  readonly domains: readonly string[]
}

/** A guest's seat in a tenant other than the home tenant. */
export interface GuestConfig {
  /** GUID of the tenant that invited the user. */
  readonly tenant: string
  /** The user's object id there: Entra gives a guest a second one. */
  readonly oid: string
}

/** An account to pick on the sign-in page. There are no passwords. */
export interface UserConfig {
  /** What `preferred_username` says, for example `alex@contoso.onmicrosoft.com`. */
  readonly username: string
  /** The full name. */
  readonly name: string
  readonly givenName: string
  readonly surname: string
  /** The object id in the home tenant, a GUID. */
  readonly oid: string
  /** GUID of the home tenant; {@link CONSUMERS_TENANT_ID} makes it a personal account. */
  readonly tenant: string
  /** Left out, tokens carry no `email`, as for Entra users without a mailbox. */
  readonly email?: string
  readonly jobTitle?: string
  /** Tenants that invited this user. */
  readonly guestOf?: readonly GuestConfig[]
  /** App roles: one list for every app, or a list per client id. */
  readonly roles?: readonly string[] | Readonly<Record<string, readonly string[]>>
  /** Group object ids. More than 200 become an overage claim, as on Entra. */
  readonly groups?: readonly string[]
  /** May consent to permissions that need an administrator. */
  readonly admin?: boolean
}

/** A permission that an API offers to users' apps. */
export interface ScopeConfig {
  /** The bare name, for example `Todos.Read`. */
  readonly value: string
  /** One line for the consent page. */
  readonly description: string
  /** Only an administrator may consent. */
  readonly adminConsent?: boolean
}

/** Claims that appear only when the registration asks for them. */
export type OptionalClaim =
  | 'acct'
  | 'acrs'
  | 'auth_time'
  | 'email'
  | 'groups'
  | 'idtyp'
  | 'login_hint'
  | 'roles'
  | 'sid'
  | 'xms_cc'

/** A foreign token that an app may show in place of a secret: a federated identity credential. */
export interface FederatedCredentialConfig {
  /** `iss` of the token, exactly. `{origin}` stands for the provider's own address. */
  readonly issuer: string
  /** `sub` of the token, exactly. */
  readonly subject: string
  /** `aud` of the token. @defaultValue 'api://AzureADTokenExchange' */
  readonly audience?: string
}

/** An app registration: a web app, an API, or both. */
export interface AppConfig {
  readonly clientId: string
  readonly name: string
  /** An app without a secret, certificates and federated credentials is a public client. */
  readonly clientSecret?: string
  /** The public certificates that the app may sign client assertions with, PEM texts with RSA keys. */
  readonly certificates?: readonly string[]
  /**
   * Subject common names of certificates that need no registration of their own, when the assertion brings them along
   * in `x5c` ("subject name and issuer"). Who issued them is not checked here.
   */
  readonly trustedSubjectNames?: readonly string[]
  /** Foreign tokens that the app may show as client assertions. */
  readonly federatedCredentials?: readonly FederatedCredentialConfig[]
  /** Exact URIs, or `'loopback'` for any http(s) URI on this machine. */
  readonly redirectUris: 'loopback' | readonly string[]
  /** The app's page that ends its session when the user signs out elsewhere; loaded in a hidden frame. */
  readonly frontChannelLogoutUri?: string
  /**
   * Where the plain OpenID provider posts a logout token when the user signs out elsewhere, from server to server. The
   * other kinds of issuer do not do it.
   */
  readonly backChannelLogoutUri?: string
  /** GUIDs of the tenants the app lives in; left out, it lives in all of them. */
  readonly tenants?: readonly string[]
  /** Allows the device code grant without a secret ("Allow public client flows" in the portal). */
  readonly publicClientFlows?: boolean
  /** Full scope names that are consented for every user, for example `User.Read`. */
  readonly preauthorized?: readonly string[]
  /** The registration's permission list: what `.default` asks for. */
  readonly permissions?: readonly string[]
  /** App permissions granted to the app itself, for example `api://todos/Todos.Read.All`. */
  readonly appPermissions?: readonly string[]
  /**
   * Which optional claims its tokens carry. The access tokens for an API have `acrs`, `groups`, `idtyp` and `xms_cc`
   * only when the API lists them; left out, ID tokens have those of `DEFAULT_OPTIONAL_CLAIMS`.
   */
  readonly optionalClaims?: readonly OptionalClaim[]
  /** The App ID URI, for an API. */
  readonly idUri?: string
  /**
   * The version of the access tokens for this API, `requestedAccessTokenVersion` in Entra's manifest. Azure AD B2C, AD FS
   * and the plain provider have one kind of token only.
   *
   * @defaultValue 2
   */
  readonly accessTokenVersion?: 1 | 2
  /** `aud` of version 1 tokens; Entra sends either. @defaultValue 'idUri' */
  readonly v1Audience?: 'idUri' | 'clientId'
  /** What the API offers to users' apps. */
  readonly scopes?: readonly ScopeConfig[]
  /** What the API offers to daemons. */
  readonly appRoles?: readonly string[]
}

/** Everything the provider knows, small enough for one JSON file. */
export interface DevProviderConfig {
  readonly tenants: readonly TenantConfig[]
  readonly users: readonly UserConfig[]
  /** The first app is the default one. */
  readonly apps: readonly AppConfig[]
}

/** The optional claims of an app that says nothing about them. */
export const DEFAULT_OPTIONAL_CLAIMS: readonly OptionalClaim[] = [
  'acct',
  'email',
  'groups',
  'login_hint',
  'roles',
  'sid',
]
