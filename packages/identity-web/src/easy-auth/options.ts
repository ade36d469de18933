// The options of `easyAuth`.
import { isSecureUrl } from '../authority/index.ts'
import { A_BOOLEAN, must } from '../options/checks.ts'
import { optionTable, type OptionTable, type RowsOf } from '../options/rows.ts'

/**
 * The options of `easyAuth`.
 *
 * @example Azure Container Apps
 * ```ts
 * const options: EasyAuthOptions = { trustContainerApps: true }
 * ```
 * @public
 */
export interface EasyAuthOptions {
  /**
   * `true` accepts the platform's headers on Azure Container Apps. Set `true` only if authentication is turned on for
   * the container app, because otherwise anyone could send any user's headers. Container Apps does not tell the
   * application whether it is turned on.
   *
   * App Service and Functions do not need this option, because they set `WEBSITE_AUTH_ENABLED`.
   *
   * @defaultValue `false`
   *
   * @example
   * ```ts
   * import { easyAuth } from 'identity-web/easy-auth'
   *
   * const auth = new Auth(app, { signIn: easyAuth({ trustContainerApps: true }) })
   * ```
   */
  readonly trustContainerApps?: boolean | undefined
  /**
   * The identity provider's name in the platform's URLs, such as `/.auth/login/aad`. The name is `aad` for Entra ID and
   * External ID. For an OpenID Connect provider, it is the name that you chose. Users from another provider are treated
   * as signed out.
   *
   * @defaultValue `'aad'`
   *
   * @example
   * ```ts
   * import { easyAuth } from 'identity-web/easy-auth'
   *
   * const auth = new Auth(app, {
   *   signIn: easyAuth({ provider: 'contoso' }),
   *   oidcAuthority: 'https://login.contoso.com',
   * })
   * ```
   */
  readonly provider?: string | undefined
  /**
   * Your application's URL, at which the platform is asked to refresh tokens.
   *
   * @defaultValue the host in `WEBSITE_HOSTNAME`. On Container Apps, the container app's host.
   *
   * @example
   * ```ts
   * import { easyAuth } from 'identity-web/easy-auth'
   *
   * const auth = new Auth(app, { signIn: easyAuth({ url: 'https://app.contoso.com' }) })
   * ```
   */
  readonly url?: string | undefined
}

const ROWS: RowsOf<EasyAuthOptions> = {
  trustContainerApps: { example: 'true', check: A_BOOLEAN },
  provider: {
    example: "'aad'",
    check: must(isProviderName, "the name in the platform's URL /.auth/login/<name>"),
  },
  url: {
    example: "'https://app.contoso.com'",
    check: must(
      (value) => typeof value === 'string' && isSecureUrl(value),
      'an https:// URL (http:// only on localhost), because the session of the user is sent to it',
    ),
  },
}

/** The options of `easyAuth`. */
export const EASY_AUTH: OptionTable = optionTable('easyAuth', ROWS)

/** Returns whether a value can be a part of the platform's URLs and header names. */
export function isProviderName(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{1,60}$/.test(value)
}

/** The parts of the platform's configuration that its URLs and headers contain. */
export interface PlatformNames {
  /** The identity provider, in lower case. */
  readonly provider: string
  /** The start of the platform's paths. */
  readonly prefix: string
  /** The application's URL, or `undefined` if it is not known. */
  readonly url: string | undefined
}
