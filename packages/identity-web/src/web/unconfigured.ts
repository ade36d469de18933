import { IdentityError } from '../errors.ts'
import { json, page, redirect } from './http/answers.ts'
import { isNavigation } from './http/navigation.ts'
import { configurationPage } from './http/pages/index.ts'
import type { Environment } from '../settings/provider-options.ts'
import type { AuthOptions } from './options/options.ts'
import { pathOf, toPaths } from './options/paths.ts'
import type { WebAuth } from './web-auth.ts'

/** Stands in for an `Auth` whose configuration has faults: every way in shows them. */
export function unconfigured<User>(
  { redirectUri = '', routes }: AuthOptions<User>,
  environment: Environment,
  problems: readonly string[],
): WebAuth<User> {
  const known = [redirectUri, environment['IDENTITY_REDIRECT_URI'] ?? ''].find((uri) =>
    URL.canParse(uri),
  )
  const paths = toPaths(known)
  const answer = (navigation: boolean): Response =>
    navigation
      ? page(500, configurationPage(problems))
      : json(500, { error: 'configuration', problems })
  const refuse = (): never => {
    throw new IdentityError('configuration', problems.join(' '))
  }
  return {
    paths,
    // Where only a redirect will do, the login route shows them.
    guard: () => (http) => {
      if (http.redirectsOnly !== true) return answer(isNavigation(http))
      return known === undefined ? refuse() : redirect(new URL(paths.login, known).href)
    },
    route: (url) =>
      routes !== false && Object.values(paths).includes(pathOf(url))
        ? () => Promise.resolve(answer(true))
        : undefined,
    login: () => Promise.resolve(answer(true)),
    completeLogin: () => Promise.resolve(answer(true)),
    logout: () => Promise.resolve(answer(true)),
    frontChannelLogout: () => Promise.resolve(answer(false)),
    backChannelLogout: () => Promise.resolve(answer(false)),
    revokeSessions: async () => refuse(),
    getUser: () => Promise.resolve(undefined),
    renew: () => Promise.resolve(),
    getTokenForUser: async () => refuse(),
    getTokenForClient: async () => refuse(),
    getEditProfileUrl: () => Promise.resolve(undefined),
  }
}
