// Auth and ApiAuth for Astro.
import { createWebApi, type ApiAuthOptions } from '../../api/index.ts'
import {
  ApiAuthBase,
  apiOf,
  AuthBase,
  authorizationArguments,
  authorizationGuard,
  loginArguments,
  loginGuard,
  sessionOrBearerArguments,
  sessionOrBearerGuard,
  type OrBearerAuth,
} from '../../classes/index.ts'
import { createWebAuth, type AuthOptions, type Claims, type WebAuth } from '../../web/index.ts'
import { removeTrailingSlash } from '../base/locals.ts'
import { pathAndQuery, runRoute } from '../request-response.ts'
import { once, toVariables, type AstroContext, type Variables } from './context.ts'
import { guardPage, HOST, toAction, toApiEndpoint, toEndpoint, type Astro } from './host.ts'
import { runMiddleware, type OnRequest } from './middleware.ts'
import type { AuthorizationRequired, Either, LoginRequired } from './signatures.ts'

export * from '../base/public.ts'
export type { EventFunction, GuardedEventFunction } from '../base/event-guards.ts'
export { type IdentityLocals } from '../base/locals.ts'
export { type AstroContext, type Variables } from './context.ts'
export { type OnRequest } from './middleware.ts'
export type { AuthorizationRequired, Either, LoginRequired } from './signatures.ts'

/**
 * Signs users in to an Astro site with on-demand pages, keeps their sessions and gets their tokens.
 * @typeParam User - The type that `onLogin` returns, or the ID token's claims.
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User, Astro> implements OrBearerAuth {
  /**
   * Prepares sign-in. Export {@link Auth.onRequest} from `src/middleware.ts`.
   *
   * If options are wrong, the constructor does not throw. Instead, guards respond with 503 in production, and the pages show
   * the problems in development. The options are read at the first request, because `astro build` loads the middleware too.
   * @param options - Missing options are read from environment variables.
   * @param variables - The environment variables, by default `process.env`. Astro reads `.env` in development but does not
   *   change `process.env`, so pass `getSecret` from `astro:env/server`.
   * @example
   * ```ts
   * // src/auth.ts
   * import { getSecret } from 'astro:env/server'
   * import { Auth } from 'identity-web/astro'
   *
   * export const auth = new Auth({}, getSecret)
   *
   * // src/middleware.ts
   * export const onRequest = auth.onRequest
   *
   * // The frontmatter of src/pages/account.astro
   * const { user } = await auth.loginRequired.page(Astro)
   * ```
   */
  constructor(options: AuthOptions<User> = {}, variables?: Variables) {
    const create = (): WebAuth<User> =>
      createWebAuth(options, toVariables(variables), { adapt: removeTrailingSlash })
    super(once(create), HOST)
  }

  /**
   * The middleware, which responds to the sign-in routes and sets `Astro.locals.identity`. For a page without a guard, it
   * starts a sign-in only if the page requests an access token, and the user must act to get it.
   *
   * Responses to signed-in users are not cached.
   * @example
   * ```ts
   * // src/middleware.ts
   * export const onRequest = auth.onRequest
   *
   * // With other middleware:
   * export const onRequest = sequence(auth.onRequest, addHeaders)
   * ```
   */
  readonly onRequest: OnRequest = (context, next) => runMiddleware(this, context, next)

  /** Guards an endpoint, a page or an action, so that it runs only for signed-in users. */
  readonly loginRequired: LoginRequired<User> = Object.assign(
    (...given: readonly unknown[]) => toEndpoint(this.#route(given)),
    {
      page: (context: AstroContext, ...given: readonly unknown[]) =>
        guardPage(context, this.#route(given)),
      action: (...given: readonly unknown[]) => toAction(this.#route(given)),
    },
  ) as LoginRequired<User>

  orBearer(api: ApiAuth<any>): Either<User> {
    return {
      required: (...given: readonly unknown[]) => {
        sessionOrBearerArguments(given)
        return toEndpoint(once(() => sessionOrBearerGuard({ auth: this, api }, given)))
      },
    }
  }

  /** Checks the requirement at once, and reads the options of the `Auth` with the first request. */
  #route(given: readonly unknown[]): () => ReturnType<typeof loginGuard<User>> {
    loginArguments(given)
    return once(() => loginGuard(this, given))
  }
}

/** Protects endpoints in an Astro site with access tokens, and calls other APIs for its users. @public */
export class ApiAuth<Issuer extends string = string> extends ApiAuthBase<Astro, Issuer> {
  readonly #declared: (() => unknown)[] = []

  /**
   * Protects an API with access tokens. If options are wrong, the constructor does not throw. Instead, guards respond with 503
   * in production, and return the problems in development.
   * @param options - Missing options are read from environment variables.
   * @param variables - The environment variables, as for `Auth`, by default `process.env`.
   * @example
   * ```ts
   * // src/api.ts
   * export const api = new ApiAuth({}, getSecret)
   *
   * // src/pages/api/todos.ts
   * export const GET = api.authorizationRequired({ scopes: ['Todos.Read'] }, (context, { user }) => Response.json(user))
   * ```
   */
  constructor(options: ApiAuthOptions<Issuer> = {}, variables?: Variables) {
    super(
      once(() => createWebApi(options, toVariables(variables))),
      HOST,
    )
  }

  /**
   * The middleware that serves the API's description at `/.well-known/oauth-protected-resource` (RFC 9728), if `resource` is
   * set. Guards also work without this route.
   * @example
   * ```ts
   * // src/middleware.ts
   * export const onRequest = sequence(auth.onRequest, api.onRequest)
   * ```
   */
  readonly onRequest: OnRequest = async ({ request, isPrerendered }, next) => {
    const { url, method } = request
    const route = isPrerendered ? undefined : apiOf(this).route(pathAndQuery(url), method)
    if (route === undefined) return next()
    // The description contains the scopes of all endpoints that Astro has loaded.
    for (const declare of this.#declared) declare()
    return runRoute(request, route)
  }

  /** Guards an endpoint with access tokens. */
  readonly authorizationRequired: AuthorizationRequired<Issuer> = (
    ...given: readonly unknown[]
  ) => {
    authorizationArguments(given)
    const declare = once(() => authorizationGuard(this, given))
    this.#declared.push(declare)
    return toApiEndpoint(declare)
  }
}
