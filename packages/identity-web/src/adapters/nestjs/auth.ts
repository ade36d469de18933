import { SERVER } from '../../host-traits.ts'
import {
  AuthBase,
  sendErrorResponse,
  setMounted,
  toEnvironment,
  type SendsAuthResponse,
} from '../../classes/index.ts'
import type { RegisteredUser } from '../../registered-user.ts'
import { createWebAuth, type AuthOptions, type ErrorResponseScopes } from '../../web/index.ts'
import { notConfigured } from './connection.ts'
import { HOST, type NestCalls } from './respond.ts'

/**
 * Signs in the users of a Nest application on Express or Fastify, keeps their sessions and gets their tokens.
 *
 * {@link IdentityModule} creates it and mounts its routes. Inject it into controllers.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token. TypeScript does not know them where Nest
 * injects the object, so the default is the `user` of `Register`, or else `unknown`.
 * @public
 */
export class Auth<User = RegisteredUser>
  extends AuthBase<User, NestCalls>
  implements SendsAuthResponse<NestCalls>
{
  /**
   * Prepares sign-in. {@link IdentityModule} calls it, so inject the object instead.
   *
   * It does not throw. {@link IdentityModule} checks the options.
   * @param options - Missing options are read from environment variables. If you omit `options`, every use of the
   *   object throws an error.
   * @example constructor(private readonly auth: Auth) {}
   */
  constructor(options?: AuthOptions<User>) {
    const web =
      options === undefined
        ? notConfigured('auth')
        : createWebAuth(options, toEnvironment(), SERVER)
    super(web, HOST)
    // `connectionOf` rejects requests that have not passed the module.
    setMounted(this)
  }

  sendResponse(
    ...args: [...NestCalls['route'], error: unknown, options?: ErrorResponseScopes]
  ): Promise<void> {
    return sendErrorResponse(HOST, args, this)
  }
}
