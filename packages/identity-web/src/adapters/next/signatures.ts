// The types of the guards of Next.js.
import type { NextFetchEvent, NextRequest } from 'next/server.js'
import type {
  LoginContext,
  LoginRequirement,
  ScopesRequired,
  TokenContext,
} from '../../web/index.ts'
import type {
  FetchAuthorizationRequired,
  FetchEither,
  FetchLoginRequired,
  FetchMcpRequired,
} from '../base/fetch-guards.ts'

/**
 * A route handler that `route.ts` exports.
 * @typeParam Rest - The arguments that Next.js passes after the request: `{ params }`.
 * @public
 */
export type Handler<Rest extends readonly unknown[] = []> = (
  request: NextRequest,
  ...rest: Rest
) => Promise<Response>

/**
 * The requirements of a page or a server action, without the option `challenge`, because pages and actions can only
 * redirect.
 * @public
 */
export type RenderRequirement = Omit<LoginRequirement, 'challenge'>

/** A requirement of a page or a server action that needs an access token. */
type RenderScopes = RenderRequirement & Pick<ScopesRequired, 'scopes'>

/** The props that Next.js passes to a page. If the page has parameters, declare your own type. @public */
export interface PageProps {
  /** The parameters in the page's path. */
  readonly params: Promise<Readonly<Record<string, string | string[] | undefined>>>
  /** The query parameters. */
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}

// The documentation of pages and actions: an editor shows it at their signatures below too.
interface RenderGuardDocs {
  /**
   * Guards a page, which then renders only for signed-in users. The guard redirects other visitors to the provider,
   * which sends them back to the page after the sign-in. However, without the proxy, the page's path is not known, so
   * users return to the application's root.
   * @param options - The requirements, such as the scopes of one API, authentication contexts and the maximum age of the
   *   sign-in.
   * @param render - Its first argument contains the user and, if you require scopes, the token and a `fetch` that sends
   *   it.
   * @throws IdentityError `configuration` for scopes of several APIs or invalid values, when the page is loaded.
   * @throws IdentityError `access_denied` for a user without a required role, group or claim. Next.js shows
   *   `error.tsx`, which finds the code in `error.digest`. With `authInterrupts` in `next.config`, Next.js shows
   *   `forbidden.tsx` instead.
   * @example Next.js
   * ```tsx
   * export default auth.loginRequired.page(({ user }) => <h1>Hello, {user.name}</h1>)
   *
   * export default auth.loginRequired.page({ scopes: ['Mail.Read'] }, async (context, { searchParams }) => {
   *   const response = await context.fetch('https://graph.microsoft.com/v1.0/me/messages')
   *   return <Mails of={await response.json()} page={(await searchParams).page} />
   * })
   * ```
   */
  page(...given: never[]): unknown
  /**
   * Guards a server action, which then runs only for signed-in users. The guard redirects other visitors to the
   * provider, which sends them back to the page that called the action. Their input is lost, so guard the page too.
   * @param options - The requirements, such as the scopes of one API, authentication contexts and the maximum age of the
   *   sign-in.
   * @param act - Its first argument is the context. Next.js requires an `async` function.
   * @throws IdentityError `configuration` for scopes of several APIs or invalid values, when the file is loaded.
   * @throws IdentityError `access_denied` for a user without a required role, group or claim. Next.js shows
   *   `error.tsx`, which finds the code in `error.digest`. With `authInterrupts` in `next.config`, Next.js shows
   *   `forbidden.tsx` instead.
   * @example Next.js
   * ```ts
   * export const rename = auth.loginRequired.action(async ({ user }, form: FormData) => renameList(user, form))
   *
   * export const send = auth.loginRequired.action({ scopes: ['Mail.Send'] }, async ({ fetch }, form: FormData) => {
   *   await fetch('https://graph.microsoft.com/v1.0/me/sendMail', { method: 'POST', body: toMail(form) })
   * })
   * ```
   */
  action(...given: never[]): unknown
}

interface RenderGuards<User> extends RenderGuardDocs {
  page<Node, Props = PageProps>(
    options: RenderScopes,
    render: (context: TokenContext<User>, props: Props) => Node | Promise<Node>,
  ): (props: Props) => Promise<Node>
  page<Node, Props = PageProps>(
    options: RenderRequirement,
    render: (context: LoginContext<User>, props: Props) => Node | Promise<Node>,
  ): (props: Props) => Promise<Node>
  page<Node, Props = PageProps>(
    render: (context: LoginContext<User>, props: Props) => Node | Promise<Node>,
  ): (props: Props) => Promise<Node>
  action<Result, Args extends readonly unknown[] = []>(
    options: RenderScopes,
    act: (context: TokenContext<User>, ...args: Args) => Promise<Result>,
  ): (...args: Args) => Promise<Result>
  action<Result, Args extends readonly unknown[] = []>(
    options: RenderRequirement,
    act: (context: LoginContext<User>, ...args: Args) => Promise<Result>,
  ): (...args: Args) => Promise<Result>
  action<Result, Args extends readonly unknown[] = []>(
    act: (context: LoginContext<User>, ...args: Args) => Promise<Result>,
  ): (...args: Args) => Promise<Result>
}

/** The type of {@link LoginRequired.page}. @public */
export type PageRequired<User> = RenderGuards<User>['page']

/** The type of {@link LoginRequired.action}. @public */
export type ActionRequired<User> = RenderGuards<User>['action']

/**
 * Guards route handlers for signed-in users. {@link LoginRequired.page} guards pages, and {@link LoginRequired.action}
 * guards server actions.
 * @public
 */
export interface LoginRequired<User> extends FetchLoginRequired<NextRequest, User> {
  /** Guards a page. */
  readonly page: PageRequired<User>
  /** Guards a server action. */
  readonly action: ActionRequired<User>
}

/** The exports from `route.ts` for the sign-in routes. @public */
export interface Handlers {
  /** Handles sign-in, the authorization response, sign-out and front-channel logout. */
  readonly GET: Handler
  /** Handles back-channel logout, and an authorization response or a sign-out that the browser posts as a form. */
  readonly POST: Handler
  /** Forwards a request to the API that you configured with `auth.forward(path)`. */
  readonly HEAD: Handler
  /** Forwards a request to the API that you configured with `auth.forward(path)`. */
  readonly PUT: Handler
  /** Forwards a request to the API that you configured with `auth.forward(path)`. */
  readonly PATCH: Handler
  /** Forwards a request to the API that you configured with `auth.forward(path)`. */
  readonly DELETE: Handler
}

/** The guard that `auth.orBearer(api)` returns, for route handlers that accept a session or a bearer token. @public */
export type Either<User> = FetchEither<NextRequest, User>

/** The function that `proxy.ts` exports. */
export interface RequestProxy {
  /**
   * Refreshes a request's session before the page is rendered. Next.js calls this function.
   * @param request - The request.
   * @param event - The Next.js event.
   * @throws The errors that your code in the proxy throws.
   * @example export const proxy = auth.proxy
   */
  (request: NextRequest, event?: NextFetchEvent): Promise<Response>
}

/**
 * Guards API route handlers, and responds with 401 or 403 and `WWW-Authenticate` to callers without a valid access
 * token.
 *
 * @public
 */
export type AuthorizationRequired<Issuer extends string = string> = FetchAuthorizationRequired<
  NextRequest,
  Issuer
>

/**
 * Guards the endpoint of an MCP server, and responds with 401 or 403 and `WWW-Authenticate` to callers without a valid access
 * token.
 *
 * @public
 */
export type McpRequired<Issuer extends string = string> = FetchMcpRequired<NextRequest, Issuer>
