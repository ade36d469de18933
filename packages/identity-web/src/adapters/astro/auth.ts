import {
  AuthBase,
  loginArguments,
  loginGuard,
  sessionOrBearerArguments,
  sessionOrBearerGuard,
  setMounted,
  type OrBearerAuth,
} from '../../classes/index.ts'
import { createWebAuth, type AuthOptions, type Claims, type WebAuth } from '../../web/index.ts'
import { withoutTrailingSlash } from '../base/base-path.ts'
import type { EventEither } from '../base/event-guards.ts'
import { once } from '../base/once.ts'
import type { ApiAuth } from './api-auth.ts'
import { toVariables, type AstroContext, type Variables } from './context.ts'
import type { LoginRequired } from './login-required.ts'
import { runMiddleware, type OnRequest } from './middleware.ts'
import { guardPage, HOST, toAction, toEndpoint, type AstroCalls } from './respond.ts'

/** Guards endpoints that accept a session or a bearer token. `auth.orBearer(api)` returns it. @public */
export type Either<User> = EventEither<AstroContext, AstroContext, User>

/**
 * Signs in the users of an Astro site with on-demand pages, keeps their sessions and gets their tokens.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User, AstroCalls> implements OrBearerAuth {
  /**
   * Prepares sign-in. Export {@link Auth.onRequest} from `src/middleware.ts`.
   *
   * It does not throw for wrong options. In production, guards respond with 503. In development, the pages show the problems. The
   * options are read with the first request, because `astro build` loads the middleware too.
   * @param options - Missing options are read from environment variables.
   * @param variables - The environment variables. Astro reads `.env` in development, but does not change `process.env`, so pass
   *   `getSecret` of `astro:env/server`. The default is `process.env`.
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
      createWebAuth(withoutTrailingSlash(options), toVariables(variables))
    super(once(create), HOST)
    setMounted(this)
  }

  /**
   * The middleware, which responds to the routes of sign-in and sets `Astro.locals.identity`. It never starts a sign-in for a page
   * without a guard, unless the page needs an access token that only the user can give.
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

  orBearer(api: ApiAuth): Either<User> {
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
