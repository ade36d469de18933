// Members whose types differ by framework.
import type { AuthorizationRequirement } from '../api/index.ts'
import type { ErrorResponseScopes } from '../web/index.ts'
import type { Calls } from './calls.ts'

// The members whose types differ by framework, with their documentation. A class declares one of them as
// `declare readonly initApp: Mountable<App, this>['initApp']`, so that an editor shows the documentation at a call too. It
// implements the interface, so that an editor shows it at the name.

/** An `Auth` or an `ApiAuth` whose routes can be mounted on an application later. */
export interface Mountable<App, Owner = unknown> {
  /**
   * Mounts the routes on an application that was created after this object, and returns this object.
   *
   * Call this method before you declare your own routes. Until this call, `Auth` guards fail with a `configuration` error.
   * `ApiAuth` guards do not need the routes.
   * @param app - The application. If it is mounted below a path, `redirectUri` must contain the whole path.
   * @throws IdentityError `configuration` with all problems, in production only, and not if `strictStart` is `false`.
   * @example Express, Fastify, Koa, Hono
   * ```ts
   * const auth = new Auth({ redirectUri: 'http://localhost:3000/redirect' })
   *
   * auth.initApp(app)
   * ```
   */
  initApp(app: App): Owner
}

/** The signatures of the `Auth` guard. */
export interface LoginGuardDocs {
  /**
   * Guards a route: its handler runs only for signed-in users. The guard redirects other visitors to the provider, which sends
   * them back to the requested page after the sign-in. A script gets a 401 response with the login URL instead.
   *
   * With scopes, the handler gets an access token and a `fetch` that sends it. If the user must consent to the scopes, the
   * guard redirects the user to the provider first. Without a handler, this is a middleware that stores the context as
   * `req.identity`, `ctx.state.identity` or `c.var.identity`. A signed-in user who lacks a role, a group or a claim gets a
   * page with the status 403, and a script gets JSON.
   * @param options - The users who may see the route, the scopes of an access token for one API, and the requirements for their
   *   sign-in.
   * @param handler - Runs for signed-in users, with the framework's arguments and then the context.
   * @throws IdentityError `configuration` for scopes of several APIs or invalid values, when you declare the route. On Workers,
   *   the first request passes the error for several APIs to `app.onError`.
   * @example
   * ```ts
   * app.get('/', auth.loginRequired((req, res, { user }) => res.json({ hello: user.name }))) // Express
   * router.get('/', auth.loginRequired((ctx, { user }) => void (ctx.body = `Hello, ${user.name}`))) // Koa
   * app.get('/', auth.loginRequired((c, { user }) => c.text(`Hello, ${user.name}`))) // Hono
   * export const GET = auth.loginRequired((request, { user }) => Response.json(user)) // Next.js, fetch
   *
   * const options = { scopes: ['Mail.Read'] }
   * const url = 'https://graph.microsoft.com/v1.0/me/messages'
   * app.get('/mail', auth.loginRequired(options, async (req, res, { fetch }) => res.json(await read(fetch(url))))) // Express
   * router.get('/mail', auth.loginRequired(options, async (ctx, { fetch }) => void (ctx.body = await read(fetch(url))))) // Koa
   * app.get('/mail', auth.loginRequired(options, async (c, { fetch }) => c.json(await read(fetch(url))))) // Hono
   * export const GET = auth.loginRequired(options, (request, { fetch }) => fetch(url)) // Next.js, fetch
   *
   * app.use('/account', auth.loginRequired(), accountRouter) // Express
   * account.use(auth.loginRequired()) // Koa
   * app.use('/account/*', auth.loginRequired()) // Hono
   * ```
   */
  loginRequired(...given: never[]): unknown
}

/** The `ApiAuth` guard's documentation. `McpAuth` has the same signatures. */
export interface AuthorizationGuardDocs {
  /**
   * Guards an API route: its handler runs only for callers with a valid access token. Other callers get a 401 or 403 response
   * with `WWW-Authenticate` and a JSON body.
   *
   * Without a requirement, any user's token with a scope of this API is sufficient, but applications need `appPermissions`.
   * Without a handler, this is a middleware that stores the context as `req.identity`, `ctx.state.identity` or
   * `c.var.identity`. The `McpAuth` guard checks the headers `Host` and `Origin` first, requires the scopes in its option
   * `scopes`, and sets `req.auth`, which the official SDK reads.
   * @param requirement - The requirements for a user's token, and the app permissions that an application's token needs.
   * @param handler - Runs for authorized callers, with the framework's arguments and then the context.
   * @throws IdentityError `configuration` for an invalid requirement, when you declare the route. On Workers, the first request
   *   passes this error to `app.onError`.
   * @example
   * ```ts
   * const requirement = { scopes: ['Todos.Read'] }
   * app.get('/todos', api.authorizationRequired(requirement, (req, res, { user }) => res.json(user))) // Express
   * router.get('/todos', api.authorizationRequired(requirement, (ctx, { user }) => void (ctx.body = user))) // Koa
   * app.get('/todos', api.authorizationRequired(requirement, (c, { user }) => c.json(user))) // Hono
   * export const GET = api.authorizationRequired(requirement, (request, { user }) => Response.json(user)) // Next.js, fetch
   *
   * app.use('/admin', api.authorizationRequired({ roles: ['Admin'] }), adminRouter) // Express
   * admin.use(api.authorizationRequired({ roles: ['Admin'] })) // Koa
   * app.use('/admin/*', api.authorizationRequired({ roles: ['Admin'] })) // Hono
   * ```
   */
  authorizationRequired(...given: never[]): unknown
}

/** The member `orBearer` of `Auth`, whose types differ by framework. */
export interface OrBearerAuth<Api = never, Guards = unknown> {
  /**
   * Guards routes that accept a session or a bearer token, so that your pages and API clients can call the same routes.
   * It does not throw.
   * @param api - Authenticates requests whose `Authorization` header has the scheme `Bearer`.
   * @example
   * ```ts
   * app.get('/me', auth.orBearer(api).required((req, res, { claims }) => res.json(claims))) // Express
   * app.get('/me', auth.orBearer(api).required(async (request, reply, { claims }) => claims)) // Fastify
   * router.get('/me', auth.orBearer(api).required((ctx, { claims }) => void (ctx.body = claims))) // Koa
   * app.get('/me', auth.orBearer(api).required((c, { claims }) => c.json(claims))) // Hono
   * export const GET = auth.orBearer(api).required((request, { claims }) => Response.json(claims)) // Next.js, fetch
   * ```
   */
  orBearer(api: Api): Guards
}

/** The documentation of the guard for sessions and bearer tokens. The guard's types differ by framework. */
export interface EitherGuardDocs {
  /**
   * Guards a route that accepts a session or a bearer token. `context.kind` is `'session'` or `'bearer'`. If the
   * `Authorization` header has the scheme `Bearer`, only the token can authenticate the request. A script without a session
   * gets a 401 response with the login URL.
   *
   * Every user must satisfy `roles`, `groups`, `claims` and `acrs`, with a session or with a token. Without a requirement, a
   * session or a user's token with a scope of this API is sufficient.
   * @param requirement - The requirement for users, and the requirements that apply only to sessions or only to access tokens.
   * @param handler - Runs for authenticated requests, with the framework's arguments and then the context.
   * @throws IdentityError `configuration` for an invalid requirement, when you declare the route.
   * @example
   * ```ts
   * const requirement = { authorization: { scopes: ['Todos.Read'] } }
   * app.get('/todos', auth.orBearer(api).required(requirement, (req, res, { claims }) => res.json(claims))) // Express
   * router.get('/todos', auth.orBearer(api).required(requirement, (ctx, { claims }) => void (ctx.body = claims))) // Koa
   * app.get('/todos', auth.orBearer(api).required(requirement, (c, { claims }) => c.json(claims))) // Hono
   * export const GET = auth.orBearer(api).required(requirement, (request, { claims }) => Response.json(claims)) // Next.js, fetch
   * ```
   */
  required(...given: never[]): unknown
}

/** The member `sendResponse` of `Auth`, in frameworks whose handlers do not return a `Response`. */
export interface SendsAuthResponse<F extends Calls> {
  /**
   * Sends the response of `auth.toResponse` through the framework. Use it in an error handler.
   * @param args - The request and the response, as your handler receives them, the error, and the scopes that the sign-in
   *   requests.
   * @returns A promise that resolves after the framework has received the response.
   * @throws The error itself, if it is not an {@link IdentityError}, or if the response was sent already.
   * @example
   * ```ts
   * app.use((error, req, res, next) => auth.sendResponse(req, res, error).catch(next)) // Express
   * app.setErrorHandler((error, request, reply) => auth.sendResponse(request, reply, error)) // Fastify
   * app.use((ctx, next) => next().catch((error) => auth.sendResponse(ctx, error))) // Koa
   * catch(error, host) { return auth.sendResponse(req, res, error) } // NestJS, in an exception filter
   * ```
   */
  sendResponse(
    ...args: [...F['route'], error: unknown, options?: ErrorResponseScopes]
  ): Promise<void>
}

/** The options for `api.toResponse`. @public */
export interface ApiErrorScopes {
  /**
   * Scopes of this API that the client must request, as a list or a space-separated string.
   *
   * @defaultValue for an error from `authenticate()`, the scopes of its requirement. For other errors, the option `scopes` of
   *   `McpAuth`, and no scopes for `ApiAuth`
   * @example await api.toResponse(req, error, { scopes: ['Todos.Read'] })
   */
  readonly scopes?: string | readonly string[] | undefined
}

/** The member `sendResponse` that `ApiAuth` and `McpAuth` have, in frameworks whose handlers do not return a `Response`. */
export interface SendsApiResponse<F extends Calls> {
  /**
   * Sends the response of `api.toResponse` through the framework. Use it in an error handler.
   * @param args - The request and the response, as your handler receives them, the error, and the scopes that the client must
   *   request.
   * @returns A promise that resolves after the framework has received the response.
   * @throws The error itself, if it is not an {@link IdentityError}, or if the response was sent already.
   * @example
   * ```ts
   * app.use((error, req, res, next) => api.sendResponse(req, res, error).catch(next)) // Express
   * app.setErrorHandler((error, request, reply) => api.sendResponse(request, reply, error)) // Fastify
   * app.use((ctx, next) => next().catch((error) => api.sendResponse(ctx, error))) // Koa
   * catch(error, host) { return api.sendResponse(req, res, error) } // NestJS, in an exception filter
   * ```
   */
  sendResponse(...args: [...F['route'], error: unknown, options?: ApiErrorScopes]): Promise<void>
}

/** The `Auth` documentation for frameworks with applications. */
export interface AppAuth<App> extends Mountable<App>, LoginGuardDocs, OrBearerAuth {}

/** The `McpAuth` guard. */
export interface McpGuardDocs {
  /**
   * Guards the endpoint of an MCP server: its handler runs only for callers with a valid access token. Other callers get a
   * 401 or 403 response with `WWW-Authenticate`, from which MCP clients find out how to sign in.
   *
   * The guard first checks the headers `Host` and `Origin`. A user's token needs the scopes of the option `scopes`, unless the
   * requirement has its own `scopes`, and applications need `appPermissions`.
   *
   * The guard sets `req.auth`, which the official SDK reads. Without a handler, this is a middleware that also stores the
   * context as `req.identity`, `ctx.state.identity` or `c.var.identity`.
   * @param requirement - The requirements for a user's token, and the app permissions that an application's token needs.
   * @param handler - Runs for authorized callers, with the framework's arguments and then the context, which contains
   *   `authInfo`.
   * @throws IdentityError `configuration` for an invalid requirement, when you declare the route. On Workers, the first request
   *   passes this error to `app.onError`.
   * @example
   * ```ts
   * app.all('/mcp', mcp.authorizationRequired((req, res) => toNodeHandler(handler)(req, res))) // Express
   * router.all('/mcp', mcp.authorizationRequired((ctx) => ((ctx.respond = false), toNodeHandler(handler)(ctx.req, ctx.res)))) // Koa
   * app.all('/mcp', mcp.authorizationRequired((c, { authInfo }) => handler.fetch(c.req.raw, { authInfo }))) // Hono
   * export const POST = mcp.authorizationRequired((request, { authInfo }) => handler.fetch(request, { authInfo })) // Next.js, fetch
   * ```
   */
  authorizationRequired(...given: never[]): unknown
}

/** The `McpAuth` documentation for frameworks with applications. */
export interface AppMcp<App> extends Mountable<App>, McpGuardDocs {}

/** The `ApiAuth` documentation for frameworks with applications. */
export interface AppApi<App> extends Mountable<App>, AuthorizationGuardDocs {}

/**
 * The type of a requirement without unknown properties, which a type parameter alone would accept, and without empty values,
 * which the guard rejects.
 */
export type Exactly<Requirement, Base = AuthorizationRequirement> = Base &
  NeedsIssuer<Requirement, Base> & {
    readonly [Name in keyof Requirement]: Name extends keyof Base
      ? NotEmpty<Requirement[Name]>
      : never
  }

/** With several issuers, names and claims that each of them can give need one of the issuers. */
type NeedsIssuer<Requirement, Base> = [
  Extract<keyof Requirement, 'roles' | 'groups' | 'appPermissions' | 'claims' | 'acrs'>,
] extends [never]
  ? unknown
  : Base extends { readonly issuer?: infer Issuer extends string }
    ? true extends IsUnion<Issuer>
      ? { readonly issuer: Issuer }
      : unknown
    : unknown

type IsUnion<T, All = T> = T extends unknown ? ([All] extends [T] ? never : true) : never

/** The issuer's name, in the context of an API whose option `issuers` has known names. */
export type OfIssuer<Issuer extends string | undefined> = string extends Issuer
  ? unknown
  : { readonly issuer: Exclude<Issuer, undefined> }

type NotEmpty<Value> = Value extends
  | ''
  | readonly []
  | { readonly anyOf: '' | readonly [] }
  | { readonly allOf: readonly [] }
  ? never
  : Value
