import { assertBehaviour, defaultBehaviour, type Behaviour } from './controls/behaviour.js'
import { describeApi, type ApiSettings } from './api-settings.js'
import { createAuthorities, type B2cSettings } from './authorities.js'
import type { AccessTokenRequest, SignOptions } from './controls/access-token-request.js'
import { browse } from './controls/browser.js'
import type { SignInOptions, SignInResult, Visit } from './controls/visit.js'
import type { AppConfig, DevProviderConfig, UserConfig } from './config/config.js'
import type { ProviderContext } from './state/context.js'
import { createKeyRing } from './profiles/key-ring.js'
import { createRegistrations, requireApp, type AppAddresses } from './config/registrations.js'
import { listen } from './server/listen.js'
import { resolveConfig } from './config/resolve-config.js'
import type { RequestRecord } from './controls/request-log.js'
import type {
  LogoutDelivery,
  LogoutTokenRequest,
  SignOutOptions,
} from './controls/sign-out-request.js'
import { createSelfSignedCertificate, type Certificate } from './server/self-signed.js'
import { createListener } from './server/server.js'
import { endSessions } from './sign-in/back-channel.js'
import { mintLogoutToken } from './sign-in/logout-token.js'
import { requireUser } from './state/users.js'
import { createStore } from './state/store.js'
import type { Tamper } from './controls/tamper.js'
import { describeManagedIdentity, type ManagedIdentity } from './tokens/managed-identity.js'
import { mintAccessToken } from './tokens/mint.js'
import { makeWorkloadToken, type WorkloadTokenOptions } from './tokens/workload.js'
import { signClaims } from './profiles/sign-token.js'
import { createProfiles } from './profiles/tenants.js'
import { findRoute } from './protocol/routes.js'

/** How to start a provider. */
export interface DevProviderOptions {
  /** @defaultValue 0, any free port */
  readonly port?: number
  /** A name or address of this machine. @defaultValue 'localhost' */
  readonly host?: string
  /** Lists that replace those of `defaultConfig`. */
  readonly config?: Partial<DevProviderConfig>
  readonly behaviour?: Partial<Behaviour>
  /** Receives one line a request, without parameters. */
  readonly logger?: (line: string) => void
  /** The clock, in milliseconds. @defaultValue Date.now */
  readonly now?: () => number
  /** Serves https: with this certificate, or with `true` one made on the spot for localhost. */
  readonly tls?: boolean | Certificate
}

/** A running provider. */
export interface DevProvider {
  /** For example `http://localhost:5100`. */
  readonly origin: string
  /** The authority of a tenant: GUID, domain, `common`… @defaultValue the first tenant of Entra ID */
  authority(tenant?: string): string
  /** The authority of the External ID tenant, with its domain name. Its issuer is on `ciamlogin.com`. */
  readonly externalIdAuthority: string
  /** What an app's configuration needs to know of the Azure AD B2C tenant. */
  readonly b2c: B2cSettings
  /** The authority of an Azure AD B2C policy. @defaultValue that of sign-up and sign-in */
  b2cAuthority(userFlow?: string): string
  /** The authority of AD FS, with the users of the first tenant. */
  readonly adfsAuthority: string
  /** The authority of the plain OpenID provider. */
  readonly oidcAuthority: string
  /** The provider's stand-in for `https://graph.microsoft.com/v1.0/me`. */
  readonly graphMe: string
  /** The same for `https://graph.microsoft.com/v1.0`. */
  readonly graph: string
  /** Where an app finds the managed identity that the provider plays, and who that is. */
  readonly managedIdentity: ManagedIdentity
  /** Makes a token of a Kubernetes service account, to be shown as a federated credential. */
  workloadToken(options?: WorkloadTokenOptions): Promise<string>
  readonly config: DevProviderConfig
  /** The default app. */
  readonly app: AppConfig
  /** The default API: the first app with an App ID URI. */
  readonly api: ApiSettings
  /** The certificate to trust, PEM, when the provider serves https. */
  readonly certificate: string | undefined
  /** A user by user name or first name. */
  user(username: string): UserConfig
  /**
   * Changes the addresses of an app, of the default one unless another is named, until `reset()`.
   *
   * @throws TypeError for an app that there is not and for an address that is none.
   */
  register(addresses: AppAddresses, clientId?: string): void
  /** Changes switches; each named one is replaced, `faults` as a whole. */
  behave(changes: Partial<Behaviour>): void
  /** Forgets sessions, grants, consents, sign-ups, changed names, changed addresses, faults, hooks, rolled keys and the record of requests. */
  reset(): void
  readonly behaviour: Readonly<Behaviour>
  /** Hooks for attacks; assign to it. */
  tamper: Tamper
  readonly requests: readonly RequestRecord[]
  /** New signing keys; without `keepOld` the old ones are gone at once. @defaultValue keepOld true */
  rollKeys(options?: { readonly keepOld?: boolean }): Promise<void>
  /** Ends all refresh tokens of a user, as "revoke sessions" does. */
  revokeUser(username: string): void
  /**
   * Ends browsers' sessions as if their users had signed out elsewhere, and posts a logout token to each app of a session
   * at the plain OpenID provider that registered a `backChannelLogoutUri`.
   *
   * @returns What the apps answered, when all have answered or failed.
   *
   * @example
   * ```ts
   * const [delivery] = await provider.signOut({ as: 'alex' })
   * console.log(delivery?.status)
   * ```
   */
  signOut(options?: SignOutOptions): Promise<readonly LogoutDelivery[]>
  /**
   * Makes a logout token of the plain OpenID provider, for the test to post: a right one, or one that must be refused.
   *
   * @example
   * ```ts
   * const token = await provider.logoutToken({ as: 'alex', claims: { nonce: 'n' } })
   * await fetch(uri, { method: 'POST', body: new URLSearchParams({ logout_token: token }) })
   * ```
   */
  logoutToken(request: LogoutTokenRequest): Promise<string>
  /** Plays a user's browser and returns what the provider answers last. */
  signIn(authorizationUrl: string | URL, options?: SignInOptions): Promise<SignInResult>
  /** Plays the user who types the code of a device at the given tenant's page. */
  answerDevice(
    verificationUri: string,
    userCode: string,
    options?: SignInOptions,
  ): Promise<SignInResult>
  /**
   * Makes an access token for an API without a browser: of a user, or without `as` of an app itself.
   *
   * @example
   * ```ts
   * const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
   * await fetch(url, { headers: { authorization: `Bearer ${token}` } })
   * ```
   */
  accessToken(request?: AccessTokenRequest): Promise<string>
  /** Signs exactly these claims with one of the provider's keys, an attacker's or your own. */
  sign(claims: Readonly<Record<string, unknown>>, options?: SignOptions): Promise<string>
  /** Stops, and ends sockets that hang. */
  close(): Promise<void>
}

/**
 * Starts an identity provider on this machine that behaves as Entra ID does.
 *
 * It asks for no passwords, so it must never be reachable from elsewhere: only loopback hosts are accepted.
 *
 * @throws TypeError when the configuration has faults or the host is not this machine.
 *
 * @example Sign in without a browser
 * ```ts
 * const provider = await startDevProvider()
 * const { url } = await provider.signIn(authorizationUrl, { as: 'alex' })
 * const code = url.searchParams.get('code')
 * await provider.close()
 * ```
 */
export async function startDevProvider(options: DevProviderOptions = {}): Promise<DevProvider> {
  const config = resolveConfig(options.config)
  assertBehaviour(options.behaviour ?? {})
  const startBehaviour = { ...defaultBehaviour, ...structuredClone(options.behaviour) }
  const nowMs = options.now ?? Date.now
  const nowSeconds = (): number => Math.floor(nowMs() / 1000)
  const certificate = toCertificate(options.tls)
  const keys = await createKeyRing()
  const registrations = createRegistrations(config)
  const requests: RequestRecord[] = []
  const server = await listen({
    host: options.host ?? 'localhost',
    port: options.port ?? 0,
    certificate,
  })
  const { origin } = server
  const context: ProviderContext = {
    origin,
    config,
    keys,
    store: createStore(nowSeconds, config.users),
    resolveProfile: createProfiles({ origin, config, behaviour: () => context.behaviour }),
    log: { records: requests, logger: options.logger },
    nowMs,
    nowSeconds,
    issueSeconds: () => nowSeconds() + context.behaviour.clockOffsetSeconds,
    behaviour: { ...startBehaviour },
    tamper: {},
  }
  server.handle(createListener(context))

  const findUser = (username: string): UserConfig => requireUser(context.store.users, username)
  const defaultUser = (url: URL): UserConfig => {
    const profile = context.resolveProfile(findRoute(url.pathname).tenant)
    const users = context.store.users.all()
    return users.find((user) => profile?.seat(user) !== undefined) ?? first(users)
  }
  const toVisit = (url: URL, { as, ...signIn }: SignInOptions = {}): Visit => ({
    ...signIn,
    origin,
    username: (as === undefined ? defaultUser(url) : findUser(as)).username,
    consent: signIn.consent ?? true,
    cookies: signIn.cookies ?? new Map(),
    ca: certificate?.cert,
  })
  const authorities = createAuthorities(origin, config)

  return {
    origin,
    authority: authorities.authority,
    get externalIdAuthority() {
      return authorities.externalId()
    },
    get b2c() {
      return authorities.b2c()
    },
    b2cAuthority: authorities.b2cAuthority,
    adfsAuthority: `${origin}/adfs`,
    oidcAuthority: `${origin}/oidc`,
    graphMe: `${origin}/v1.0/me`,
    graph: `${origin}/v1.0`,
    managedIdentity: describeManagedIdentity(context),
    workloadToken: (token) => makeWorkloadToken(context, token),
    config,
    app: first(config.apps),
    get api() {
      return describeApi(config)
    },
    certificate: certificate?.cert,
    user: findUser,
    register: (addresses, clientId = first(config.apps).clientId) => {
      registrations.change(requireApp(config, clientId), addresses)
    },
    // Cloned, so that a fault counts its strikes anew each time it is switched on.
    behave: (changes) => {
      assertBehaviour(changes)
      Object.assign(context.behaviour, structuredClone(changes))
    },
    reset: () => {
      context.behaviour = structuredClone(startBehaviour)
      context.tamper = {}
      context.store.clear()
      keys.reset()
      registrations.reset()
      requests.length = 0
    },
    get behaviour() {
      return context.behaviour
    },
    get tamper() {
      return context.tamper
    },
    set tamper(tamper: Tamper) {
      context.tamper = tamper
    },
    requests,
    rollKeys: ({ keepOld = true } = {}) => keys.roll(keepOld),
    revokeUser: (username) => {
      context.store.revokedUpTo.set(findUser(username).username, context.store.nextOrder())
    },
    signOut: (whose) => endSessions(context, whose),
    logoutToken: async (request) => mintLogoutToken(context, request),
    signIn: (url, signIn) => browse(new URL(url), toVisit(new URL(url), signIn)),
    answerDevice: (verificationUri, userCode, signIn) =>
      browse(new URL(verificationUri), toVisit(new URL(verificationUri), signIn), {
        form: { user_code: userCode },
        lastPage: ['device-approved', 'device-declined'],
      }),
    accessToken: async (request = {}) => mintAccessToken(context, request),
    sign: (claims, signing) => signClaims(keys, claims, signing),
    close: () => server.close(),
  }
}

function toCertificate(tls: DevProviderOptions['tls']): Certificate | undefined {
  if (tls === true) return createSelfSignedCertificate()
  return typeof tls === 'object' ? tls : undefined
}

function first<T>(list: readonly T[]): T {
  const [entry] = list
  // The configuration was checked: no list is empty.
  if (entry === undefined) throw new TypeError('The list is empty.')
  return entry
}
