// The types of the guards of Astro.
import type {
  LoginContext,
  LoginRequirement,
  ScopesRequired,
  TokenContext,
} from '../../web/index.ts'
import type {
  EventAuthorizationRequired,
  EventEither,
  EventLoginRequired,
} from '../base/event-guards.ts'
import type { AstroContext } from './context.ts'

// The documentation of pages and actions: an editor shows it at their signatures below too.
interface PageGuardDocs {
  /**
   * Guards a page. Call this function in the first line of the page's frontmatter, so that the rest of the page runs only for
   * signed-in users. The guard redirects other visitors to the provider, which sends them back to the page after the sign-in.
   *
   * The guard needs `auth.onRequest`. It ends the page with an exception, so do not catch this exception. Call the guard in
   * pages and not in components, because Astro may have sent a part of the page before a component runs.
   * @param context - `Astro`.
   * @param options - The requirements, such as the scopes of one API, authentication contexts and the maximum age of the
   *   sign-in.
   * @returns The user and, if you require scopes, the token and a `fetch` that sends it.
   * @throws The rejection, which `auth.onRequest` handles. IdentityError `configuration` for scopes of several APIs or invalid
   *   values, or if Astro renders the page in advance.
   * @example Astro
   * ```ts
   * const { user } = await auth.loginRequired.page(Astro)
   * const { fetch } = await auth.loginRequired.page(Astro, { scopes: ['User.Read'] })
   * ```
   */
  page(...given: never[]): unknown
  /**
   * Guards the handler of an Astro action, so that it runs only for signed-in users.
   *
   * A form that posts to the action is redirected to the provider, from where the user returns to the form's page. A script's
   * call gets an `ActionError` with the code `UNAUTHORIZED` instead.
   * @param options - The requirements, such as the scopes of one API, authentication contexts and the maximum age of the
   *   sign-in.
   * @param handler - Its third argument is the user's context.
   * @throws IdentityError `configuration` for scopes of several APIs or invalid values, when the file is loaded.
   * @example Astro
   * ```ts
   * export const server = {
   *   rename: defineAction({
   *     accept: 'form',
   *     handler: auth.loginRequired.action(async (form: FormData, context, { user }) => rename(user, form)),
   *   }),
   * }
   * ```
   */
  action(...given: never[]): unknown
}

interface PageGuards<User> extends PageGuardDocs {
  page(context: AstroContext, options: ScopesRequired): Promise<TokenContext<User>>
  page(context: AstroContext, options?: LoginRequirement): Promise<LoginContext<User>>
  action<Input, Output, Context extends AstroContext = AstroContext>(
    options: ScopesRequired,
    handler: (input: Input, context: Context, identity: TokenContext<User>) => Output,
  ): (input: Input, context: Context) => Promise<Awaited<Output>>
  action<Input, Output, Context extends AstroContext = AstroContext>(
    options: LoginRequirement,
    handler: (input: Input, context: Context, identity: LoginContext<User>) => Output,
  ): (input: Input, context: Context) => Promise<Awaited<Output>>
  action<Input, Output, Context extends AstroContext = AstroContext>(
    handler: (input: Input, context: Context, identity: LoginContext<User>) => Output,
  ): (input: Input, context: Context) => Promise<Awaited<Output>>
}

/** The type of {@link LoginRequired.page}. @public */
export type PageRequired<User> = PageGuards<User>['page']

/** The type of {@link LoginRequired.action}. @public */
export type ActionRequired<User> = PageGuards<User>['action']

/** The signatures of the guard for endpoints. */
type EndpointRequired<User> = EventLoginRequired<AstroContext, AstroContext, User>

/**
 * Guards endpoints for signed-in users. {@link LoginRequired.page} guards pages, and {@link LoginRequired.action}
 * guards actions.
 * @public
 */
export interface LoginRequired<User> extends EndpointRequired<User> {
  /** Guards a page. */
  readonly page: PageRequired<User>
  /** Guards the handler of an action. */
  readonly action: ActionRequired<User>
}

/** The guard that `auth.orBearer(api)` returns, for endpoints that accept a session or a bearer token. @public */
export type Either<User> = EventEither<AstroContext, AstroContext, User>

/**
 * Guards API endpoints, and responds with 401 or 403 and `WWW-Authenticate` to callers without a valid access token.
 *
 * @public
 */
export type AuthorizationRequired<Issuer extends string = string> = EventAuthorizationRequired<
  AstroContext,
  AstroContext,
  Issuer
>
