import {
  assertStart,
  createAuthBase,
  sendErrorResponse,
  startIn,
  webOf,
  type AuthConstructor,
  type Mountable,
  type OrBearerAuth,
  type SendsAuthResponse,
} from '../../members/index.ts'
import type { RegisteredUser } from '../../registered-user.ts'
import type { EitherRequirement } from '../../session-or-bearer/index.ts'
import type {
  Claims,
  ErrorResponseScopes,
  LoginContext,
  LoginRequirement,
  ScopesRequired,
  TokenContext,
} from '../../web/index.ts'
import type { ApiAuth } from './api-auth.ts'
import type { GuardHook, RequirementWrapper, Wrapper } from './handlers.ts'
import { addRoutes, toPlugin, type App } from './plugin.ts'
import { authOf, setAuth } from './request-state.ts'
import { HOST, GUARDS, type FastifyCalls } from './respond.ts'

/**
 * Guards routes of signed-in users. The guard redirects other visitors to the provider, and then back to the requested
 * page. A script gets a 401 response with the login URL instead.
 * @public
 */
export interface LoginRequired<User>
  extends
    Wrapper<[options: ScopesRequired], TokenContext<User>>,
    Wrapper<[options: LoginRequirement], LoginContext<User>>,
    Wrapper<[], LoginContext<User>> {
  /**
   * Makes a hook that requires a signed-in user. It stores the context as `request.identity`.
   * @param options - The requirements, such as authentication contexts, the maximum age of the sign-in, or the scopes
   *   of one API.
   * @throws IdentityError `configuration` for scopes of several APIs or invalid values.
   * @example part.addHook('preHandler', auth.loginRequired())
   */
  (options?: LoginRequirement): GuardHook
}

/** The guard of {@link Either.required}. @public */
export type EitherRequired<User> = RequirementWrapper<EitherRequirement, User>

/**
 * Guards routes that accept a session or a bearer token. `auth.orBearer(api)` returns it.
 *
 * A request with the scheme `Bearer` is authenticated by its token alone. A cookie cannot replace a rejected token.
 * @public
 */
export interface Either<User> {
  /** Guards a route. A script without a session gets a 401 response with the login URL. */
  readonly required: EitherRequired<User>
}

const Base: AuthConstructor<App, FastifyCalls> = createAuthBase({ method: 'register', host: HOST })

/**
 * Signs in the users of a Fastify application, keeps their sessions and gets their tokens.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @public
 */
export class Auth<User = Claims>
  extends Base<User>
  implements Mountable<App>, OrBearerAuth, SendsAuthResponse
{
  initApp(app: App): this {
    assertStart(this)
    app.register(this.plugin())
    return this
  }

  /**
   * Returns a plugin that adds the routes of sign-in to the application which registers it.
   *
   * Register it before guards that are hooks. Otherwise, these hooks also guard the routes of sign-in. In a part of the
   * application with a prefix, the path of `redirectUri` must start with that prefix. It does not throw.
   * @example await app.register(auth.plugin())
   */
  plugin(): (app: object) => Promise<void> {
    return toPlugin('identity-web-auth', (app) => {
      startIn(this)
      setAuth(app, this)
      addRoutes(app, webOf(this))
    })
  }

  /** Guards a route, so that its handler runs only for signed-in users. */
  readonly loginRequired: LoginRequired<User> = (...given: readonly unknown[]) =>
    GUARDS.login(this, given)

  orBearer(api: ApiAuth): Either<User> {
    return GUARDS.orBearer(this, api)
  }

  sendResponse(
    ...args: [...FastifyCalls['route'], error: unknown, options?: ErrorResponseScopes]
  ): Promise<void> {
    return sendErrorResponse(HOST, args, this)
  }
}

/**
 * Guards a route in a file that does not have the `Auth` object. It finds the `Auth` of the request's application.
 *
 * The type of its user is the `user` of `Register`, or else `unknown`, because TypeScript does not see the `Auth`.
 * Scopes of several APIs are detected with the first request, and Fastify's error handler receives the error.
 * @example app.get('/orders', loginRequired(async (request, reply, { user }) => ordersOf(user)))
 * @public
 */
export const loginRequired: LoginRequired<RegisteredUser> = (...given: readonly unknown[]) =>
  GUARDS.loginOfRequest(given, authOf)
