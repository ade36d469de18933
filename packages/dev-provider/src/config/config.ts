/**
 * The GUID of the tenant that contains all personal Microsoft accounts, also called `consumers`.
 *
 * @example Configure a personal account
 * ```ts
 * const user: UserConfig = { ...defaultConfig.users[0]!, tenant: CONSUMERS_TENANT_ID }
 * ```
 */
export const CONSUMERS_TENANT_ID = '9188040d-6c67-4c5b-b112-36a304b66dad'

/**
 * The kind of a tenant.
 *
 * - `'entra'` is an organization at Microsoft Entra ID.
 * - `'external-id'` contains customers at Microsoft Entra External ID.
 * - `'b2c'` contains customers at Azure AD B2C.
 */
export type TenantKind = 'entra' | 'external-id' | 'b2c'

/**
 * The policies of an Azure AD B2C tenant, spelled as in the Azure portal.
 *
 * @example
 * ```ts
 * const userFlows: UserFlowsConfig = {
 *   signUpSignIn: 'B2C_1_susi',
 *   editProfile: 'B2C_1_edit',
 *   resetPassword: 'B2C_1_reset',
 * }
 * ```
 */
export interface UserFlowsConfig {
  /** The policy for sign-up and sign-in, for example `B2C_1_susi`. */
  readonly signUpSignIn: string
  /** The policy where users change their display name, for example `B2C_1_edit`. */
  readonly editProfile: string
  /** The policy where users reset a forgotten password, for example `B2C_1_reset`. */
  readonly resetPassword: string
}

/**
 * A tenant, which is an organization or a customer directory with its own accounts.
 *
 * @example A second organization
 * ```ts
 * const tenant: TenantConfig = {
 *   id: 'd0000000-0000-4000-8000-000000000005',
 *   name: 'Northwind',
 *   domains: ['northwind.example'],
 * }
 * ```
 */
export interface TenantConfig {
  /**
   * The kind of the tenant.
   *
   * @defaultValue 'entra'
   */
  readonly kind?: TenantKind
  /** The tenant's policies. Required for the kind `'b2c'` and not allowed for other kinds. */
  readonly userFlows?: UserFlowsConfig
  /** The tenant's GUID, which is the first path segment of the issuer. */
  readonly id: string
  /** The name that the pages show, for example "Contoso". */
  readonly name: string
  /** The domain names that can replace the GUID in a URL. The first one is the main domain. */
  readonly domains: readonly string[]
  /**
   * The permissions that users can grant at Entra ID. Other kinds ignore it, because their users do not grant permissions.
   *
   * - `'all'` means every permission that does not need an administrator.
   * - `'microsoft'` means the policy of a new tenant, where an administrator must grant 36 of these permissions, such as
   *   `Mail.Read` and `Calendars.Read` of Microsoft Graph.
   *
   * @defaultValue 'all', except for Fabrikam in the default configuration
   */
  readonly consentPolicy?: 'microsoft' | 'all'
}

/**
 * The guest account that a user has in another tenant.
 *
 * @example
 * ```ts
 * const guest: GuestConfig = {
 *   tenant: defaultConfig.tenants[1]!.id,
 *   oid: '9e500000-0000-4000-8000-000000000052',
 * }
 * ```
 */
export interface GuestConfig {
  /** The GUID of the tenant that invited the user. */
  readonly tenant: string
  /** The user's object ID in the tenant that invited the user. It differs from the object ID in the home tenant. */
  readonly oid: string
}

/**
 * An account that you can choose on the sign-in page, without a password.
 *
 * @example Add a user to the default users
 * ```ts
 * const user: UserConfig = {
 *   username: 'dana@contoso.onmicrosoft.com',
 *   name: 'Dana Lee',
 *   givenName: 'Dana',
 *   surname: 'Lee',
 *   oid: 'da000000-0000-4000-8000-000000000051',
 *   tenant: defaultConfig.tenants[0]!.id,
 * }
 * const provider = await startDevProvider({ config: { users: [...defaultConfig.users, user] } })
 * ```
 */
export interface UserConfig {
  /**
   * The user name, which tokens contain as `preferred_username`, for example `alex@contoso.onmicrosoft.com`.
   */
  readonly username: string
  /** The full name. */
  readonly name: string
  /** The first name. Methods such as `provider.signIn()` accept it instead of the user name. */
  readonly givenName: string
  /** The last name. */
  readonly surname: string
  /** The object ID in the home tenant, a GUID. */
  readonly oid: string
  /** The home tenant's GUID. Use {@link CONSUMERS_TENANT_ID} for a personal account. */
  readonly tenant: string
  /**
   * The email address. Without it, tokens do not contain `email`, as for Entra ID users without a
   * mailbox.
   */
  readonly email?: string
  /** The job title, which Graph returns. */
  readonly jobTitle?: string
  /** The department, which Graph returns. */
  readonly department?: string
  /** The office, which Graph returns, for example `Building 2/210`. */
  readonly officeLocation?: string
  /** The mobile phone number, which Graph returns. */
  readonly mobilePhone?: string
  /** The preferred language, which Graph returns, for example `en-US`. */
  readonly preferredLanguage?: string
  /**
   * The profile photo, which Graph returns. `true` is a drawing of a person. A string is a
   * data URL with a PNG or JPEG image, for example `data:image/png;base64,…`.
   *
   * @defaultValue false, which means that Graph returns 404
   */
  readonly photo?: boolean | string
  /** The user's guest accounts in other tenants. */
  readonly guestOf?: readonly GuestConfig[]
  /** The user's app roles. Either one list for all apps, or one list per client ID. */
  readonly roles?: readonly string[] | Readonly<Record<string, readonly string[]>>
  /**
   * The object IDs of the user's groups. With more than 200 groups, tokens contain an overage claim instead.
   */
  readonly groups?: readonly string[]
  /** `true` makes the user an administrator, who can consent to every permission. */
  readonly admin?: boolean
}

/**
 * A group of a tenant. Graph and the pages show its name.
 *
 * @example Name a group of a user
 * ```ts
 * const group: GroupConfig = {
 *   id: '90000000-0000-4000-8000-000000000051',
 *   name: 'Warehouse',
 * }
 * const user: UserConfig = { ...defaultConfig.users[0]!, groups: [group.id] }
 * ```
 */
export interface GroupConfig {
  /** The object ID, a GUID. The list `groups` of a user contains it. */
  readonly id: string
  /** The name, for example `Todo Approvers`. */
  readonly name: string
  /** The description, which Graph returns. */
  readonly description?: string
}

/**
 * A permission that an API offers to apps that act for a user.
 *
 * @example
 * ```ts
 * const scope: ScopeConfig = { value: 'Orders.Read', description: 'Read your orders' }
 * ```
 */
export interface ScopeConfig {
  /** The name without the API's prefix, for example `Todos.Read`. */
  readonly value: string
  /** The description on the consent page, one line. */
  readonly description: string
  /** `true` if only an administrator can consent to this scope. */
  readonly adminConsent?: boolean
}

/** A claim that tokens contain only when the app's `optionalClaims` lists it. */
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

/**
 * A federated identity credential, which is another issuer's token that an app can send instead of a secret.
 *
 * @example Trust a workload of another issuer
 * ```ts
 * const credential: FederatedCredentialConfig = {
 *   issuer: 'https://token.actions.githubusercontent.com',
 *   subject: 'repo:contoso/todos:ref:refs/heads/main',
 * }
 * ```
 */
export interface FederatedCredentialConfig {
  /**
   * The token's `iss` claim, compared exactly. `{origin}` stands for the provider's origin.
   */
  readonly issuer: string
  /** The token's `sub` claim, compared exactly. */
  readonly subject: string
  /**
   * The token's `aud` claim.
   *
   * @defaultValue 'api://AzureADTokenExchange'
   */
  readonly audience?: string
}

/**
 * A client that an API authorizes, so that its users do not see a consent page ("Authorized client
 * applications" in the Azure portal).
 *
 * @example Authorize Visual Studio Code
 * ```ts
 * const client: AuthorizedClientConfig = {
 *   clientId: 'aebc6443-996d-45c2-90f0-388ff96faa56',
 *   scopes: ['Tools.Use'],
 * }
 * ```
 */
export interface AuthorizedClientConfig {
  /** The client ID of the client, a GUID. */
  readonly clientId: string
  /**
   * The names of the scopes without the API's prefix.
   *
   * @defaultValue all of the API's scopes
   */
  readonly scopes?: readonly string[]
}

/**
 * An app registration for a web app, an API, or both.
 *
 * @example An API with one scope
 * ```ts
 * const api: AppConfig = {
 *   clientId: '44444444-5555-4666-8777-888888888888',
 *   name: 'Orders API',
 *   redirectUris: 'loopback',
 *   idUri: 'api://orders.contoso.example',
 *   scopes: [{ value: 'Orders.Read', description: 'Read your orders' }],
 * }
 * ```
 */
export interface AppConfig {
  /** The client ID, a GUID. */
  readonly clientId: string
  /** The name that the pages show. */
  readonly name: string
  /**
   * The client secret. An app without a secret, certificates and federated credentials is a public
   * client.
   */
  readonly clientSecret?: string
  /**
   * The certificates that the app can sign client assertions with, as PEM strings with RSA keys. The private key stays with the
   * app.
   */
  readonly certificates?: readonly string[]
  /**
   * The subject common names of certificates that the app can use without registering each certificate.
   *
   * The client assertion must contain the certificate in `x5c` ("subject name and issuer"). However, the provider does not
   * check the certificate's issuer.
   */
  readonly trustedSubjectNames?: readonly string[]
  /** The tokens from other issuers that the app can send as client assertions. */
  readonly federatedCredentials?: readonly FederatedCredentialConfig[]
  /**
   * The allowed redirect URIs, compared exactly. `'loopback'` allows every http or https URI on
   * this machine.
   *
   * Like Entra ID, its tenants ignore the port of a URI on `localhost` or `127.0.0.1`.
   */
  readonly redirectUris: 'loopback' | readonly string[]
  /**
   * The app's page that ends its session when the user signs out elsewhere. The provider loads it in a hidden iframe.
   */
  readonly frontChannelLogoutUri?: string
  /**
   * The URL to which the plain OpenID provider posts a logout token when the user signs out
   * elsewhere.
   *
   * The other kinds of issuer do not send logout tokens.
   */
  readonly backChannelLogoutUri?: string
  /** The GUIDs of the tenants that contain the app. Without this list, every tenant contains the app. */
  readonly tenants?: readonly string[]
  /** `true` if the device code grant works without a secret ("Allow public client flows" in the Azure portal). */
  readonly publicClientFlows?: boolean
  /** The full names of scopes that do not need consent, for example `User.Read`. */
  readonly preauthorized?: readonly string[]
  /**
   * The permissions that the registration lists. A request for `.default` means these permissions.
   */
  readonly permissions?: readonly string[]
  /** The app permissions that are granted to the app, for example `api://todos/Todos.Read.All`. */
  readonly appPermissions?: readonly string[]
  /**
   * The optional claims that tokens contain.
   *
   * Access tokens for an API contain `acrs`, `groups`, `idtyp` and `xms_cc` only when the API lists
   * them here. Without this list, ID tokens contain `acct`, `email`, `groups`, `login_hint`,
   * `roles` and `sid`.
   */
  readonly optionalClaims?: readonly OptionalClaim[]
  /** An API's App ID URI, for example `api://todos.contoso.example`. */
  readonly idUri?: string
  /**
   * The API's other App ID URIs, for example `https://tools.contoso.example/mcp`. A scope can start with any of them. Requires
   * `idUri`.
   */
  readonly otherIdUris?: readonly string[]
  /**
   * The clients that do not need consent for this API's scopes.
   *
   * The list can contain Microsoft's clients, such as Visual Studio Code.
   */
  readonly authorizedClients?: readonly AuthorizedClientConfig[]
  /**
   * The version of the access tokens for this API, called `requestedAccessTokenVersion` in the Entra ID manifest.
   *
   * Azure AD B2C, AD FS and the plain OpenID provider ignore it.
   *
   * @defaultValue 2
   */
  readonly accessTokenVersion?: 1 | 2
  /**
   * The value of `aud` in version 1 access tokens. Entra ID uses both values.
   *
   * @defaultValue 'idUri'
   */
  readonly v1Audience?: 'idUri' | 'clientId'
  /** The scopes that the API offers to apps that act for a user. */
  readonly scopes?: readonly ScopeConfig[]
  /** The app permissions that the API offers to apps that act without a user. */
  readonly appRoles?: readonly string[]
}

/**
 * Your own Microsoft Graph response for one path. Members without `$` are the JSON body.
 *
 * @example A list of files
 * ```ts
 * const files: GraphResponseConfig = {
 *   $scopes: ['Files.Read'],
 *   value: [{ id: '1', name: 'Budget.xlsx', size: 12_345 }],
 * }
 * ```
 */
export interface GraphResponseConfig {
  /**
   * The HTTP status.
   *
   * @defaultValue 200
   */
  readonly $status?: number
  /**
   * The token must contain at least one of these permissions, as a scope or as an app permission.
   *
   * Without this list, a path that the provider knows requires its usual permissions, while every Graph token works for the
   * other paths.
   */
  readonly $scopes?: readonly string[]
  /** Additional response headers, for example `Retry-After`. */
  readonly $headers?: Readonly<Record<string, string>>
  /** The JSON body, when it is not an object. Other members are then not allowed. */
  readonly $body?: unknown
  /** A member of the JSON body. */
  readonly [member: string]: unknown
}

/**
 * The whole configuration of the provider. You can write it as one JSON file.
 *
 * @example Replace only the list of users
 * ```ts
 * const config: Partial<DevProviderConfig> = { users: defaultConfig.users.slice(0, 2) }
 * const provider = await startDevProvider({ config })
 * ```
 */
export interface DevProviderConfig {
  /** The tenants. The first Entra ID tenant is the default authority. */
  readonly tenants: readonly TenantConfig[]
  /** The accounts on the sign-in page. */
  readonly users: readonly UserConfig[]
  /**
   * The app registrations. The first app is the default app, and the first app with an `idUri` is the default API.
   */
  readonly apps: readonly AppConfig[]
  /**
   * The groups with their names. If a group is only in the list `groups` of a user, its object ID is used as the name.
   */
  readonly groups?: readonly GroupConfig[]
  /**
   * Your own Microsoft Graph responses, by path. They replace the provider's responses.
   *
   * A path does not contain `/v1.0` or a query. It belongs to GET requests, unless it starts with another method, for example
   * `POST /me/onlineMeetings`. A path below `/me` is for all users, while a path below `/users/{user name}` is for one user,
   * also when the user calls `/me`.
   */
  readonly graph?: Readonly<Record<string, GraphResponseConfig>>
}

/**
 * An entry that has the same key as a default entry. Its properties replace the same properties of the default entry, and the
 * other properties stay.
 */
type Override<Entry, Key extends keyof Entry> = Pick<Entry, Key> & Partial<Entry>

/**
 * The lists that replace the default lists. A missing list keeps its default.
 *
 * @example Replace only the list of users
 * ```ts
 * const lists: ConfigLists = { users: defaultConfig.users.slice(0, 2) }
 * const provider = await startDevProvider({ config: lists })
 * ```
 */
export interface ConfigLists extends Partial<DevProviderConfig> {
  readonly extends?: undefined
}

/**
 * Changes and additions to `defaultConfig`.
 *
 * @example Add a user, and give a default user another role
 * ```ts
 * const config: ConfigAdditions = {
 *   extends: 'default',
 *   users: [dana, { username: 'alex@contoso.onmicrosoft.com', roles: ['Todos.Admin'] }],
 * }
 * ```
 */
export interface ConfigAdditions {
  readonly extends: 'default'
  /** The tenants to add, and changes to default tenants, which have the same `id`. */
  readonly tenants?: readonly Override<TenantConfig, 'id'>[]
  /** The users to add, and changes to default users, which have the same `username`. */
  readonly users?: readonly Override<UserConfig, 'username'>[]
  /** The apps to add, and changes to default apps, which have the same `clientId`. */
  readonly apps?: readonly Override<AppConfig, 'clientId'>[]
  /** The groups to add, and changes to default groups, which have the same `id`. */
  readonly groups?: readonly Override<GroupConfig, 'id'>[]
  /** Your own Microsoft Graph responses, by path. */
  readonly graph?: DevProviderConfig['graph']
}

/**
 * The configuration that you pass to `startDevProvider` or write in a file. It contains either whole lists, or changes to
 * the defaults.
 *
 * @example
 * ```ts
 * const config: DevProviderConfigInput = { extends: 'default', users: [dana] }
 * const provider = await startDevProvider({ config })
 * ```
 */
export type DevProviderConfigInput = ConfigLists | ConfigAdditions

/** The optional claims of an app that does not set `optionalClaims`. */
export const DEFAULT_OPTIONAL_CLAIMS: readonly OptionalClaim[] = [
  'acct',
  'email',
  'groups',
  'login_hint',
  'roles',
  'sid',
]
