import { scopesOfOneResource, hasPrefixedScopes, parseScopes } from '../client/index.ts'
import { IdentityError, isIdentityError } from '../errors.ts'
import type { MaybePromise } from '../session/index.ts'
import { admit, type Admission } from './admission.ts'
import { answerError } from './answer-error.ts'
import { json, page } from './answers.ts'
import { completeSignIn } from './callback.ts'
import { toTokenResult, toUser, type LoginContext, type TokenResult } from './context.ts'
import { isNavigation, type ChallengeMode, type Exchange } from './exchange.ts'
import { guard, toRequirement, type Requirement } from './guard.ts'
import type { AuthOptions, Environment, SignInParameters } from './options.ts'
import { configurationPage } from './pages/index.ts'
import { toPaths, type Paths } from './paths.ts'
import { resolveOptions } from './resolve-options.ts'
import { createRuntime, type WebRuntime } from './runtime.ts'
import { beginSignIn, login, loginUrl, returnPath } from './sign-in.ts'
import { logout } from './sign-out.ts'

/** What a route asks of its users. @public */
export interface LoginRequirement {
  /** Scopes of one API: the handler gets an access token for them, after consent where it is missing. */
  readonly scopes?: string | readonly string[] | undefined
  /**
   * How to answer a request without sign-in or consent: `'redirect'` to the provider, `'unauthorized'` with 401
   * and JSON, or by the kind of request.
   *
   * @defaultValue `'auto'`
   */
  readonly challenge?: ChallengeMode | undefined
}

/** A requirement that names scopes: its handler gets an access token. @public */
export interface ScopesRequired extends LoginRequirement {
  /** Scopes of one API: the handler gets an access token for them, after consent where it is missing. */
  readonly scopes: string | readonly string[]
}

/** What a sign-in that the application begins itself asks for. @public */
export interface LoginOptions extends SignInParameters {
  /** A path of this origin to come back to. @defaultValue `'/'` */
  readonly returnTo?: string | undefined
  /** Scopes to ask for beyond those of OpenID Connect. @defaultValue those of the options */
  readonly scopes?: string | readonly string[] | undefined
}

/** Guards one route. */
export type Guard<User> = (exchange: Exchange) => MaybePromise<LoginContext<User> | Response>

/** Sign-in for a web application, without a framework: what the adapters stand on. */
export interface WebAuth<User> {
  readonly paths: Paths
  /** Makes a route's guard. Faults of the requirement throw here, when the route is declared. */
  guard(requirement: LoginRequirement): Guard<User>
  /** The routes of sign-in: from a request to a response. */
  route(pathname: string, method: string): ((request: Request) => Promise<Response>) | undefined
  login(request: Request, options?: LoginOptions): Promise<Response>
  completeLogin(request: Request): Promise<Response>
  logout(request: Request, postLogoutRedirectUri?: string): Promise<Response>
  getUser(exchange: Exchange): Promise<User | undefined>
  getTokenForUser(exchange: Exchange, scopes: string | readonly string[]): Promise<TokenResult>
  getTokenForClient(scopes: string | readonly string[]): Promise<TokenResult>
}

/**
 * Makes sign-in ready. Faults of the configuration don't throw: they are logged once and shown where somebody
 * who sets the application up will look.
 */
export function createWebAuth<User>(
  options: AuthOptions<User>,
  environment: Environment,
): WebAuth<User> {
  const { resolved, problems, warnings } = resolveOptions(options, environment)
  // Whoever has no logger yet must still learn what is missing.
  const logger = typeof options.logger === 'object' ? options.logger : console
  for (const warning of warnings) logger.warn?.(`identity-web: ${warning}`)
  for (const problem of problems) logger.error?.(`identity-web: ${problem}`)
  return resolved === undefined
    ? unconfigured(options, environment, problems)
    : configured(createRuntime(resolved, environment))
}

function configured<User>(runtime: WebRuntime<User>): WebAuth<User> {
  const { paths, client, now } = runtime

  /** Errors of a route become pages; others are the framework's. */
  function answering(route: (request: Request) => Promise<Response>) {
    return async (request: Request): Promise<Response> => {
      try {
        return await route(request)
      } catch (error) {
        if (!isIdentityError(error)) throw error
        return answerError(runtime, error, { returnTo: '/' })
      }
    }
  }

  async function loginRoute(request: Request): Promise<Response> {
    const exchange = fromRequest(request)
    // A prefetched or scripted login would leave a flow behind that nobody asked for.
    if (isNavigation(exchange)) return login(runtime, request)
    const returnTo = returnPath(runtime, new URL(request.url).searchParams.get('return_to'))
    return json(401, { error: 'login_required', loginUrl: await loginUrl(runtime, { returnTo }) })
  }

  const routes = new Map([
    [paths.login, answering(loginRoute)],
    [paths.logout, answering((request) => logout(runtime, request))],
    [paths.callback, answering((request) => completeSignIn(runtime, request))],
  ])

  return {
    paths,

    guard({ scopes, challenge }) {
      const requirement: Requirement = toRequirement(
        runtime,
        scopes === undefined ? undefined : parseScopes(scopes),
        challenge,
      )
      return (exchange) => guard(runtime, exchange, requirement)
    },

    route: (pathname, method) =>
      method === 'GET' || method === 'POST' ? routes.get(pathname) : undefined,

    login: (request, { returnTo, scopes, ...parameters } = {}) =>
      answering(() =>
        beginSignIn(
          runtime,
          {
            returnTo: returnPath(runtime, returnTo),
            scopes: scopes === undefined ? undefined : parseScopes(scopes),
            parameters,
          },
          { method: request.method },
        ),
      )(request),

    completeLogin: answering((request) => completeSignIn(runtime, request)),

    logout: (request, postLogoutRedirectUri) =>
      answering(() => logout(runtime, request, postLogoutRedirectUri))(request),

    async getUser(exchange) {
      const admission = await admit(runtime, exchange)
      if (!isSignedIn(admission)) return undefined
      exchange.noStore()
      return toUser<User>(admission.session)
    },

    async getTokenForUser(exchange, scopes) {
      const wanted = scopesOfOneResource(parseScopes(scopes), hasPrefixedScopes(client))
      const admission = await admit(runtime, exchange, wanted)
      if (admission?.token === undefined) {
        throw (
          admission?.obstacle ?? new IdentityError('login_required', 'Nobody is signed in here.')
        )
      }
      exchange.noStore()
      return toTokenResult(admission.token, now())
    },

    async getTokenForClient(scopes) {
      return toTokenResult(await runtime.clientTokens(parseScopes(scopes)), now())
    },
  }
}

function isSignedIn(admission: Admission | undefined): admission is Admission {
  return admission !== undefined && admission.obstacle?.code !== 'login_required'
}

function fromRequest(request: Request): Exchange {
  return {
    method: request.method,
    url: request.url,
    header: (name) => request.headers.get(name) ?? undefined,
    setCookies: () => false,
    noStore() {},
  }
}

/** Stands in for an `Auth` whose configuration has faults: every way in shows them. */
function unconfigured<User>(
  { redirectUri = '' }: AuthOptions<User>,
  environment: Environment,
  problems: readonly string[],
): WebAuth<User> {
  const known = [redirectUri, environment['IDENTITY_REDIRECT_URI'] ?? ''].find((uri) =>
    URL.canParse(uri),
  )
  const paths = toPaths(known)
  const answer = (navigation: boolean): Response =>
    navigation
      ? page(500, configurationPage(problems))
      : json(500, { error: 'configuration', problems })
  const refuse = (): never => {
    throw new IdentityError('configuration', problems.join(' '))
  }
  return {
    paths,
    guard: () => (exchange) => answer(isNavigation(exchange)),
    route: (pathname) =>
      Object.values(paths).includes(pathname) ? () => Promise.resolve(answer(true)) : undefined,
    login: () => Promise.resolve(answer(true)),
    completeLogin: () => Promise.resolve(answer(true)),
    logout: () => Promise.resolve(answer(true)),
    getUser: () => Promise.resolve(undefined),
    getTokenForUser: async () => refuse(),
    getTokenForClient: async () => refuse(),
  }
}

/** The error of a guard whose `Auth` has no application: its callback would be nowhere. */
export function missingApp(): IdentityError {
  return new IdentityError(
    'configuration',
    'This Auth was never given an application. Call auth.initApp(app), or make it with new Auth(app, options).',
  )
}
