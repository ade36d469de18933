import { randomBytes } from 'node:crypto'
import { assertBehaviour, defaultBehaviour, type Behaviour } from './controls/behaviour.js'
import { describeApi } from './api-settings.js'
import { createAuthorities } from './authorities.js'
import { parseAuthorizationUrl } from './controls/authorization-url.js'
import { applyConfig, changedSwitches } from './configure.js'
import { browse } from './controls/browser.js'
import type { SignInOptions, Visit } from './controls/visit.js'
import type { UserConfig } from './config/config.js'
import type { ProviderContext } from './state/context.js'
import { createKeyRing } from './profiles/key-ring.js'
import { createRegistrations, requireApp } from './config/registrations.js'
import { runningProviders } from './running-providers.js'
import { listen } from './server/listen.js'
import { assertNetwork, certificateNames, resolveNetwork } from './server/network.js'
import { resolveConfig } from './config/resolve-config.js'
import type { RequestRecord } from './controls/request-log.js'
import { readKeys } from './server/keys-file.js'
import type { Certificate } from './protocol/x509.js'
import { createListener } from './server/server.js'
import { createTlsReporter } from './server/tls-problems.js'
import { endSessions } from './sign-in/back-channel.js'
import { createRequestedLogoutToken } from './sign-in/logout-token.js'
import { requireUser } from './state/users.js'
import { createRequestHistory } from './state/request-details.js'
import { createStore } from './state/store.js'
import type { Tamper } from './controls/tamper.js'
import { describeManagedIdentity } from './tokens/managed-identity.js'
import { createRequestedToken } from './tokens/requested-token.js'
import { createRequestedUserTokens } from './tokens/requested-user-tokens.js'
import { createWorkloadToken } from './tokens/workload.js'
import { signClaims } from './profiles/sign-token.js'
import { createProfiles } from './profiles/tenants.js'
import { findRoute } from './protocol/routes.js'
import type { DevProvider, DevProviderOptions } from './dev-provider.js'

/**
 * Starts an identity provider on this machine that simulates Microsoft Entra ID.
 *
 * Because it does not ask for passwords, it listens on loopback hosts unless you set `allowHosts` or `origin`.
 *
 * @param options - The port, the configuration and the switches, all of which are optional.
 * @throws TypeError when the configuration is not valid, or when other machines could reach the provider by an unknown name.
 * @throws TypeError when `NODE_ENV` is `production`, unless `allowProduction` is set.
 * @throws Error with the code `EADDRINUSE` when another program uses the port.
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
  assertDevelopment(options)
  assertNetwork(options)
  const config = resolveConfig(options.config)
  assertBehaviour(options.behaviour ?? {})
  let startBehaviour: Behaviour = toStartBehaviour(options.behaviour)
  const { now = Date.now, keysFile } = options
  const nowMs = (): number => now() + context.clockShiftSeconds * 1000
  const nowSeconds = (): number => Math.floor(nowMs() / 1000)
  // Other threads generate the keys meanwhile, which is most of the work of a start.
  const keys = createKeyRing(keysFile === undefined ? undefined : await readKeys(keysFile))
  const certificate = await toCertificate(options)
  const trusted = certificate?.ca ?? certificate?.cert
  const registrations = createRegistrations(config)
  const requests: RequestRecord[] = []
  const server = await listen({
    host: options.host ?? 'localhost',
    port: options.port ?? 0,
    certificate,
  })
  const { origin, isOwnHost, localOrigin } = resolveNetwork(server, options)
  const context: ProviderContext = {
    origin,
    isOwnHost,
    config,
    keys,
    store: createStore(nowSeconds, config.users),
    resolveProfile: createProfiles({ origin, config, behaviour: () => context.behaviour }),
    log: { records: requests, logger: options.logger, errorLogger: options.errorLogger },
    history: createRequestHistory(),
    sessionSecret: randomBytes(32).toString('base64'),
    get startBehaviour() {
      return startBehaviour
    },
    get control() {
      return provider
    },
    clockShiftSeconds: 0,
    nowMs,
    nowSeconds,
    issueSeconds: () => nowSeconds() + context.behaviour.clockOffsetSeconds,
    behaviour: structuredClone(startBehaviour),
    tamper: {},
  }
  const reset = (): void => {
    context.behaviour = structuredClone(startBehaviour)
    context.tamper = {}
    context.clockShiftSeconds = 0
    context.store.clear()
    context.history.clear()
    keys.reset()
    registrations.reset()
    requests.length = 0
  }
  server.handle(createListener(context))
  server.onTlsError(createTlsReporter(origin, options.logger ?? options.errorLogger ?? (() => {})))

  const findUser = (username: string): UserConfig => requireUser(context.store.users, username)
  const defaultUser = (url: URL): UserConfig => {
    const profile = context.resolveProfile(findRoute(url.pathname).tenant)
    const users = context.store.users.all()
    return users.find((user) => profile?.tenantAccountOf(user) !== undefined) ?? first(users)
  }
  const toVisit = (url: URL, { as, ...signIn }: SignInOptions = {}): Visit => ({
    ...signIn,
    origin,
    username: (as === undefined ? defaultUser(url) : findUser(as)).username,
    consent: signIn.consent ?? true,
    cookies: signIn.cookies ?? new Map(),
    ca: trusted,
    connectTo: localOrigin,
  })
  const authorities = createAuthorities(origin, config)

  const provider: DevProvider = {
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
    get managedIdentity() {
      return describeManagedIdentity(context)
    },
    workloadToken: (token) => createWorkloadToken(context, token),
    config,
    get app() {
      return first(config.apps)
    },
    get api() {
      return describeApi(config)
    },
    certificate: trusted,
    user: findUser,
    register: (addresses, clientId = first(config.apps).clientId) => {
      registrations.change(requireApp(config, clientId), addresses)
    },
    // A copy, so that the use count of a `Fault` starts again each time it is switched on.
    behave: (changes) => {
      assertBehaviour(changes)
      Object.assign(context.behaviour, structuredClone(changes))
    },
    configure: (input, behaviour) => {
      const next = resolveConfig(input)
      if (behaviour !== undefined) {
        assertBehaviour(behaviour)
        const start = toStartBehaviour(behaviour)
        Object.assign(context.behaviour, structuredClone(changedSwitches(startBehaviour, start)))
        startBehaviour = start
      }
      applyConfig(context, registrations, next)
    },
    reset,
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
      context.store.revokedUpTo.set(findUser(username).username, context.store.nextSequence())
    },
    signOut: (whose) => endSessions(context, whose),
    logoutToken: async (request) => createRequestedLogoutToken(context, request),
    signIn: async (url, signIn) => {
      const start = parseAuthorizationUrl(url, origin)
      return browse(start, toVisit(start, signIn))
    },
    answerDevice: (verificationUri, userCode, signIn) =>
      browse(new URL(verificationUri), toVisit(new URL(verificationUri), signIn), {
        form: { user_code: userCode },
        lastPage: ['device-approved', 'device-declined'],
      }),
    accessToken: async (request = {}) => createRequestedToken(context, request),
    userTokens: async (request = {}) => createRequestedUserTokens(context, request),
    sign: (claims, signing) => signClaims(keys, claims, signing),
    close: () => {
      runningProviders().delete(origin)
      return server.close()
    },
  }
  runningProviders().set(origin, provider)
  return provider
}

function toStartBehaviour(behaviour: Partial<Behaviour> = {}): Behaviour {
  return { ...defaultBehaviour, ...structuredClone(behaviour) }
}

function assertDevelopment({ allowProduction = false }: DevProviderOptions): void {
  if (allowProduction || process.env['NODE_ENV'] !== 'production') return
  throw new TypeError(
    'NODE_ENV is "production". The development provider signs anyone in as any user, so it does not start in production. Set NODE_ENV to development or test. For a benchmark, set startDevProvider({ allowProduction: true }) or --allow-production.',
  )
}

async function toCertificate(options: DevProviderOptions): Promise<Certificate | undefined> {
  if (typeof options.tls === 'object') return options.tls
  if (options.tls !== true) return undefined
  // Loading the libraries for certificates takes long, and http does not need them.
  const { createServerCertificate } = await import('./server/server-certificate.js')
  return createServerCertificate(certificateNames(options))
}

function first<T>(list: readonly T[]): T {
  const [entry] = list
  // `resolveConfig` rejects empty lists.
  if (entry === undefined) throw new TypeError('The list of the configuration must not be empty.')
  return entry
}
