// `easyAuth()`: sign-in by Azure App Service.
import { PLATFORM, type Platform } from '../seams/platform.ts'
import type { SignInMethod } from '../seams/sign-in-way.ts'
import type { Environment } from '../host-traits.ts'
import { OptionReport } from '../options/option-report.ts'
import { readOptions } from '../options/rows.ts'
import { EASY_AUTH, isProviderName, type EasyAuthOptions, type PlatformNames } from './options.ts'
import { proofProblem } from './proof.ts'
import { createSessions } from './sessions.ts'
import { createPlatformUserTokens } from './user-tokens.ts'
import { platformUrl, settingsOf } from './variables.ts'

export type * from '../register.ts'

export type { SignInMethod } from '../seams/sign-in-way.ts'
export type { EasyAuthOptions } from './options.ts'

/**
 * Lets an `Auth` use the users whom Azure App Service authentication ("Easy Auth") has signed in, instead of signing
 * users in itself. This works on Azure App Service, Azure Functions and Azure Container Apps.
 *
 * The platform adds headers with the user to each request, and removes these headers from clients' requests. The
 * headers are read only if the platform proves that it is in front of the application: App Service and Functions set
 * `WEBSITE_AUTH_ENABLED=True`. Otherwise, the configuration has a problem, and users are not signed in.
 *
 * It does not throw. To simulate the platform on your machine, run `npx --no-install identity-web-dev easy-auth`.
 *
 * @param options - Required on Azure Container Apps, and for identity providers other than Entra ID.
 * @returns The value for `Auth({ signIn })`.
 *
 * @example
 * ```ts
 * import { Auth } from 'identity-web/express'
 * import { easyAuth } from 'identity-web/easy-auth'
 *
 * const auth = new Auth(app, { signIn: easyAuth() })
 * app.get('/', auth.loginRequired((req, res, { user }) => res.json({ hello: user.name })))
 * ```
 * @see {@link https://learn.microsoft.com/azure/app-service/overview-authentication-authorization | App Service authentication}
 * @public
 */
export function easyAuth(options: EasyAuthOptions = {}): SignInMethod {
  const own = readOptions(options, EASY_AUTH.rows)
  const method = { kind: 'platform', name: 'easyAuth()' } as const
  return Object.freeze(PLATFORM.put(method, (variables) => createAppService(own, variables)))
}

/** Describes App Service authentication to the library. */
function createAppService(options: EasyAuthOptions, variables: Environment): Platform {
  const report = new OptionReport(EASY_AUTH)
  report.check(options, options)
  const proof = proofProblem(options, variables)
  const names: PlatformNames = {
    provider: isProviderName(options.provider) ? options.provider.toLowerCase() : 'aad',
    prefix: variables['WEBSITE_AUTH_API_PREFIX'] || '/.auth',
    url: platformUrl(options, variables),
  }
  const { provider, prefix } = names

  return {
    problems: proof === undefined ? report.messages : [...report.messages, proof],
    settings: settingsOf(provider, variables),
    url: names.url,

    loginUrl({ returnTo, parameters }) {
      const query = new URLSearchParams({ post_login_redirect_uri: returnTo, ...parameters })
      return `${prefix}/login/${provider}?${query}`
    },

    logoutUrl(returnTo) {
      return `${prefix}/logout?${new URLSearchParams({ post_logout_redirect_uri: returnTo })}`
    },

    createSessions: (needs) => createSessions(names, needs),

    createUserTokens: createPlatformUserTokens,
  }
}
