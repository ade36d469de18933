import { createWebApi, type ApiAuthOptions, type WebApi } from '../api/index.ts'
import { SERVER } from '../host-traits.ts'
import { createMcpApi, type McpAuthOptions } from '../mcp/index.ts'
import { createWebAuth, type AuthOptions, type WebAuth } from '../web/index.ts'
import { ApiAuthBase } from './api-auth.ts'
import { AuthBase } from './auth.ts'
import { setMounted } from './auth-operation.ts'
import type { Calls, Host } from './calls.ts'
import { McpAuthBase } from './mcp-auth.ts'
import { assertCanStart } from './operation.ts'
import type { Mountable } from './app-auth.ts'
import { createCores, type Cores, type Environments, type OptionsFor } from './environment.ts'

// The constructors in frameworks with applications. The classes of a framework inherit them with their documentation.

/** The constructor of `Auth`. `Bindings` is `never` in frameworks whose options do not depend on a request. */
export interface AuthConstructor<App, C extends Calls> {
  /**
   * Prepares sign-in for an application that is created later. Pass it to `auth.initApp` then, or
   * register `auth.plugin()` with Fastify.
   *
   * It does not throw. `initApp` checks the options.
   * @param options - Missing options are read from the environment. In Hono, you can pass a function that receives
   *   the bindings and returns the options.
   * @example const auth = new Auth({ redirectUri: 'http://localhost:3000/redirect' })
   */
  new <User, Bindings extends object = never>(
    options?: OptionsFor<AuthOptions<User>, Bindings>,
  ): AuthBase<User, C>
  /**
   * Mounts the routes for sign-in and sign-out, at the paths that follow from `redirectUri`.
   *
   * On Workers, and in development, wrong options do not throw: the pages show them in development, and guards respond
   * with 503 in production.
   * @throws IdentityError `configuration` with all problems of the options, in production only, and not if
   *   `strictStart` is `false`.
   * @param app - The application, which may be a part of another one, or a router of Express. `redirectUri` contains the
   *   whole path.
   * @param options - Missing options are read from the environment. In Hono, you can pass a function that receives
   *   the bindings and returns the options.
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
  ): AuthBase<User, C>
}

/** The constructor of `ApiAuth`. Hono's has a type parameter, which editors would show in every framework. */
export interface ApiAuthConstructor<App, C extends Calls> {
  /**
   * Protects an API. You do not need to pass the application to use the guards.
   * It does not throw. The first guard checks the options, as `new ApiAuth(app)` does.
   * @param options - Missing options are read from environment variables.
   * @example
   * ```ts
   * const api = new ApiAuth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   * })
   * ```
   */
  new (options?: ApiAuthOptions): ApiAuthBase<C>
  /**
   * Protects an API and mounts the route that describes it to clients (RFC 9728), if `resource` is set.
   * In development, wrong options do not throw: guarded routes return them.
   * @throws IdentityError `configuration` with all problems of the options, in production only, and not if
   *   `strictStart` is `false`.
   * @param app - The outermost application. A mounted one only receives requests below its path.
   * @param options - Missing options are read from environment variables.
   * @example const api = new ApiAuth(app, { resource: 'https://api.contoso.com' })
   */
  new (app: App, options?: ApiAuthOptions): ApiAuthBase<C>
}

/** The constructor of `McpAuth`. */
export interface McpAuthConstructor<App, C extends Calls> {
  /**
   * Protects an MCP server. You do not need to pass the application to use the guards.
   * It does not throw. The first guard checks the options, as `new McpAuth(app)` does.
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
  new (options?: McpAuthOptions): McpAuthBase<C>
  /**
   * Protects an MCP server. It mounts the route of its metadata (RFC 9728), and responds to the preflight requests of
   * browsers.
   * In development, wrong options do not throw: guarded routes return them.
   * @throws IdentityError `configuration` with all problems of the options, in production only, and not if
   *   `strictStart` is `false`.
   * @param app - The outermost application. A mounted one only receives requests below its path.
   * @param options - Missing options are read from environment variables.
   * @example const mcp = new McpAuth(app, { resource: 'https://tools.contoso.com/mcp', scopes: ['Tools.Use'] })
   */
  new (app: App, options?: McpAuthOptions): McpAuthBase<C>
}

/** A framework with applications. */
export interface AppFramework {
  /** A method that applications have and options do not. It distinguishes the two forms of a constructor. */
  readonly method: 'use' | 'register'
  /** Returns where the environments come from. @defaultValue a server, whose process has the only environment */
  readonly environmentsFor?: (options: unknown) => Environments<any>
}

/** Creates the base class of `Auth` in a framework. */
export function createAuthBase<App, C extends Calls>(
  framework: AppFramework & { readonly host: Host<C> },
): AuthConstructor<App, C> {
  return class<User> extends AuthBase<User, C> {
    constructor(...given: readonly unknown[]) {
      const { app, options } = readArguments<App, AuthOptions<User>>(framework, given)
      const webs = createCores(options, createWebAuth<User>, environmentsOf(framework, options))
      super(webs.isKnown ? webs.of() : (request) => webs.of(request), framework.host)
      allCores.set(this, webs)
      mount(this, app, 'loginRequired')
    }
  }
}

/** Creates the base class of `McpAuth` in a framework. */
export function createMcpAuthBase<App, C extends Calls>(
  framework: AppFramework & { readonly host: Host<C> },
): McpAuthConstructor<App, C> {
  return class extends McpAuthBase<C> {
    constructor(...given: readonly unknown[]) {
      const { app, options } = readArguments<App, McpAuthOptions>(framework, given)
      const apis = createCores(options, createMcpApi, environmentsOf(framework, options))
      super((request) => apis.of(request), framework.host)
      allCores.set(this, apis)
      mount(this, app, 'authorizationRequired')
    }
  }
}

/** Creates the base class of `ApiAuth` in a framework. */
export function createApiAuthBase<App, C extends Calls>(
  framework: AppFramework & { readonly host: Host<C> },
): ApiAuthConstructor<App, C> {
  return class extends ApiAuthBase<C> {
    constructor(...given: readonly unknown[]) {
      const { app, options } = readArguments<App, ApiAuthOptions>(framework, given)
      const apis = createCores(options, createWebApi, environmentsOf(framework, options))
      super((request) => apis.of(request), framework.host)
      allCores.set(this, apis)
      mount(this, app, 'authorizationRequired')
    }
  }
}

function environmentsOf({ environmentsFor }: AppFramework, options: unknown): Environments<any> {
  return environmentsFor?.(options) ?? { of: undefined, host: SERVER }
}

/** Distinguishes the two forms of a constructor. */
function readArguments<App, Options>(
  { method }: AppFramework,
  [first = {}, second = {}]: readonly unknown[],
): { readonly app: App | undefined; readonly options: Options } {
  return method in (first as object)
    ? { app: first as App, options: second as Options }
    : { app: undefined, options: first as Options }
}

/** Binds the guard, so that applications can pass it on without the object, and mounts the routes. */
function mount<App>(owner: object, app: App | undefined, name: string): void {
  const target = owner as Mountable<App> & Readonly<Record<string, unknown>>
  const guard = target[name]
  // Fastify's guards are properties, which are set later and need not be bound.
  if (typeof guard === 'function') {
    Object.defineProperty(owner, name, { value: guard.bind(owner), writable: true })
  }
  if (app !== undefined) target.initApp(app)
}

// Not a member of the classes, because editors would offer it.
const allCores = new WeakMap<object, unknown>()

/**
 * Checks the configuration when an application mounts the routes, and records that the object has an application.
 * @throws IdentityError `configuration` with all problems, if the application must not start with them.
 */
export function startIn(owner: AuthBase<any> | ApiAuthBase): void {
  assertStart(owner)
  if (owner instanceof AuthBase) setMounted(owner)
}

/** @throws IdentityError `configuration` with all problems, if the application must not start with them. */
export function assertStart(owner: object): void {
  const cores = allCores.get(owner) as Cores<WebAuth<unknown> | WebApi, unknown> | undefined
  if (cores?.isKnown === true) assertCanStart(cores.of())
}

/** Returns the internal objects of an `Auth` that gets its environment with each request. */
export function websOf<User, Req>(auth: AuthBase<User>): Cores<WebAuth<User>, Req> {
  return allCores.get(auth) as Cores<WebAuth<User>, Req>
}

/** Returns the internal objects of an `ApiAuth` that gets its environment with each request. */
export function apisOf<Req>(api: ApiAuthBase): Cores<WebApi, Req> {
  return allCores.get(api) as Cores<WebApi, Req>
}
