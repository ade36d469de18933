// oxlint-disable-next-line typescript/triple-slash-reference -- for programs that read nothing but this package
/// <reference path="./navigation.d.ts" />
import type { NextRequest } from 'next/server.js'
import type {
  LoginContext,
  LoginRequirement,
  ScopesRequired,
  TokenContext,
} from '../../web/index.ts'
import type { Guarded } from '../base/guards.ts'
import { currentHttpContext, httpContextOf, type Call } from './http-context.ts'

/**
 * A route handler, as `route.ts` exports it.
 *
 * @typeParam Rest - What Next.js gives it besides the request: `{ params }`.
 * @public
 */
export type Handler<Rest extends readonly unknown[] = []> = (
  request: NextRequest,
  ...rest: Rest
) => Promise<Response>

/** A route handler that runs only for those who are let in. */
export type GuardedHandler<Context, Rest extends readonly unknown[]> = (
  request: NextRequest,
  context: Context,
  ...rest: Rest
) => Response | Promise<Response>

/**
 * A route handler that runs only for a signed-in user, who is in its second argument. What it throws is Next.js' to
 * answer.
 *
 * @public
 */
export type LoginHandler<Context, Rest extends readonly unknown[] = []> = GuardedHandler<
  Context,
  Rest
>

/** What a page or a server action asks of its users. There is no `challenge`: they answer by a redirect alone. @public */
export type RenderRequirement = Omit<LoginRequirement, 'challenge'>

/** What Next.js gives a page. Name its parameters where the page has some. @public */
export interface PageProps {
  /** The parameters in the page's path. */
  readonly params: Promise<Readonly<Record<string, string | string[] | undefined>>>
  /** The query. */
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}

/**
 * Lets signed-in users see a page, and leads others to the provider and back to it.
 *
 * Its own path is known by the proxy; without it, users come back to the start.
 *
 * @param options - What the page asks of its users; nothing but a sign-in without it.
 * @param render - Renders for those who are let in.
 * @returns The page, to export as `default`.
 * @throws {@link IdentityError} `configuration`, when the page is declared, for a requirement that makes no sense.
 *
 * @example
 * ```tsx
 * export default auth.loginRequired.page({ scopes: ['Mail.Read'] }, async (context, { searchParams }) => {
 *   const { folder = 'inbox' } = await searchParams
 *   const answer = await context.fetch(`https://graph.microsoft.com/v1.0/me/mailFolders/${folder}/messages`)
 *   return <Mails of={await answer.json()} />
 * })
 * ```
 * @public
 */
export interface PageRequired<User> {
  /** With an access token for the scopes; consent is asked for on the way. */
  <Node, Props = PageProps>(
    options: RenderRequirement & Pick<ScopesRequired, 'scopes'>,
    render: (context: TokenContext<User>, props: Props) => Node | Promise<Node>,
  ): (props: Props) => Promise<Node>
  /** Without an access token. */
  <Node, Props = PageProps>(
    options: RenderRequirement,
    render: (context: LoginContext<User>, props: Props) => Node | Promise<Node>,
  ): (props: Props) => Promise<Node>
  /** With nothing to ask but that somebody is signed in. */
  <Node, Props = PageProps>(
    render: (context: LoginContext<User>, props: Props) => Node | Promise<Node>,
  ): (props: Props) => Promise<Node>
}

/**
 * Lets signed-in users run a server action, and leads others to the provider and back to the page that called it. What
 * they had filled in is gone then: the page should be guarded, too.
 *
 * @param options - What the action asks of its users; nothing but a sign-in without it.
 * @param act - Runs for those who are let in; `async`, or else Next.js does not take it for an action.
 * @returns The action, to export from a file that begins with `'use server'`.
 * @throws {@link IdentityError} `configuration`, when the action is declared, for a requirement that makes no sense.
 *
 * @example
 * ```ts
 * 'use server'
 *
 * export const rename = auth.loginRequired.action(async ({ user }, form: FormData) => {
 *   await renameList(user.sub, String(form.get('name')))
 * })
 * ```
 * @public
 */
export interface ActionRequired<User> {
  /** With an access token for the scopes; consent is asked for on the way. */
  <Result, Args extends readonly unknown[] = []>(
    options: RenderRequirement & Pick<ScopesRequired, 'scopes'>,
    act: (context: TokenContext<User>, ...args: Args) => Promise<Result>,
  ): (...args: Args) => Promise<Result>
  /** Without an access token. */
  <Result, Args extends readonly unknown[] = []>(
    options: RenderRequirement,
    act: (context: LoginContext<User>, ...args: Args) => Promise<Result>,
  ): (...args: Args) => Promise<Result>
  /** With nothing to ask but that somebody is signed in. */
  <Result, Args extends readonly unknown[] = []>(
    act: (context: LoginContext<User>, ...args: Args) => Promise<Result>,
  ): (...args: Args) => Promise<Result>
}

/**
 * Lets signed-in users through and brings others to the provider, and back to the page that they wanted: called by
 * itself for a route handler, by {@link LoginRequired.page} for a page, by {@link LoginRequired.action} for a server
 * action. Scripts that call a route handler are answered 401 with a JSON body that holds the login URL.
 *
 * @param options - What the route asks of its users; nothing but a sign-in without it.
 * @param handler - Runs for those who are let in.
 * @returns A route handler; what Next.js gives it besides the request goes to the handler.
 * @throws {@link IdentityError} `configuration`, when the route is declared: for scopes of several APIs, since an
 *   access token is for one, and for `acrs` and `maxAge` that make no sense.
 *
 * @example A route handler
 * ```ts
 * export const GET = auth.loginRequired({ scopes: ['Mail.Read'] }, (request, context) =>
 *   context.fetch('https://graph.microsoft.com/v1.0/me/messages'),
 * )
 * ```
 * @public
 */
export interface LoginRequired<User> {
  /**
   * With an access token for the scopes; consent is asked for on the way. The handler's second argument is the context.
   */
  <Rest extends readonly unknown[] = []>(
    options: ScopesRequired,
    handler: LoginHandler<TokenContext<User>, Rest>,
  ): Handler<Rest>
  /** Without an access token. */
  <Rest extends readonly unknown[] = []>(
    options: LoginRequirement,
    handler: LoginHandler<LoginContext<User>, Rest>,
  ): Handler<Rest>
  /** With nothing to ask but that somebody is signed in. */
  <Rest extends readonly unknown[] = []>(
    handler: LoginHandler<LoginContext<User>, Rest>,
  ): Handler<Rest>
  /** For a page. */
  readonly page: PageRequired<User>
  /** For a server action. */
  readonly action: ActionRequired<User>
}

/** Makes a route handler of the guard's and the route's own. */
export function protect<Context>({
  guard,
  handler,
}: Guarded<Context>): (request: NextRequest, ...rest: readonly unknown[]) => Promise<Response> {
  const own = handler as GuardedHandler<Context, readonly unknown[]>
  return async (request, ...rest) => {
    const http = await httpContextOf(request)
    const answer = await guard(http, (context) => own(request, context, ...rest))
    // From JavaScript: a handler without an answer would be served as an empty page.
    if (answer === undefined) throw new TypeError('A guarded handler returned no Response.')
    return http.finish(answer)
  }
}

/** Makes a page or a server action of the guard's function and its own. */
export function protectCall<Context>(
  call: Call,
  { guard, handler }: Guarded<Context>,
): (...args: readonly unknown[]) => Promise<unknown> {
  const own = handler as (context: Context, ...args: readonly unknown[]) => unknown
  return async (...args) => {
    let result: unknown
    const answer = await guard(await currentHttpContext(call), async (context) => {
      result = await own(context, ...args)
      return undefined
    })
    if (answer === undefined) return result
    const { redirect } = await import('next/navigation')
    // There is no other answer here; it is thrown, which is the way of Next.js.
    return redirect(answer.headers.get('location') as string)
  }
}
