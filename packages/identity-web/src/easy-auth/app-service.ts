import type { Platform } from '../web/options/platform.ts'
import type { Environment } from '../settings/provider-options.ts'
import type { EasyAuthOptions, PlatformNames } from './options.ts'
import { optionProblems, proofProblem } from './proof.ts'
import { createSessions } from './sessions.ts'
import { createPlatformUserTokens } from './user-tokens.ts'
import { platformUrl, settingsOf } from './variables.ts'

/** Describes App Service authentication to the library. */
export function createAppService(options: EasyAuthOptions, variables: Environment): Platform {
  const problems = optionProblems(options)
  const proof = proofProblem(options, variables)
  if (proof !== undefined) problems.push(proof)
  const names: PlatformNames = {
    provider: (options.provider ?? 'aad').toLowerCase(),
    prefix: variables['WEBSITE_AUTH_API_PREFIX'] || '/.auth',
    url: platformUrl(options, variables),
  }
  const { provider, prefix } = names

  return {
    problems,
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
