import type { EventHandler, EventHandlerRequest, H3Event } from 'h3'
import { IdentityError } from '../../errors.ts'
import {
  AuthBase,
  setMounted,
  toEnvironment,
  webOf,
  type AnyRequest,
  type EitherGuardDocs,
  type LoginGuardDocs,
  type OrBearerAuth,
} from '../../classes/index.ts'
import { ownMembers } from '../../own.ts'
import type { EitherContext, EitherRequirement } from '../../session-or-bearer/index.ts'
import {
  createWebAuth,
  type AuthOptions,
  type Claims,
  type ErrorResponseScopes,
  type LoginContext,
  type LoginRequirement,
  type ScopesRequired,
  type TokenContext,
} from '../../web/index.ts'
import { guardedPaths } from '../base/guarded-paths.ts'
import type { ApiAuth } from './api-auth.ts'
import { assertVersion, callerOf, mountPathOf, pathOf } from './event.ts'
import { httpContextOf } from './http-context.ts'
import { addPageRequest, createPageServices, type PageServices } from './page-request.ts'
import { toDefaultPageUser, type DefaultPageUser, type ForPages } from './page-user.ts'
import {
  GUARDS,
  HOST,
  markHandler,
  respond,
  toLocalReply,
  type GuardedHandler,
  type H3Calls,
  type H3Handler,
} from './respond.ts'

export type { GuardedHandler } from './respond.ts'

/** Guards event handlers of signed-in users, and redirects other visitors to the provider. @public */
export type LoginRequired<User> = LoginGuards<User>['loginRequired']

interface LoginGuards<User> extends LoginGuardDocs {
  loginRequired<Req extends EventHandlerRequest, Result>(
    options: ScopesRequired,
    handler: GuardedHandler<TokenContext<User>, Req, Result>,
  ): EventHandler<Req, Promise<Awaited<Result>>>
  loginRequired<Req extends EventHandlerRequest, Result>(
    options: LoginRequirement,
    handler: GuardedHandler<LoginContext<User>, Req, Result>,
  ): EventHandler<Req, Promise<Awaited<Result>>>
  loginRequired<Req extends EventHandlerRequest, Result>(
    handler: GuardedHandler<LoginContext<User>, Req, Result>,
  ): EventHandler<Req, Promise<Awaited<Result>>>
  loginRequired(options?: MiddlewareRequirement): EventHandler
}

/** The requirement of a guard without a handler, which is a middleware. @public */
export interface MiddlewareRequirement extends LoginRequirement {
  /**
   * The paths that the middleware guards, with all paths below them. They do not contain `app.baseURL`. The guard also runs if a
   * client writes such a path in another way, for example with `%61` or in upper case.
   *
   * @defaultValue all paths, except the routes of sign-in
   * @example
   * ```ts
   * // server/middleware/admin.ts
   * export default auth.loginRequired({ paths: ['/api/admin'], roles: ['Admin'] })
   * ```
   */
  readonly paths?: readonly string[] | undefined
}

/** Guards event handlers that accept a session or a bearer token. `auth.orBearer(api)` returns it. @public */
export interface Either<User> extends EitherGuardDocs {
  required<const Requirement extends EitherRequirement, Req extends EventHandlerRequest, Result>(
    requirement: Requirement,
    handler: GuardedHandler<EitherContext<User, Requirement>, Req, Result>,
  ): EventHandler<Req, Promise<Awaited<Result>>>
  required<Req extends EventHandlerRequest, Result>(
    handler: GuardedHandler<EitherContext<User>, Req, Result>,
  ): EventHandler<Req, Promise<Awaited<Result>>>
}

/**
 * The options of `Auth` in Nuxt.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @typeParam PageUser - The return type of `pageUser`.
 * @public
 */
export interface H3AuthOptions<
  User = Claims,
  PageUser = DefaultPageUser<User>,
> extends AuthOptions<User> {
  /**
   * Returns the user that pages get from `useIdentity()`. The browser gets this object with every page, so return only what
   * the user may read, and no tokens. It must be valid JSON.
   *
   * @defaultValue the members `name`, `given_name`, `family_name`, `preferred_username`, `email`, `picture` and `roles`
   * @example new Auth({ pageUser: ({ name, oid }) => ({ name, id: oid }) })
   */
  readonly pageUser?: ((user: User) => PageUser) | undefined
}

/**
 * Signs in the users of a Nuxt application, keeps their sessions and gets their tokens. It also works with Nitro 2 and with
 * h3 1 alone.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @typeParam PageUser - The user that pages get.
 * @public
 */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- see the interface below
export class Auth<User = Claims, PageUser = DefaultPageUser<User>>
  extends AuthBase<User, H3Calls>
  implements OrBearerAuth
{
  readonly #pages: PageServices<User>

  /**
   * Prepares sign-in. Export it as `auth` from `server/utils/auth.ts`, where the Nuxt module finds it.
   *
   * It does not throw for wrong options. In production, guards respond with 503. In development, the pages show the problems.
   * @param options - Missing options are read from the environment variables of the process.
   * @example
   * ```ts
   * // server/utils/auth.ts
   * import { Auth } from 'identity-web/h3'
   *
   * export const auth = new Auth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '11111111-2222-3333-4444-555555555555',
   *   redirectUri: 'http://localhost:3000/redirect',
   * })
   * ```
   */
  constructor({ pageUser, ...options }: H3AuthOptions<User, PageUser> = {}) {
    super(createWebAuth(options as AuthOptions<User>, toEnvironment()), HOST)
    setMounted(this)
    this.#pages = createPageServices({ auth: this, toPageUser: pageUser ?? toDefaultPageUser })
  }

  /**
   * Responds to the routes of sign-in. The Nuxt module calls it for every request. With Nitro or h3 alone, call it in your
   * first middleware.
   * @param event - Any event.
   * @returns The response, or `undefined` for paths that do not belong to sign-in.
   * @throws Errors of `onLogin` that are not an {@link IdentityError}.
   * @example app.use(defineEventHandler((event) => auth.handle(event))) // h3
   */
  async handle(event: H3Event): Promise<Response | undefined> {
    assertVersion(event)
    const web = webOf(this)
    web.location.learn(mountPathOf(event))
    const route = web.route(pathOf(event), event.method)
    if (route !== undefined) return respond(event, route)
    addPageRequest(event, this.#pages)
    return undefined
  }

  override async toResponse(
    request: AnyRequest,
    error: unknown,
    options: ErrorResponseScopes = {},
  ): Promise<Response> {
    const event = request as H3Event
    if (!('node' in event) || callerOf(event) === undefined) {
      return super.toResponse(request, error, options)
    }
    const { scopes } = options
    return toLocalReply(
      event,
      await webOf(this).toResponse(httpContextOf(event), { error, scopes }),
    )
  }

  /** Guards an event handler, so that it runs only for signed-in users. */
  readonly loginRequired: LoginRequired<User> = (...given: readonly unknown[]) => {
    const { paths, rest } = readPaths(given)
    const guarded = GUARDS.login(this, rest)
    if (given.some((each) => typeof each === 'function')) return guarded
    return openRoutes(this, guarded, paths)
  }

  orBearer(api: ApiAuth): Either<User> {
    return GUARDS.orBearer(this, api)
  }
}

/** Remembers the type of the user of pages. */
// oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type, typescript/no-unsafe-declaration-merging -- it adds a member that exists only in types
export interface Auth<User = Claims, PageUser = DefaultPageUser<User>> extends ForPages<PageUser> {}

/** Takes `paths` from the arguments of a middleware. @throws IdentityError `configuration` for invalid paths. */
function readPaths(given: readonly unknown[]): {
  readonly paths: readonly string[] | undefined
  readonly rest: readonly unknown[]
} {
  const [requirement] = given
  if (given.length !== 1 || typeof requirement !== 'object' || requirement === null) {
    return { paths: undefined, rest: given }
  }
  const { paths, ...rest } = ownMembers<MiddlewareRequirement>(requirement)
  if (paths === undefined) return { paths, rest: [rest] }
  if (!Array.isArray(paths) || paths.length === 0 || !paths.every(isPath)) {
    throw new IdentityError(
      'configuration',
      "loginRequired of identity-web/h3 requires a list of paths in paths. Each path starts with / and contains no *, because all paths below it are guarded too. Use, for example, loginRequired({ paths: ['/api/admin'] }).",
    )
  }
  return { paths, rest: [rest] }
}

function isPath(path: unknown): boolean {
  return typeof path === 'string' && path.startsWith('/') && !path.includes('*')
}

/**
 * Lets the requests for the routes of sign-in and for other paths pass a middleware. Nitro runs the middleware of the
 * application before that of the module, so that a guard of all paths would also guard the redirect URI.
 *
 * @param paths - The guarded paths. Without them, all paths are guarded.
 */
function openRoutes(
  auth: AuthBase<any>,
  guarded: H3Handler,
  paths: readonly string[] | undefined,
): H3Handler {
  const isGuarded = paths === undefined ? () => true : guardedPaths(paths)
  return markHandler((event) =>
    isGuarded(event.path) && webOf(auth).route(pathOf(event), event.method) === undefined
      ? guarded(event)
      : undefined,
  )
}
