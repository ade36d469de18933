// Auth and ApiAuth for Nuxt, Nitro and h3.
import type { H3Event } from 'h3'
import { createWebApi, type ApiAuthOptions } from '../../api/index.ts'
import {
  ApiAuthBase,
  apiOf,
  AuthBase,
  sourceOfRequest,
  toEnvironment,
  webOf,
  type AnyRequest,
  type OrBearerAuth,
} from '../../classes/index.ts'
import { configurationError } from '../../errors.ts'
import type { AdaptedOptions } from '../../host-traits.ts'
import { readMembers } from '../../own.ts'
import {
  createWebAuth,
  LOGIN_OPTIONS,
  type Claims,
  type ErrorResponseScopes,
} from '../../web/index.ts'
import { guardedPaths } from '../base/guarded-paths.ts'
import { assertVersion, callerOf, mountPathOf, pathOf } from './event.ts'
import {
  API,
  AUTH,
  HOST,
  isEvent,
  markHandler,
  respond,
  toLocalReply,
  toReply,
  type H3,
  type H3Handler,
} from './host.ts'
import { httpContextOf } from './http-context.ts'
import { addPageRequest, createPageServices, type PageServices } from './page-request.ts'
import { toDefaultPageUser, type DefaultPageUser, type ForPages } from './page-user.ts'
import type {
  AuthorizationRequired,
  Either,
  H3AuthOptions,
  LoginGuards,
  MiddlewareRequirement,
} from './signatures.ts'

export * from '../base/public.ts'
export type { GuardedHandler } from './host.ts'
export { type PageRequirement } from './page-request.ts'
export { type DefaultPageUser, type PageIdentity, type PageUserOf } from './page-user.ts'
export type {
  AuthorizationRequired,
  Either,
  H3AuthOptions,
  MiddlewareRequirement,
} from './signatures.ts'

/**
 * Signs users in to a Nuxt application, keeps their sessions and gets their tokens. It also works with Nitro 2 and with h3 1
 * alone.
 * @typeParam User - The type that `onLogin` returns, or the ID token's claims.
 * @typeParam PageUser - The user that pages get.
 * @public
 */
// oxlint-disable-next-line typescript/no-unsafe-declaration-merging -- see the interface below
export class Auth<User = Claims, PageUser = DefaultPageUser<User>>
  extends AuthBase<User, H3>
  implements OrBearerAuth
{
  readonly #pages: PageServices<User>

  /**
   * Prepares sign-in. Export the object as `auth` from `server/utils/auth.ts`, where the Nuxt module finds it.
   *
   * If options are wrong, the constructor does not throw. Instead, guards respond with 503 in production, and the pages show
   * the problems in development.
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
  constructor(options: H3AuthOptions<User, PageUser> = {}) {
    const { pageUser = toDefaultPageUser } = readMembers(options, ['pageUser'])
    const adapt = (given: AdaptedOptions): void => void delete given.pageUser
    super(createWebAuth<User>(options, toEnvironment(), { adapt }), HOST)
    this.#pages = createPageServices({ auth: this, toPageUser: pageUser })
  }

  /**
   * Responds to the sign-in routes. The Nuxt module calls it for every request, but with Nitro or h3 alone, call it in your
   * first middleware.
   * @param event - Any event.
   * @returns The response, or `undefined` for paths that do not belong to sign-in.
   * @throws Errors from `onLogin` that are not an {@link IdentityError}.
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
    if (!isEvent(request) || callerOf(request) === undefined) {
      return super.toResponse(request, error, options)
    }
    const { scopes } = options
    const response = await webOf(this).toResponse(httpContextOf(request), { error, scopes })
    return toLocalReply(request, response)
  }

  /** Guards an event handler, so that it runs only for signed-in users. */
  readonly loginRequired: LoginGuards<User>['loginRequired'] = (...given: readonly unknown[]) => {
    const { paths, rest } = readPaths(given)
    const guarded = AUTH.login(this)(...rest)
    if (given.some((each) => typeof each === 'function')) return guarded
    return openRoutes(this, guarded, paths)
  }

  orBearer(api: ApiAuth<any>): Either<User> {
    return AUTH.orBearer(this, api)
  }
}

/** Declares the user type that pages get. */
// oxlint-disable-next-line typescript/no-empty-interface, typescript/no-empty-object-type, typescript/no-unsafe-declaration-merging -- it adds a member that exists only in types
export interface Auth<User = Claims, PageUser = DefaultPageUser<User>> extends ForPages<PageUser> {}

/** Reads `paths` from a middleware's arguments. @throws IdentityError `configuration` for invalid paths. */
function readPaths(given: readonly unknown[]): {
  readonly paths: readonly string[] | undefined
  readonly rest: readonly unknown[]
} {
  const [requirement] = given
  if (given.length !== 1 || typeof requirement !== 'object' || requirement === null) {
    return { paths: undefined, rest: given }
  }
  const { paths, ...rest } = readMembers<MiddlewareRequirement>(requirement, [
    ...LOGIN_OPTIONS,
    'paths',
  ])
  if (paths === undefined) return { paths, rest: [rest] }
  if (!Array.isArray(paths) || paths.length === 0 || !paths.every(isPath)) {
    throw configurationError(
      "loginRequired of identity-web/h3 requires the option paths, which is a list of paths. Each path must start with /. Do not write a *, because the guard protects all paths below each path too. Use, for example, loginRequired({ paths: ['/api/admin'] }).",
    )
  }
  return { paths, rest: [rest] }
}

function isPath(path: unknown): boolean {
  return typeof path === 'string' && path.startsWith('/') && !path.includes('*')
}

/**
 * Lets requests pass a guarding middleware if they are for a sign-in route or a path that is not guarded. Nitro runs the
 * application's middleware before the module's, so a guard for all paths would otherwise also guard the redirect URI.
 *
 * @param paths - The guarded paths, by default all paths.
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

/** Protects a web API in Nuxt, Nitro 2 or h3 1 with access tokens, and calls other APIs for its users. @public */
export class ApiAuth<Issuer extends string = string> extends ApiAuthBase<H3, Issuer> {
  /**
   * Protects an API with access tokens. If options are wrong, the constructor does not throw. Instead, guards respond with 503
   * in production, and return the problems in development.
   * @param options - Missing options are read from the environment variables of the process.
   * @example
   * ```ts
   * // server/utils/auth.ts
   * import { ApiAuth } from 'identity-web/h3'
   *
   * export const api = new ApiAuth({
   *   authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
   *   clientId: '22222222-3333-4444-5555-666666666666',
   * })
   * ```
   */
  constructor(options: ApiAuthOptions<Issuer> = {}) {
    super(createWebApi(options, toEnvironment()), HOST)
  }

  /**
   * Serves the API's description at `/.well-known/oauth-protected-resource` (RFC 9728), if `resource` is set. Guards also
   * work without this route. It does not throw.
   * @param event - Any event.
   * @returns The response, or `undefined` for other paths.
   * @example export default defineEventHandler((event) => api.handle(event)) // server/middleware/api.ts
   */
  async handle(event: H3Event): Promise<Response | undefined> {
    const response = await apiOf(this).route(pathOf(event), event.method)?.(sourceOfRequest(event))
    return response && toReply(event, response)
  }

  /** Guards an event handler with access tokens. */
  readonly authorizationRequired: AuthorizationRequired<Issuer> = API.authorization(this)
}
