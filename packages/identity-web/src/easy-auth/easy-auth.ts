import { definePlatform, type PlatformSignIn } from '../web/options/platform.ts'
import { createAppService } from './app-service.ts'

export type { PlatformSignIn } from '../web/options/platform.ts'

/**
 * The options of {@link easyAuth}.
 *
 * @example Azure Container Apps
 * ```ts
 * const options: EasyAuthOptions = { trustContainerApps: true }
 * ```
 * @public
 */
export interface EasyAuthOptions {
  /**
   * Whether to accept the headers of the platform on Azure Container Apps. Set it only if authentication is turned on for the
   * container app. Container Apps does not tell the application whether it is, so without authentication, everyone could send
   * the headers and be any user.
   *
   * App Service and Functions do not need it, because they set `WEBSITE_AUTH_ENABLED`.
   *
   * @defaultValue `false`
   * @example new Auth(app, { signIn: easyAuth({ trustContainerApps: true }) })
   */
  readonly trustContainerApps?: boolean | undefined
  /**
   * The name of the identity provider in the URLs of the platform, such as `/.auth/login/aad`. It is `aad` for Entra ID and
   * External ID. An OpenID Connect provider has the name that you gave it. Users who signed in with another provider are not
   * signed in.
   *
   * @defaultValue `'aad'`
   * @example new Auth(app, { signIn: easyAuth({ provider: 'contoso' }), oidcAuthority: 'https://login.contoso.com' })
   */
  readonly provider?: string | undefined
  /**
   * The URL of the application, at which the library asks the platform to refresh tokens.
   *
   * @defaultValue the host in `WEBSITE_HOSTNAME`. On Container Apps, the host of the container app.
   * @example new Auth(app, { signIn: easyAuth({ url: 'https://app.contoso.com' }) })
   */
  readonly url?: string | undefined
}

/**
 * Lets an `Auth` use the users whom Azure App Service authentication ("Easy Auth") has signed in, instead of signing users in
 * itself. It works on Azure App Service, Azure Functions and Azure Container Apps.
 *
 * The platform adds the user to each request in headers, which it removes from requests of clients. The library reads these headers
 * only if the platform proves that it is in front of the application: App Service and Functions set
 * `WEBSITE_AUTH_ENABLED=True`. Otherwise, the configuration has a problem, and no user is signed in.
 *
 * On your machine, `npx identity-web-dev easy-auth` plays the platform.
 *
 * @param options - Needed on Azure Container Apps, and for other identity providers than Entra ID.
 * @returns The value of `Auth({ signIn })`.
 *
 * @example
 * ```ts
 * import { Auth } from 'identity-web/express'
 * import { easyAuth } from 'identity-web/easy-auth'
 *
 * const auth = new Auth(app, { signIn: easyAuth() })
 * app.get('/', auth.loginRequired((req, res, { user }) => res.send(`Hello, ${user.name}`)))
 * ```
 * @see {@link https://learn.microsoft.com/azure/app-service/overview-authentication-authorization | App Service authentication}
 * @public
 */
export function easyAuth(options: EasyAuthOptions = {}): PlatformSignIn {
  return definePlatform('easyAuth()', (variables) => createAppService(options, variables))
}
