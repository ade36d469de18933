// Replaces an Auth whose options are wrong: the setup page in development, 503 in production.
import { toRejectedRequest } from '../authentication/index.ts'
import { docsBaseOf, docsUrlOf } from '../docs-url.ts'
import { leadsToLogin } from '../http-context.ts'
import { IdentityError } from '../errors.ts'
import type { Environment } from '../host-traits.ts'
import { problemsError, type CheckResults } from '../options/problems.ts'
import { failWith, type Start } from '../options/start-events.ts'
import { checkLoginRequirement } from './guard/requirement.ts'
import { isNavigation } from './http/navigation.ts'
import { createPageFrames, loadPages } from './http/load-pages.ts'
import type { PageFrame, RequestHeaders } from './http/pages/frame.ts'
import type { Setup } from './http/pages/index.ts'
import { json, page, redirect } from './http/responses.ts'
import { pathOf, createAppLocation } from '../seams/app-location.ts'
import { toPaths, withSession } from '../seams/site.ts'
import type { ForwardTable } from './http/forward-table.ts'
import type { PageSettings } from '../options/resolve-pages.ts'
import type { WebAuth } from './web-auth.ts'

/** Options with problems, and how the application reacts to them. */
export interface Misconfiguration extends Start, CheckResults {
  /** The redirect URI, if it is valid. Its path is the base of the other paths. */
  readonly redirectUri: URL | undefined
  /** As in `HostTraits`. */
  readonly redirectUriExample: string
  readonly hasRoutes: boolean
  readonly pageSettings: PageSettings
  /** The path of the session endpoint, if there is one. */
  readonly sessionPath: string | undefined
  readonly options: object
  readonly variables: Environment
}

/**
 * Replaces an `Auth` whose options have problems. In development, its routes and guards show the problems. In production
 * they respond with 503, because visitors must not read about settings.
 */
export function misconfiguredWebAuth<User>(given: Misconfiguration): WebAuth<User> {
  const { problems, isFatal, events, redirectUri, pageSettings } = given
  const exampleUri = new URL(given.redirectUriExample)
  const paths = withSession(toPaths(redirectUri ?? exampleUri), given.sessionPath)
  // Without a redirect URI, the routes can also be at the root.
  const routes = [paths, toPaths(redirectUri)].flatMap((each): unknown[] => Object.values(each))
  const { report, fail, failLater } = failWith(given)
  const frames = createPageFrames(pageSettings, redirectUri ?? {})
  const toResponse =
    given.environment === 'production'
      ? respondNeutrally
      : showProblems({ ...given, redirectUri: redirectUri ?? exampleUri })
  const respond = async (request: RequestHeaders, isPage = true): Promise<Response> => {
    report()
    return toResponse(isPage ? await frames(request) : undefined)
  }
  const respondToRoute = (request: RequestHeaders): Promise<Response> => respond(request)
  const respondToScript = (request: RequestHeaders): Promise<Response> => respond(request, false)
  let forwards: ForwardTable | undefined
  const ignore = async (): Promise<undefined> => report() as undefined
  const nobody = async (): Promise<object> => {
    report()
    return {}
  }
  return {
    paths,
    location: createAppLocation({}, paths.callback),
    toAbsoluteUrl: (path) => (redirectUri?.origin ?? '') + path,
    problems,
    fatalProblems: isFatal ? problems : [],
    ready: failLater,
    close: () => events.close(),
    warn: (message) => events.emit('configuration.warning', { level: 'warn', message }),
    // If only a redirect is possible, it leads to the login route, which shows the problems.
    guard(requirement) {
      // Checks the requirement as well, so that all errors appear together.
      checkLoginRequirement(requirement)
      return (http) => {
        if (!leadsToLogin(http)) return respond(http, isNavigation(http))
        return redirectUri === undefined ? fail() : redirect(redirectUri.origin + paths.login)
      }
    },
    async authenticate() {
      report()
      return toRejectedRequest(problemsError(problems))
    },
    toResponse: async (http, { error }) => {
      if (!IdentityError.is(error)) throw error
      return respond(http, isNavigation(http))
    },
    // The settings that a forwarded path must fit are not known.
    checkForward: () => undefined,
    useForwards(table) {
      forwards = table
    },
    route(url) {
      const path = pathOf(url)
      if (given.hasRoutes && routes.includes(path)) {
        return path === paths.session ? respondToScript : respondToRoute
      }
      return forwards?.find(url) && respondToScript
    },
    startLogin: failLater,
    startWay: failLater,
    login: respondToRoute,
    completeLogin: respondToRoute,
    logout: respondToRoute,
    frontChannelLogout: respondToScript,
    backChannelLogout: respondToScript,
    listSessions: failLater,
    revokeSessions: failLater,
    testAccess: fail,
    getUser: ignore,
    getContext: ignore,
    async browserSession() {
      report()
      return { user: null, loginUrl: paths.login }
    },
    sendBrowserSession: respondToScript,
    identify: nobody,
    updateUser: failLater,
    refreshAhead: nobody,
    getTokenForUser: failLater,
    getTokenForClient: failLater,
    tokenSource: fail,
    getEditProfileUrl: () => Promise.resolve(undefined),
    getResetPasswordUrl: () => Promise.resolve(undefined),
  }
}

/** Creates a response about the configuration: a page if a frame is passed, otherwise JSON. */
type Respond = (frame: PageFrame | undefined) => Promise<Response>

function showProblems(given: Omit<Setup, 'docsUrl'>): Respond {
  const { problems, variables } = given
  const docsUrl = docsUrlOf(docsBaseOf(variables), { code: 'configuration' })
  return async (frame) =>
    frame === undefined
      ? json(500, { error: 'configuration', problems })
      : page(500, (await loadPages()).configurationPage(frame, { ...given, docsUrl }))
}

const RETRY = { 'retry-after': '60' }

const respondNeutrally: Respond = async (frame) =>
  frame === undefined
    ? json(503, { error: 'configuration' }, RETRY)
    : page(503, (await loadPages()).unavailablePage(frame), RETRY)
