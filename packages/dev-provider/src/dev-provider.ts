import type { Behaviour } from './controls/behaviour.js'
import type { ApiSettings } from './api-settings.js'
import type { B2cSettings } from './authorities.js'
import type { AccessTokenRequest, SignOptions } from './controls/access-token-request.js'
import type { UserTokens, UserTokensRequest } from './controls/user-tokens-request.js'
import type { SignInOptions, SignInResult } from './controls/visit.js'
import type {
  AppConfig,
  DevProviderConfig,
  DevProviderConfigInput,
  UserConfig,
} from './config/config.js'
import type { AppAddresses } from './config/registrations.js'
import type { RequestRecord } from './controls/request-log.js'
import type {
  LogoutDelivery,
  LogoutTokenRequest,
  SignOutOptions,
} from './controls/sign-out-request.js'
import type { Certificate } from './protocol/x509.js'
import type { Tamper } from './controls/tamper.js'
import type { ManagedIdentity } from './tokens/managed-identity.js'
import type { WorkloadTokenOptions } from './tokens/workload.js'

/**
 * The options for `startDevProvider`.
 *
 * @example A provider with https and a log
 * ```ts
 * const options: DevProviderOptions = { tls: true, logger: console.log }
 * const provider = await startDevProvider(options)
 * ```
 */
export interface DevProviderOptions {
  /**
   * The TCP port.
   *
   * @defaultValue 0, which means any free port
   */
  readonly port?: number
  /**
   * The host to listen on. Other machines cannot reach a loopback host, which is `localhost`, `::1` or an IP address in
   * `127.0.0.0/8`. If you choose another host, for example `0.0.0.0` in a container, also set `allowHosts` or `origin`.
   *
   * @defaultValue 'localhost'
   */
  readonly host?: string
  /**
   * The host names that a request's `Host` header can contain, in addition to the names of this machine, for example
   * `['idp.localhost']`. If a name does not contain a port, requests must use the provider's port.
   *
   * @defaultValue none
   */
  readonly allowHosts?: readonly string[]
  /**
   * The origin of the provider's URLs, for example `http://idp.localhost:5100`. All browsers and apps, also those in other
   * containers, must be able to reach the provider at this origin.
   *
   * @defaultValue the origin with `host` and the port or, if `host` is not a loopback host, with the first entry of
   *   `allowHosts`
   */
  readonly origin?: string
  /**
   * The tenants, users and apps. Each list replaces the same list of `defaultConfig`, unless you set `extends: 'default'`.
   * Then your entries change the entries of `defaultConfig` or are added to them.
   *
   * @defaultValue defaultConfig
   */
  readonly config?: DevProviderConfigInput
  /** The switches at the start, which `reset()` restores. */
  readonly behaviour?: Partial<Behaviour>
  /** A function that receives one line for each request. The line does not contain the request's parameters. */
  readonly logger?: (line: string) => void
  /**
   * A function that receives one line, with the remedy, for each failed request whose remedy is known, and one for each
   * permission that a user could not grant with the default consent policy of Microsoft. The command
   * `identity-web-dev` prints these lines by default. Because `logger` receives the lines of all requests, set only one of the
   * two functions.
   *
   * @example
   * ```ts
   * const provider = await startDevProvider({ errorLogger: console.warn })
   * ```
   */
  readonly errorLogger?: (line: string) => void
  /**
   * The clock, which returns milliseconds since 1970 like `Date.now`.
   *
   * @defaultValue Date.now
   */
  readonly now?: () => number
  /**
   * The certificate for https. `true` creates a certificate for localhost and the `allowHosts`, and a certificate authority
   * that issues it.
   *
   * @defaultValue false, which means http
   */
  readonly tls?: boolean | Certificate
  /**
   * The file that keeps the signing keys, so that tokens stay valid after a restart. A missing file is created. Sessions and
   * refresh tokens are only in memory.
   *
   * @defaultValue none, which means new keys in each process
   */
  readonly keysFile?: string
  /**
   * With `true`, the provider starts although `NODE_ENV` is `production`. Everyone who can reach the provider can then sign in
   * as any user, so set `true` only on a machine without real users, for example in a benchmark.
   *
   * @defaultValue false
   */
  readonly allowProduction?: boolean
}

/** A running provider, which `startDevProvider` returns. */
export interface DevProvider {
  /** The origin of all URLs, for example `http://localhost:5100`. */
  readonly origin: string
  /**
   * Returns a tenant's authority URL.
   *
   * @param tenant - The GUID or a domain of the tenant, or `common`, `organizations` or `consumers`. The default is the first
   *   Entra ID tenant.
   * @throws TypeError when `tenant` is missing and the configuration does not contain an Entra ID tenant.
   *
   * @example
   * ```ts
   * const authority = provider.authority('common')
   * ```
   */
  authority(tenant?: string): string
  /**
   * The External ID tenant's authority URL, which contains the tenant's domain name. However, the issuer (`iss`) of its tokens
   * is a URL of `ciamlogin.com`, as in a real tenant.
   */
  readonly externalIdAuthority: string
  /** The settings for an app that signs users in at the Azure AD B2C tenant. */
  readonly b2c: B2cSettings
  /**
   * Returns an Azure AD B2C policy's authority URL.
   *
   * @param userFlow - The policy's name. The default is the policy for sign-up and sign-in.
   * @throws TypeError when the configuration does not contain an Azure AD B2C tenant.
   *
   * @example
   * ```ts
   * const authority = provider.b2cAuthority('B2C_1_edit')
   * ```
   */
  b2cAuthority(userFlow?: string): string
  /** The AD FS authority URL, with the users of the first Entra ID tenant. */
  readonly adfsAuthority: string
  /** The plain OpenID provider's authority URL. */
  readonly oidcAuthority: string
  /** The URL that replaces `https://graph.microsoft.com/v1.0/me`. */
  readonly graphMe: string
  /** The URL that replaces `https://graph.microsoft.com/v1.0`. */
  readonly graph: string
  /** The endpoints and the claims of the simulated managed identity. */
  readonly managedIdentity: ManagedIdentity
  /**
   * Creates a Kubernetes service account token, which an app can send as a federated credential.
   *
   * @param options - Claims that differ from the defaults. The default app trusts the defaults.
   *
   * @example
   * ```ts
   * await writeFile(tokenFile, await provider.workloadToken())
   * process.env.AZURE_FEDERATED_TOKEN_FILE = tokenFile
   * ```
   */
  workloadToken(options?: WorkloadTokenOptions): Promise<string>
  /** The configuration with its defaults. */
  readonly config: DevProviderConfig
  /** The default app, which is the first app in the configuration. */
  readonly app: AppConfig
  /**
   * The default API, which is the first app with an App ID URI.
   *
   * It throws a TypeError when the configuration does not contain an API.
   */
  readonly api: ApiSettings
  /** The certificate to trust, as a PEM string. `undefined` when the provider uses http. */
  readonly certificate: string | undefined
  /**
   * Returns the user with this name.
   *
   * @param username - The user name or the first name, in upper or lower case.
   * @throws TypeError when the user does not exist.
   *
   * @example
   * ```ts
   * const { oid } = provider.user('alex')
   * ```
   */
  user(username: string): UserConfig
  /**
   * Changes an app's URLs until `reset()`.
   *
   * @param addresses - The URLs to change. The other URLs stay the same.
   * @param clientId - The app's client ID. By default, it is the default app.
   * @throws TypeError when the app does not exist or a URL is not valid.
   *
   * @example
   * ```ts
   * provider.register({ backChannelLogoutUri: `${origin}/auth/back-channel` })
   * ```
   */
  register(addresses: AppAddresses, clientId?: string): void
  /**
   * Changes some of the switches.
   *
   * @param changes - The switches to change. The others keep their values. A new value of `faults` replaces the whole
   *   previous value.
   * @throws TypeError when `graphClaims` is not a JSON object.
   *
   * @example
   * ```ts
   * provider.behave({ faults: { token: { kind: 'status', status: 503, times: 1 } } })
   * ```
   */
  behave(changes: Partial<Behaviour>): void
  /**
   * Replaces the configuration while the provider runs.
   *
   * It keeps keys, sessions and tokens, but removes the sessions, tokens and consents of users and apps that the new
   * configuration does not contain. The command `identity-web-dev --config` calls this method when the configuration file
   * changes.
   *
   * @param config - The new configuration. A missing setting gets its default.
   * @param behaviour - The new values of the switches at the start, which `reset()` restores. If the start value of a switch
   *   changes, the switch also changes immediately. Without `behaviour`, the switches do not change.
   * @throws TypeError when the configuration is not valid, and the provider then keeps the old configuration.
   *
   * @example
   * ```ts
   * provider.configure({ extends: 'default', users: [dana] })
   * ```
   */
  configure(config: DevProviderConfigInput, behaviour?: Partial<Behaviour>): void
  /**
   * Restores the state after the start, for example between two tests.
   *
   * It removes sessions, tokens, consents, new accounts, hooks, new keys, recorded requests and the messages that apps sent. It
   * restores names, URLs and switches, but keeps the configuration of the last `configure()`.
   *
   * @example
   * ```ts
   * afterEach(() => provider.reset())
   * ```
   */
  reset(): void
  /** The current switches. */
  readonly behaviour: Readonly<Behaviour>
  /** The hooks that change the provider's responses. To use them, assign an object to this property. */
  tamper: Tamper
  /**
   * The last 10,000 requests that the provider handled or sent to apps.
   */
  readonly requests: readonly RequestRecord[]
  /**
   * Replaces the signing keys.
   *
   * @param options - `keepOld: false` also removes the old keys from the key document, which keeps them by default.
   *
   * @example
   * ```ts
   * await provider.rollKeys({ keepOld: false })
   * ```
   */
  rollKeys(options?: { readonly keepOld?: boolean }): Promise<void>
  /**
   * Revokes all of a user's refresh tokens, like "Revoke sessions" in the Azure portal.
   *
   * @param username - The user name or the first name.
   * @throws TypeError when the user does not exist.
   *
   * @example
   * ```ts
   * provider.revokeUser('alex')
   * ```
   */
  revokeUser(username: string): void
  /**
   * Ends sessions as if the users had signed out elsewhere, and sends logout tokens.
   *
   * An app receives a logout token when it has a `backChannelLogoutUri` and the user signed in to it at the plain OpenID
   * provider.
   *
   * @param options - The sessions to end, by default all sessions.
   * @returns The results, after all apps have responded or failed.
   * @throws TypeError when the user does not exist.
   *
   * @example
   * ```ts
   * const [delivery] = await provider.signOut({ as: 'alex' })
   * console.log(delivery?.status)
   * ```
   */
  signOut(options?: SignOutOptions): Promise<readonly LogoutDelivery[]>
  /**
   * Creates a logout token from the plain OpenID provider, which your test can post to an app.
   *
   * @param request - The user or the session, and the changes for an invalid token.
   * @throws TypeError when the user does not exist, or when `as`, `sub` and `sid` are all missing.
   *
   * @example
   * ```ts
   * const token = await provider.logoutToken({ as: 'alex', claims: { nonce: 'n' } })
   * await fetch(uri, { method: 'POST', body: new URLSearchParams({ logout_token: token }) })
   * ```
   */
  logoutToken(request: LogoutTokenRequest): Promise<string>
  /**
   * Simulates a user with a browser and returns the last redirect.
   *
   * @param authorizationUrl - The authorization URL that your app redirects to, or a sign-out URL.
   * @param options - The user, and the user's behavior.
   * @throws TypeError when the application did not redirect to this provider.
   * @throws Error when the sign-in ends on a provider page, for example an error page.
   *
   * @example
   * ```ts
   * const { url } = await provider.signIn(authorizationUrl, { as: 'robin' })
   * const code = url.searchParams.get('code')
   * ```
   */
  signIn(authorizationUrl: string | URL, options?: SignInOptions): Promise<SignInResult>
  /**
   * Simulates the user who enters the code of a device.
   *
   * @param verificationUri - The `verification_uri` that the device shows.
   * @param userCode - The `user_code` that the device shows.
   * @param options - The user, and the user's behavior. `consent: false` declines the sign-in.
   * @throws Error when the code does not work.
   *
   * @example
   * ```ts
   * await provider.answerDevice(verificationUri, userCode, { as: 'robin' })
   * ```
   */
  answerDevice(
    verificationUri: string,
    userCode: string,
    options?: SignInOptions,
  ): Promise<SignInResult>
  /**
   * Creates an access token for an API, without a browser and without consent.
   *
   * @param request - The user, the API and the changes for an invalid token. Without `as`,
   *   it returns an app-only token.
   * @throws TypeError when the user, the API or the authority does not exist.
   *
   * @example
   * ```ts
   * const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
   * await fetch(url, { headers: { authorization: `Bearer ${token}` } })
   * ```
   */
  accessToken(request?: AccessTokenRequest): Promise<string>
  /**
   * Completes a sign-in without a browser and without consent, and returns its tokens. Your client can also use the refresh
   * token.
   *
   * Call it to test another client library. For `identity-web`, call `sessionFor` of `identity-web-dev/testing` instead.
   *
   * @param request - The user, the app, and the scopes that the user consents to.
   * @throws TypeError when the user, the app, a scope or the authority does not exist.
   *
   * @example
   * ```ts
   * const { claims, response } = await provider.userTokens({ as: 'alex', scopes: ['User.Read'] })
   * ```
   */
  userTokens(request?: UserTokensRequest): Promise<UserTokens>
  /**
   * Signs claims without changing them.
   *
   * @param claims - All claims of the token.
   * @param options - The header and the key. The default is the provider's current key.
   *
   * @example
   * ```ts
   * const token = await provider.sign({ iss: 'anyone', aud: 'anything' }, { key: 'stranger' })
   * ```
   */
  sign(claims: Readonly<Record<string, unknown>>, options?: SignOptions): Promise<string>
  /**
   * Stops the provider and closes all sockets, including those that a switch keeps open.
   *
   * @example
   * ```ts
   * afterAll(() => provider.close())
   * ```
   */
  close(): Promise<void>
}
