import { createWebApi, type ApiAuthOptions } from '../../api/index.ts'
import { SERVER } from '../../host-traits.ts'
import {
  ApiAuthBase,
  sendErrorResponse,
  toEnvironment,
  type ApiErrorScopes,
  type SendsApiResponse,
} from '../../classes/index.ts'
import { notConfigured } from './connection.ts'
import { HOST, type NestCalls } from './respond.ts'

/**
 * Protects the web API of a Nest application with access tokens, and calls other APIs for its users.
 *
 * {@link IdentityModule} creates it and mounts the route that describes the API (RFC 9728). Inject it into providers.
 * @public
 */
export class ApiAuth extends ApiAuthBase<NestCalls> implements SendsApiResponse<NestCalls> {
  /**
   * Protects an API. {@link IdentityModule} calls it, so inject the object instead.
   *
   * It does not throw. {@link IdentityModule} checks the options.
   * @param options - Missing options are read from environment variables. If you omit `options`, every use of the
   *   object throws an error.
   * @example constructor(private readonly api: ApiAuth) {}
   */
  constructor(options?: ApiAuthOptions) {
    const api =
      options === undefined ? notConfigured('api') : createWebApi(options, toEnvironment(), SERVER)
    super(api, HOST)
  }

  sendResponse(
    ...args: [...NestCalls['route'], error: unknown, options?: ApiErrorScopes]
  ): Promise<void> {
    return sendErrorResponse(HOST, args, this)
  }
}
