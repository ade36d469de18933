// Connects the rooms of `web/` to routes, and makes each member.
import { andThen, isThenable } from '../maybe-promise.ts'
import { createRejectErrors } from '../authentication/index.ts'
import { parseScopes, scopesToCall } from '../client/index.ts'
import { IdentityError } from '../errors.ts'
import type { HttpContext } from '../http-context.ts'
import { handleLater, type HandleLater } from '../load-later.ts'
import { userOf } from '../session/index.ts'
import { toTokenResult } from '../tokens.ts'
import type { WebServices } from './create-services.ts'
import { authenticate } from './guard/authenticate.ts'
import { AuthenticationResult } from './guard/authentication-result.ts'
import { resetPasswordUrl, returnPathOf } from './guard/challenge.ts'
import { createGuard, toLoginContext, type Guard } from './guard/guard.ts'
import { identify } from './guard/identify.ts'
import { toRouteRequirement, type LoginRequirement } from './guard/requirement.ts'
import { requireUserToken } from './guard/user-token.ts'
import { needsOriginCheck } from './http/cross-site.ts'
import { loadPages } from './http/load-pages.ts'
import type { ExpectedCallback, ReportMisplaced } from './http/misplaced-callback.ts'
import {
  createChangingRoute,
  createRoute,
  createRouter,
  withLaterRoutes,
  type FindRoute,
  type LaterRoutes,
  type Route,
  type RouteRequest,
} from './http/routes.ts'
import { loadRoutes } from './load-routes.ts'
import { loadStart } from './sign-in/load-start.ts'
import { ownUrl } from '../seams/site.ts'
import { createForwardRoutes } from './forward-routes.ts'
import { createTestAccess } from './sign-in/test-sessions.ts'
import { completeLogout, isSignedOutUrl } from './sign-out/after-sign-out.ts'
import type { WebAuth } from './web-auth.ts'
import type { AppServices } from './runtime/services.ts'
import type { GuardServices } from './guard/services.ts'

/** @param hasRoutes - `true` if this library handles the routes. With `routes: false`, the application handles them. */
export function buildWebAuth<User>(services: WebServices<User>, hasRoutes: boolean): WebAuth<User> {
  const { site, loginUrls, provider, sessions } = services
  const { now, signOutStates } = services
  const rejectErrors = createRejectErrors(services.events)
  const { paths } = site
  const { issuing, traits } = provider.client
  const { kind } = issuing.authority
  const prefixed = traits.prefixedScopes

  const guardFor = (requirement: LoginRequirement): Guard<User> => {
    const checked = toRouteRequirement(requirement, kind)
    const { groups, claims, claimNames } = checked.access ?? {}
    for (const group of groups?.names ?? []) provider.namedGroups.add(group)
    for (const name of claimNames ?? []) sessions.guardedClaims.names.add(name)
    if (claims !== undefined && claimNames === undefined) sessions.guardedClaims.hasFunction = true
    return createGuard(services, checked)
  }
  const later: HandleLater<WebServices<User>, RouteRequest> = handleLater
  const completeLogin = createRoute(services, later(loadRoutes, 'completeSignIn'))
  const frontChannel = createChangingRoute(services, later(loadRoutes, 'frontChannelLogout'))
  const backChannel = createRoute(services, later(loadRoutes, 'backChannelLogout'))
  const loginRoute = createRoute(services, later(loadStart, 'loginRoute'))
  const logoutRoute = createChangingRoute(services, later(loadRoutes, 'logout'))
  const sessionRoute: Route = async (request) =>
    (await loadRoutes()).sessionRoute(services, request)
  const findOwnRoute = createRouter({
    byPath: new Map([
      [paths.login, loginRoute],
      [paths.logout, logoutRoute],
      // Only the provider's redirect uses the callback.
      ...(site.signIn.kind === 'code' ? [[paths.callback, completeLogin] as const] : []),
      // The provider signs users out at the platform.
      ...(site.signIn.kind === 'platform'
        ? []
        : ([
            [paths.frontChannelLogout, frontChannel],
            [paths.backChannelLogout, backChannel],
          ] as const)),
    ]),
    endpoints: new Map(paths.session === undefined ? [] : [[paths.session, sessionRoute]]),
    landing: {
      isLanding: signOutStates.isLanding,
      isSignedOutUrl,
      route: createRoute(services, completeLogout),
    },
    location: site.location,
    reportMisplaced:
      site.signIn.kind === 'code'
        ? reportMisplacedLater(services, {
            callback: paths.callback,
            isForm: services.provider.signInDefaults.responseMode === 'form_post',
          })
        : undefined,
  })

  const forwardRoutes = createForwardRoutes(services, { paths: Object.values(paths), kind })
  const laterRoutes: LaterRoutes = {}
  const findRoute = withLaterRoutes(hasRoutes ? findOwnRoute : () => undefined, laterRoutes)

  return {
    paths,

    location: site.location,

    toAbsoluteUrl: (path) => ownUrl(site, site.location.toBrowserUrl(path)),

    problems: [],

    fatalProblems: [],

    async ready() {
      const all = [provider, ...provider.byUserFlow.values()].map(({ client }) => client)
      await Promise.all([
        ...all.map((client) => client.issuing.ready()),
        provider.client.authentication?.prepare(),
        services.sessions.checkStore(),
      ])
    },

    close: () => services.events.close(),

    warn: (message) => services.events.emit('configuration.warning', { level: 'warn', message }),

    guard: guardFor,

    authenticate: (http, { requirement: { revalidateSeconds, ...requirement }, onClose }) =>
      rejectErrors(async () => {
        const { authenticateConnection, toRevalidateSeconds } = await loadRoutes()
        return authenticateConnection(services, {
          http,
          guard: guardFor({ ...requirement, challenge: 'unauthorized' }),
          revalidateSeconds: toRevalidateSeconds(revalidateSeconds),
          onClose,
        })
      }),

    toResponse: async (http, failed) =>
      (await loadRoutes()).errorToResponse(services, http, failed),

    checkForward: (settings) => forwardRoutes.add(settings),

    useForwards(table) {
      laterRoutes.find = (url) => forwardRoutes.find(table, site.location.toBrowserUrl(url))
      loginUrls.useForwards(table)
    },

    route: withDoubt(services, findRoute),

    login: (request, options = {}) =>
      createRoute(services, async (_, read) => {
        const { login, toSignInStart } = await loadStart()
        return login(services, read, toSignInStart(services, options))
      })(request),

    async startLogin(http, options = {}) {
      const { startLogin, toSignInStart } = await loadStart()
      return startLogin(services, http, toSignInStart(services, options))
    },

    async startWay(http, options = {}) {
      const { startWay, toSignInStart } = await loadStart()
      return startWay(services, http, toSignInStart(services, options))
    },

    completeLogin,

    frontChannelLogout: frontChannel,

    backChannelLogout: backChannel,

    listSessions: async (of) => (await loadRoutes()).listSessions(services, of),

    revokeSessions: async (of) => (await loadRoutes()).revokeSessions(services, of),

    logout: (request, call) =>
      createChangingRoute(services, async (_, read) =>
        (await loadRoutes()).logout(services, read, call),
      )(request),

    testAccess: () =>
      createTestAccess(services, async (signIn) =>
        (await loadRoutes()).startTestSession(services, signIn),
      ),

    refreshAhead: async (http) => (await loadRoutes()).refreshAhead<User>(services, http),

    updateUser: async (http, user) => (await loadRoutes()).updateUser(services, http, user),

    async getUser(http) {
      const result = await authenticateAccepted(services, http)
      if (!AuthenticationResult.isSignedIn(result)) return undefined
      http.noStore()
      return userOf<User>(result.current.session)
    },

    async getContext(http) {
      const result = await authenticateAccepted(services, http)
      if (!AuthenticationResult.isSignedIn(result)) return undefined
      http.noStore()
      return toLoginContext<User>(services, http, result.current)
    },

    browserSession: async (http) => (await loadRoutes()).pageSession(services, http),

    sendBrowserSession: sessionRoute,

    identify: (http) => identify(services, http),

    async getTokenForUser(http, scopes) {
      const requested = scopesToCall(scopes, prefixed)
      const { token } = await requireUserToken(services, http, {
        requested,
        csrf: needsOriginCheck(http),
      })
      http.noStore()
      return toTokenResult(token, now())
    },

    async getTokenForClient(scopes) {
      return toTokenResult(
        await provider.clientTokens.getToken({ scopes: parseScopes(scopes) }),
        now(),
      )
    },

    tokenSource: () => provider.clientTokens,

    async getEditProfileUrl(http) {
      if (!provider.byUserFlow.has('edit_profile')) return undefined
      const returnTo = returnPathOf(services, http)
      return loginUrls.toUrl({ returnTo, userFlow: 'edit_profile' })
    },

    async getResetPasswordUrl(http) {
      return resetPasswordUrl(services, returnPathOf(services, http))
    },
  }
}

/**
 * Warns developers, at the first request, if the application may be at another path than the default. The warning waits
 * for the first request, because the framework may mount the application until then. If the path is certain, nothing is
 * added to requests.
 */
function withDoubt<User>(services: WebServices<User>, findRoute: FindRoute): FindRoute {
  const { events, site, isProduction } = services
  if (isProduction || site.location.doubt() === undefined) return findRoute
  let isFirstRequest = true
  return (url, method) => {
    const message = isFirstRequest ? site.location.doubt() : undefined
    isFirstRequest = false
    if (message !== undefined) events.emit('configuration.warning', { level: 'info', message })
    return findRoute(url, method)
  }
}

/**
 * Returns the function that reports a misplaced callback. Its code is loaded only for a request whose path ends like
 * the path of the callback.
 */
function reportMisplacedLater(services: AppServices, expected: ExpectedCallback): ReportMisplaced {
  const name = expected.callback.slice(expected.callback.lastIndexOf('/'))
  let report: ReportMisplaced | undefined
  return (path, url, method) => {
    // A proxy may also remove the whole path.
    if (!path.endsWith(name) && (path.length > 1 || !url.includes('state='))) return
    const reported = andThen(loadPages(), ({ createMisplacedReport }) => {
      report ??= createMisplacedReport(services, expected)
      report(path, url, method)
    })
    // The framework responds to the request, and does not learn about an error here.
    if (isThenable(reported)) reported.then(undefined, () => undefined)
  }
}

/** Authenticates a request. If `onRefresh` rejects the user, the user is not signed in anymore. */
async function authenticateAccepted(
  services: GuardServices,
  http: HttpContext,
): Promise<AuthenticationResult | undefined> {
  try {
    return await authenticate(services, http, { csrf: needsOriginCheck(http) })
  } catch (error) {
    if (IdentityError.is(error) && error.code === 'access_denied') return undefined
    throw error
  }
}
