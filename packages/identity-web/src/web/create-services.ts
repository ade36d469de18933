import type { Transport } from '../authority/index.ts'
import { createApis, applicationTokens, createOAuthClient, hintFor } from '../client/index.ts'
import { createEncryption } from '../encryption/index.ts'
import { docsBaseOf } from '../docs-url.ts'
import type { EventEmitter } from '../event-emitter.ts'
import type { MaybePromise } from '../maybe-promise.ts'
import { toSeconds, type GuardedClaims, type Lifetimes } from '../session/index.ts'
import type { Environment } from '../host-traits.ts'
import type { ConnectionServices } from './guard/connection.ts'
import { sessionApis } from './guard/downstream.ts'
import type { GuardServices } from './guard/guard.ts'
import { createUnreadableCookies } from './guard/unreadable-cookie.ts'
import { createCrossSiteCheck } from './http/cross-site.ts'
import { createPageFrames, errorResponsesLater } from './http/load-pages.ts'
import { createLoginUrls } from './http/login-urls.ts'
import { loadRoutes } from './load-routes.ts'
import { SIGN_IN_ROWS, type SignInParameters } from '../options/sign-in-parameters.ts'
import type { PreviewServices } from '../seams/previews.ts'
import type { ResolvedOptions } from '../options/resolve-auth.ts'
import type { PlatformUser } from '../seams/platform.ts'
import type { UserHooks } from '../options/user-hooks.ts'
import { createLatestTokens, createTokenClients } from './runtime/clients.ts'
import { createPlatformSessions, withPlatform, createSessions } from './runtime/sessions.ts'
import { createRevalidation } from './users/revalidation.ts'
import type { OnLoginServices } from './users/call-on-login.ts'
import type { UpdateUserServices } from './guard/update-user.ts'
import { createTransactions, purposeOfSignIn } from './runtime/transaction.ts'
import type { PageSessionServices } from './browser-session/browser-session.ts'
import type { SessionRouteServices } from './browser-session/session-route.ts'
import type { ForwardServices } from './forward/forward.ts'
import type { CallbackServices } from './sign-in/callback.ts'
import { createLoginParameters } from './sign-in/login-parameters.ts'
import { createMissingRefreshTokenReport } from './sign-in/missing-refresh-token.ts'
import type { LoginRouteServices } from './sign-in/login-route.ts'
import { createSignOutStates, type AfterSignOutServices } from './sign-out/after-sign-out.ts'
import type { BackChannelServices } from './sign-out/back-channel.ts'
import type { FrontChannelServices } from './sign-out/front-channel.ts'
import type { SignOutServices } from './sign-out/sign-out.ts'

/** All services that the routes and guards of a configured `Auth` use. Each route or guard needs some of them. */
export interface WebServices<User>
  extends
    GuardServices,
    CallbackServices<User>,
    LoginRouteServices<User>,
    SignOutServices<User>,
    AfterSignOutServices,
    FrontChannelServices<User>,
    UpdateUserServices,
    BackChannelServices,
    SessionRouteServices<User>,
    PageSessionServices<User>,
    ConnectionServices,
    ForwardServices {
  /** The claims that guards read. A session that is too large for its cookies keeps these claims. */
  readonly guardedClaims: GuardedClaims
  /** Reads from the session store, if there is one. @throws IdentityError `store_unavailable` */
  readonly checkStore: () => MaybePromise<unknown>
}

const DEFAULT_USER_SECONDS = 3600
const UNLIMITED: Lifetimes = { idle: Infinity, absolute: Infinity }

/** Calls `onLogin` for a user whom a platform signed in. */
async function callOnLoginLater<User>(
  services: OnLoginServices<User>,
  { claims, tokens, request }: PlatformUser,
): Promise<unknown> {
  const { callOnLogin, toHttpRequest } = await loadRoutes()
  return callOnLogin(services, claims, { tokens, request: toHttpRequest(request) })
}

/** Creates the services of an `Auth`, once. */
export function createServices<User>(
  options: ResolvedOptions<User>,
  { events, variables }: { readonly events: EventEmitter; readonly variables: Environment },
): WebServices<User> {
  const { authority, clientId, site, session } = options
  const { onLogin, onLogout, onRefresh, revalidateUserSeconds } = options
  const { pages = {}, responseMode, scopes } = options
  const clock = options.now ?? Date.now
  const now = toSeconds(clock)
  const owner = `${clientId} ${authority.url}`

  const { fetch, timeoutSeconds, clockToleranceSeconds } = options
  const transport: Transport = { fetch, timeoutSeconds, clockToleranceSeconds, hintOf: hintFor }
  // All clients of the application share it, so that they do not repeat the warning.
  const expiryWarnings = { events, now, sent: new Map() }
  const { platform } = site.signIn.kind === 'platform' ? site.signIn : {}
  const ownClients = createTokenClients(options, (of) =>
    createOAuthClient(of, {
      clientId,
      credential: options.credential,
      secretMethod: options.secretMethod,
      assertionAudience: options.assertionAudience,
      capabilities: options.capabilities,
      expiryWarnings,
      transport,
      now,
    }),
  )
  const { client } = ownClients.main
  const clients = platform === undefined ? ownClients : withPlatform(platform, ownClients)
  const namedGroups = new Set<string>()
  const guardedClaims: GuardedClaims = { names: new Set(), hasFunction: false }
  const apis = createApis(options.apis, authority, client.traits.prefixedScopes)
  const frames = createPageFrames(options.pageSettings, site)
  const loginUrls = createLoginUrls(
    site,
    createEncryption(session.secrets, purposeOfSignIn('login request', options)),
  )
  const latestTokens = createLatestTokens(clients)
  const previews = connectPreviews(options, now)
  const hooks: UserHooks<User> = { onLogin, onLogout, onRefresh, revalidateUserSeconds }
  const sessions =
    platform === undefined
      ? createSessions({ ...options, events, latestTokens, guardedClaims, loadRoutes }, owner, now)
      : createPlatformSessions(
          platform,
          {
            client,
            events,
            scopes,
            cacheEntries: options.cacheEntries,
            userSeconds: revalidateUserSeconds ?? DEFAULT_USER_SECONDS,
            hasOnRefresh: onRefresh !== undefined,
            onLogin: onLogin && ((user) => callOnLoginLater({ hooks, events }, user)),
          },
          now,
        )
  const services: WebServices<User> = {
    ...sessions,
    apis,
    client,
    clients,
    clock,
    clientTokens: applicationTokens(
      client,
      options.tokenCache?.connect({ events, now, clockToleranceSeconds }),
    ),
    browser: options.browser,
    crossSite: createCrossSiteCheck(site),
    namedApis: sessionApis(apis, () => services),
    errorResponses: errorResponsesLater({
      client,
      site,
      hasResetPassword: clients.byUserFlow.has('reset_password'),
      loginUrls,
      events,
      pages,
      frames,
      isProduction: options.environment === 'production',
      docsBase: docsBaseOf(variables),
      now,
    }),
    fetch,
    site,
    hooks,
    isProduction: options.environment === 'production',
    // Only the platform knows how long its sessions last.
    lifetimes: platform === undefined ? session.lifetimes : UNLIMITED,
    events,
    loginParameters: createLoginParameters({ events, tenants: options.tenants }),
    loginUrls,
    namedGroups,
    guardedClaims,
    now,
    pages,
    frames,
    previews,
    tokenSource: async (http, current) =>
      (await loadRoutes()).userTokenSource(services, http, current),
    revalidation: createRevalidation<User>(
      {
        ...sessions,
        hooks,
        events,
        isProduction: options.environment === 'production',
        clock,
        now,
      },
      loadRoutes,
    ),
    reportMissingRefreshToken: createMissingRefreshTokenReport(events),
    signInDefaults: {
      scopes,
      responseMode,
      parameters: defaultParameters(options),
      // Only Entra ID has the look-up of groups that a token cannot contain.
      namedGroups: authority.kind === 'entra' ? namedGroups : new Set(),
    },
    signOutStates: createSignOutStates(options, {
      encryption: createEncryption(session.secrets, purposeOfSignIn('sign-out', options)),
      previews,
    }),
    strictCookies:
      platform === undefined && session.strictMarkers !== undefined
        ? { markers: session.strictMarkers, attributes: session.attributes }
        : undefined,
    userInfo: options.userInfo ?? (authority.kind === 'oidc' ? 'auto' : false),
    transactions: createTransactions(options, { now, previews }),
    unreadableCookies: createUnreadableCookies(sessions.sessions, events),
  }
  return services
}

/**
 * Returns the role of this deployment for previews. Only sign-ins that return to a redirect URI can start at a preview.
 */
function connectPreviews<User>(
  { authority, clientId, site, previews }: ResolvedOptions<User>,
  now: () => number,
): PreviewServices['previews'] {
  const { signIn } = site
  if (signIn.kind !== 'code') return undefined
  return previews?.connect({ authority, clientId, site, redirectUri: signIn.redirectUri, now })
}

/**
 * Returns the parameters of every sign-in. Undefined parameters are left out, because `undefined` would replace other
 * values.
 */
function defaultParameters(options: SignInParameters): SignInParameters {
  const names = Object.keys(SIGN_IN_ROWS) as (keyof SignInParameters)[]
  const set = names.filter((name) => options[name] !== undefined)
  return Object.fromEntries(set.map((name) => [name, options[name]]))
}
