import { createWebApi, type ApiAuthOptions } from '../../api/index.ts'
import { ApiAuthBase } from '../base/api-auth.ts'
import { toEnvironment } from '../base/environment.ts'
import { notConfigured } from './absent.ts'

/**
 * Protects the web API of a Nest application by access tokens, and gets tokens to call other APIs.
 *
 * {@link IdentityModule} makes it, and serves the API's description of itself (RFC 9728) where `resource` is set. Faults
 * of the configuration don't throw: they are logged at start, and every guarded route answers 500 with them.
 *
 * @example
 * ```ts
 * @Injectable()
 * export class NightlyJob {
 *   constructor(private readonly api: ApiAuth) {}
 *
 *   async run() {
 *     const { accessToken } = await this.api.getTokenForClient('https://graph.microsoft.com/.default')
 *     return makeReport(accessToken)
 *   }
 * }
 * ```
 * @public
 */
export class ApiAuth extends ApiAuthBase {
  /**
   * @param options - Of the module: those not given are read from the environment. Without any, for an application that
   *   is no API, whatever is asked of this object is a `configuration` error.
   */
  constructor(options?: ApiAuthOptions) {
    super(options === undefined ? notConfigured('api') : createWebApi(options, toEnvironment()))
  }
}
