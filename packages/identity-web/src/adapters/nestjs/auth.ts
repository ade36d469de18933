import { createWebAuth, type AuthOptions, type Claims } from '../../web/index.ts'
import { AuthBase, type Calls, type Host } from '../base/auth.ts'
import { toEnvironment } from '../base/environment.ts'
import { notConfigured } from './absent.ts'
import { connectionOf, type PlatformRequest, type PlatformResponse } from './connection.ts'
import { answer } from './respond.ts'

interface NestCalls extends Calls {
  readonly route: [req: PlatformRequest, res: PlatformResponse]
  readonly request: [req: PlatformRequest]
  readonly reply: void
}

const HOST: Host<NestCalls> = {
  arity: { route: 2, request: 1 },
  answer: ([req, res], route) => answer(req, res, route),
  http: ([req]) => connectionOf(req).http,
}

/**
 * Signs the users of a Nest application in, keeps their sessions and gets their tokens: on the Express platform and on
 * the Fastify platform.
 *
 * {@link IdentityModule} makes it and mounts its routes; inject it where a request is at hand. Faults of the
 * configuration don't throw: they are logged at start and shown on the login page.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 *
 * @example
 * ```ts
 * @Controller()
 * export class HomeController {
 *   constructor(private readonly auth: Auth) {}
 *
 *   @Get()
 *   @Public()
 *   async home(@Req() req: PlatformRequest) {
 *     const user = await this.auth.getUser(req)
 *     return user === undefined ? { signIn: this.auth.loginPath } : { name: user.name }
 *   }
 * }
 * ```
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User, NestCalls> {
  /**
   * @param options - Of the module: those not given are read from the environment. Without any, for an application that
   *   is only an API, whatever is asked of this object is a `configuration` error.
   */
  constructor(options?: AuthOptions<User>) {
    super(
      options === undefined ? notConfigured('auth') : createWebAuth(options, toEnvironment()),
      HOST,
    )
    // A request that the module did not see is refused by `connectionOf`.
    AuthBase.setMounted(this)
  }
}
