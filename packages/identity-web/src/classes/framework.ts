// Defines the classes of a framework with an application.
import { createWebApi, type ApiAuthOptions, type WebApi } from '../api/index.ts'
import { SERVER } from '../host-traits.ts'
import { createMcpApi, type McpAuthOptions } from '../mcp/index.ts'
import { createWebAuth, type AuthOptions, type WebAuth } from '../web/index.ts'
import { ApiAuth } from './api-auth.ts'
import { Auth } from './auth.ts'
import { sendErrorResponse, type Calls, type Host, type ReplyHost } from './calls.ts'
import {
  createCores,
  declareRoute,
  declareSessionOrBearer,
  type Cores,
  type CreateCore,
  type Environments,
  type OptionsFor,
} from './environment.ts'
import {
  authorizationArguments,
  authorizationGuard,
  loginArguments,
  loginGuard,
  oncePer,
  sessionOrBearerGuard,
  type GuardedRoute,
} from './guards.ts'
import { assertMounted, authStates } from './identity.ts'
import { McpAuth } from './mcp-auth.ts'
import { assertApart, assertCanStart } from './operation.ts'
import type { Mountable } from './signatures.ts'

// The parts of a framework with applications. Frameworks whose applications call the routes extend the classes themselves.

/** The parts of `Auth` in a framework. The types of the framework's classes check the arguments of guards. */
export interface AuthParts<Handler> {
  /** The guard of `auth.loginRequired`. */
  login(auth: Auth<any>): Declare<Handler>
  /** The guard of `auth.orBearer(api)`. */
  orBearer(auth: Auth<any>, api: ApiAuth): { readonly required: Declare<Handler> }
  /** Mounts the sign-in routes. It does nothing in frameworks whose applications call the routes. */
  mount(auth: Auth<any, any>, app: any): void
}

/** The parts of `ApiAuth` and `McpAuth` in a framework. */
export interface ApiParts<Handler> {
  /** The guard of `api.authorizationRequired`. */
  authorization(api: ApiAuth): Declare<Handler>
  /** Mounts the routes that need no token. */
  mount(api: ApiAuth<any>, app: any): void
}

/** Turns a guard's arguments into a handler. */
type Declare<Handler> = (...given: readonly unknown[]) => Handler

/** Turns a guarded route into a handler, or into a middleware if the route has no handler. */
type ToHandler<Handler> = (route: GuardedRoute<any>) => Handler

const ignore = (): void => undefined

/** Creates the parts of `Auth` in a framework in which all requests share the process's environment. */
export function hostAuth<Handler>(
  toHandler: ToHandler<Handler>,
  mount: AuthParts<Handler>['mount'] = ignore,
): AuthParts<Handler> {
  return {
    login:
      (auth) =>
      (...given) =>
        toHandler(loginGuard(auth, given)),
    orBearer: (auth, api) => ({
      required: (...given) => toHandler(sessionOrBearerGuard({ auth, api }, given)),
    }),
    mount,
  }
}

/** Creates the parts of `ApiAuth` and `McpAuth`, as {@link hostAuth} does for `Auth`. */
export function hostApi<Handler>(
  toHandler: ToHandler<Handler>,
  mount: ApiParts<Handler>['mount'] = ignore,
): ApiParts<Handler> {
  return {
    authorization:
      (api) =>
      (...given) =>
        toHandler(authorizationGuard(api, given)),
    mount,
  }
}

/** Returns the response to an error from a handler that runs after the middleware. */
export type ErrorToResponse<Req> = (request: Req, error: unknown) => Promise<Response> | undefined

/**
 * Makes a handler, or a middleware if the route has no handler, for a route that depends on the request's environment.
 */
type ToLaterHandler<Handler, Req> = (
  routeOf: (request: Req) => GuardedRoute<any>,
  toResponse?: ErrorToResponse<Req>,
) => Handler

/** Creates the parts of `Auth` in a framework whose requests can have different environments. */
export function environmentAuth<Handler, Req>(
  toHandler: ToLaterHandler<Handler, Req>,
  mount: AuthParts<Handler>['mount'],
): AuthParts<Handler> {
  return {
    login:
      (auth) =>
      (...given) => {
        // The requirement is checked when the route is declared, although the guard may need a request.
        loginArguments(given)
        return toHandler(declareRoute(websOf<Req>(auth), (web) => loginGuard(auth, given, web)))
      },
    orBearer: (auth, api) => ({
      required: (...given) =>
        toHandler(
          declareSessionOrBearer({ auth, api }, given, [websOf<Req>(auth), apisOf<Req>(api)]),
        ),
    }),
    mount,
  }
}

/** Creates the parts of `ApiAuth` and `McpAuth`, as {@link environmentAuth} does for `Auth`. */
export function environmentApi<Handler, Req>(
  toHandler: ToLaterHandler<Handler, Req>,
  mount: ApiParts<Handler>['mount'],
): ApiParts<Handler> {
  return {
    authorization:
      (api) =>
      (...given) => {
        authorizationArguments(given, api)
        const apis = apisOf<Req>(api)
        return toHandler(
          declareRoute(apis, (core) => authorizationGuard(api, given, core)),
          (request, error) => apis.of(request).respondToClientError(error),
        )
      },
    mount,
  }
}

/** A framework whose applications receive the routes. */
export interface Framework<F extends Calls> {
  /** The last part of the entry point's name, such as `express`. */
  readonly name: string
  /**
   * The name of a method that applications have and options do not, which distinguishes the two forms of a constructor.
   */
  readonly method: 'use' | 'register'
  /**
   * The functions that read the framework's requests and send its responses. If `send` is set, the classes have
   * `sendResponse`.
   */
  readonly host: Host<F> & Partial<ReplyHost<F>>
  /** Returns the source of the environments. @defaultValue the environment of the process */
  readonly environmentsFor?: (options: unknown) => Environments<any>
}

// Each class has its function, and an entry marks the calls as pure. So a bundle contains only the classes that it uses.

/**
 * Defines the `Auth` base class. The class in the framework's entry point declares the types of members that differ by
 * framework.
 */
export function defineAuth<App, F extends Calls>(
  framework: Framework<F>,
  { login, orBearer, mount }: AuthParts<unknown>,
): AuthConstructor<App, F> {
  return toConstructor(framework, {
    Class: Auth,
    create: createWebAuth<unknown>,
    membersOf: (auth: Auth<unknown, F>) => ({
      initApp: (app: unknown) => (mount(auth, app), auth),
      loginRequired: login(auth),
      orBearer: (api: ApiAuth) => orBearer(auth, api),
    }),
  }) as AuthConstructor<App, F>
}

/** Defines the `ApiAuth` base class. */
export function defineApiAuth<App, F extends Calls>(
  framework: Framework<F>,
  parts: ApiParts<unknown>,
): ApiAuthConstructor<App, F> {
  return toConstructor(framework, {
    Class: ApiAuth,
    create: createWebApi,
    membersOf: membersOfApi(parts),
  }) as ApiAuthConstructor<App, F>
}

/** Defines the `McpAuth` base class. */
export function defineMcpAuth<App, F extends Calls>(
  framework: Framework<F>,
  parts: ApiParts<unknown>,
): McpAuthConstructor<App, F> {
  return toConstructor(framework, {
    Class: McpAuth,
    create: createMcpApi,
    membersOf: membersOfApi(parts),
  }) as McpAuthConstructor<App, F>
}

/**
 * Defines the stand-alone `loginRequired`, which checks the requirement when the route is declared.
 * @param find - Returns the `Auth` for the application that handles a request.
 */
export function defineLoginRequired<Handler extends (...args: any[]) => unknown>(
  { name }: Framework<any>,
  { login }: AuthParts<Handler>,
  find: (request: any) => Auth<unknown> | undefined,
): (...given: readonly unknown[]) => Handler {
  return (...given) => {
    loginArguments(given)
    const handlerOf = oncePer((auth: Auth<unknown>) => login(auth)(...given))
    return function (this: unknown, ...args: Parameters<Handler>): unknown {
      const auth = find(args[0])
      assertMounted(auth, name)
      return Reflect.apply(handlerOf(auth), this, args) as unknown
    } as Handler
  }
}

function membersOfApi<F extends Calls>({ authorization, mount }: ApiParts<unknown>) {
  return (api: ApiAuth<F>): Members => ({
    initApp: (app) => (mount(api, app), api),
    authorizationRequired: authorization(api),
  })
}

/**
 * The members that differ by framework. The classes in the framework's entry point declare their types.
 */
interface Members {
  initApp(app: unknown): object
  readonly [name: string]: unknown
}

/** One of the three classes, and the parts that a framework adds to it. */
interface ClassParts<Core extends object, Owner extends Parameters<typeof sendErrorResponse>[2]> {
  readonly Class: abstract new (core: any, host: any) => Owner
  readonly create: CreateCore<any, Core>
  membersOf(owner: Owner): Members
}

/**
 * Returns a constructor that reads an application's arguments and creates an object of the class. It is a function with
 * the class's prototype, so that the prototype chain of an `McpAuth` does not become longer.
 */
function toConstructor<Core extends object, Owner extends Parameters<typeof sendErrorResponse>[2]>(
  framework: Framework<any>,
  { Class, create, membersOf }: ClassParts<Core, Owner>,
): unknown {
  const { host } = framework
  function Constructor(...given: readonly unknown[]): Owner {
    const { app, options } = readArguments(framework, given)
    const cores = createCores(options, create, environmentsOf(framework, options))
    const core = cores.isKnown ? cores.of() : (request?: unknown) => cores.of(request)
    const owner = Reflect.construct(Class, [core, host], new.target as never) as Owner
    allCores.set(owner, cores)
    const sendResponse = (...args: readonly unknown[]): Promise<void> =>
      sendErrorResponse(host as ReplyHost<any>, args, owner)
    const members = { ...membersOf(owner), ...('send' in host && { sendResponse }) }
    // A class of the application may override a member.
    for (const [name, value] of Object.entries(members))
      if (!(name in owner)) Object.assign(owner, { [name]: value })
    if (app !== undefined) (owner as unknown as Mountable<unknown>).initApp(app)
    return owner
  }
  Constructor.prototype = Class.prototype as unknown
  return Constructor
}

/** The `Auth` constructor. `Bindings` is `never` in frameworks whose options do not depend on a request. */
export interface AuthConstructor<App, F extends Calls> {
  /**
   * Prepares sign-in for an application that is created later. Once you have the application, pass it to
   * `auth.initApp`. With Fastify, you can register `auth.plugin()` instead.
   *
   * It does not throw, because `initApp` checks the options.
   * @param options - Missing options are read from the environment. In Hono, you can pass a function that receives the
   *   bindings and returns the options.
   * @example const auth = new Auth({ redirectUri: 'http://localhost:3000/redirect' })
   */
  new <User, Bindings extends object = never>(
    options?: OptionsFor<AuthOptions<User>, Bindings>,
  ): Auth<User, F>
  /**
   * Mounts the routes for sign-in and sign-out, at the paths that follow from `redirectUri`.
   *
   * On Workers and in development, wrong options do not throw. Instead, the pages show the problems in development, and
   * guards on Workers respond with 503 in production.
   * @throws IdentityError `configuration` with all problems in the options, only in production and only if
   *   `strictStart` is not `false`.
   * @param app - The application, which may be a part of another one, or an Express router. `redirectUri` contains the
   *   whole path.
   * @param options - Missing options are read from the environment. In Hono, you can pass a function that receives the
   *   bindings and returns the options.
   * @example
   * ```ts
   * const app = express() // Express
   * const app = Fastify() // Fastify
   * const app = new Koa() // Koa
   * const app = new Hono() // Hono
   *
   * const auth = new Auth(app, {
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '11111111-2222-3333-4444-555555555555',
   *   clientCredential: process.env.IDENTITY_CLIENT_SECRET,
   *   redirectUri: 'http://localhost:3000/redirect',
   * })
   *
   * // Hono on Workers, with a setting from the bindings:
   * new Auth(app, (env: { readonly SECRET: string }) => ({ session: { secret: env.SECRET } }))
   * ```
   */
  new <User, Bindings extends object = never>(
    app: App,
    options?: OptionsFor<AuthOptions<User>, Bindings>,
  ): Auth<User, F>
}

/**
 * The `ApiAuth` constructor. Hono has another constructor with a type parameter, because editors would otherwise show
 * the parameter in every framework.
 */
export interface ApiAuthConstructor<App, F extends Calls> {
  /**
   * Protects an API. You do not need to pass the application to use the guards. The constructor does not throw, because the
   * first guard checks the options, as `new ApiAuth(app)` does.
   * @param options - Missing options are read from environment variables.
   * @example
   * ```ts
   * const api = new ApiAuth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   * })
   * ```
   */
  new <Issuer extends string>(options?: ApiAuthOptions<Issuer>): ApiAuth<F, Issuer>
  /**
   * Protects an API and mounts the route that describes it to clients (RFC 9728), if `resource` is set. In development,
   * wrong options do not throw. Instead, guarded routes return the problems.
   * @throws IdentityError `configuration` with all problems in the options, only in production and only if
   *   `strictStart` is not `false`.
   * @param app - The outermost application, because a mounted application only receives requests below its path.
   * @param options - Missing options are read from environment variables.
   * @example const api = new ApiAuth(app, { resource: 'https://api.contoso.com' })
   */
  new <Issuer extends string>(app: App, options?: ApiAuthOptions<Issuer>): ApiAuth<F, Issuer>
}

/** The `McpAuth` constructor. */
export interface McpAuthConstructor<App, F extends Calls> {
  /**
   * Protects an MCP server. You do not need to pass the application to use the guards. The constructor does not throw,
   * because the first guard checks the options, as `new McpAuth(app)` does.
   * @param options - Missing options are read from environment variables.
   * @example
   * ```ts
   * const mcp = new McpAuth({
   *   authority: 'https://login.microsoftonline.com/c0000000-0000-4000-8000-000000000001',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   *   resource: 'https://tools.contoso.com/mcp',
   * })
   * ```
   */
  new <Issuer extends string>(options?: McpAuthOptions<Issuer>): McpAuth<F, Issuer>
  /**
   * Protects an MCP server. It mounts the route for its metadata (RFC 9728), and responds to preflight requests from
   * browsers. In development, wrong options do not throw. Instead, guarded routes return the problems.
   * @throws IdentityError `configuration` with all problems in the options, only in production and only if
   *   `strictStart` is not `false`.
   * @param app - The outermost application, because a mounted application only receives requests below its path.
   * @param options - Missing options are read from environment variables.
   * @example const mcp = new McpAuth(app, { resource: 'https://tools.contoso.com/mcp', scopes: ['Tools.Use'] })
   */
  new <Issuer extends string>(app: App, options?: McpAuthOptions<Issuer>): McpAuth<F, Issuer>
}

function environmentsOf({ environmentsFor }: Framework<any>, options: unknown): Environments<any> {
  return environmentsFor?.(options) ?? { of: undefined, host: SERVER }
}

/** Distinguishes the two forms of a constructor. */
function readArguments(
  { method }: Framework<any>,
  [first = {}, second = {}]: readonly unknown[],
): { readonly app?: unknown; readonly options: unknown } {
  return method in (first as object) ? { app: first, options: second } : { options: first }
}

// Not a member of the classes, because editors would offer it.
const allCores = new WeakMap<object, unknown>()

/**
 * Checks the configuration when an application mounts the routes, and records that the object now has an application.
 * @throws IdentityError `configuration` with all problems, if the application must not start with them.
 */
export function startIn(owner: Auth<any> | ApiAuth, app: object): void {
  assertStart(owner, app)
  const state = authStates.get(owner)
  if (state !== undefined) state.isMounted = true
}

/**
 * @throws IdentityError `configuration` with all problems, if the application must not start with them, or if the
 *   application has another sign-in at the same place.
 */
export function assertStart(owner: object, app: object): void {
  const cores = allCores.get(owner) as Cores<WebAuth<unknown> | WebApi, unknown> | undefined
  if (cores?.isKnown !== true) return
  const core = cores.of()
  assertCanStart(core)
  if ('footprint' in core) assertApart(core.footprint, app)
}

/** Returns the internal objects of an `Auth` that gets its environment with each request. */
function websOf<Req>(auth: Auth<any>): Cores<WebAuth<any>, Req> {
  return allCores.get(auth) as Cores<WebAuth<any>, Req>
}

/** Returns the internal objects of an `ApiAuth` that gets its environment with each request. */
export function apisOf<Req>(api: ApiAuth): Cores<WebApi, Req> {
  return allCores.get(api) as Cores<WebApi, Req>
}
