import { toRejectedRequest } from '../authentication/index.ts'
import { IdentityError } from '../errors.ts'
import type { Environment } from '../settings/provider-options.ts'
import { isNavigation } from './http/navigation.ts'
import { configurationPage } from './http/pages/index.ts'
import { json, page, redirect } from './http/responses.ts'
import { pathOf } from './http/routes.ts'
import { toPaths } from './options/flow.ts'
import type { AuthOptions } from './options/options.ts'
import type { WebAuth } from './web-auth.ts'

/** Replaces an `Auth` whose options have problems. All of its routes and guards show the problems. */
export function misconfiguredWebAuth<User>(
  { redirectUri, routes }: AuthOptions<User>,
  environment: Environment,
  problems: readonly string[],
): WebAuth<User> {
  const url = [redirectUri, environment['IDENTITY_REDIRECT_URI']]
    .filter((uri) => uri !== undefined && URL.canParse(uri))
    .map((uri) => new URL(uri as string))[0]
  const paths = toPaths(url)
  const showProblems = (isPage: boolean): Response =>
    isPage
      ? page(500, configurationPage(problems))
      : json(500, { error: 'configuration', problems })
  const toError = (): IdentityError => new IdentityError('configuration', problems.join(' '))
  const fail = (): never => {
    throw toError()
  }
  return {
    paths,
    // If only a redirect is possible, it leads to the login route, which shows the problems.
    guard: () => (http) => {
      if (http.redirectsOnly !== true) return showProblems(isNavigation(http))
      return url === undefined ? fail() : redirect(new URL(paths.login, url).href)
    },
    authenticate: async () => toRejectedRequest(toError()),
    toResponse: async (http, { error }) => {
      if (!IdentityError.is(error)) throw error
      return showProblems(isNavigation(http))
    },
    route: (path) =>
      routes !== false && Object.values(paths).includes(pathOf(path))
        ? () => Promise.resolve(showProblems(true))
        : undefined,
    login: () => Promise.resolve(showProblems(true)),
    completeLogin: () => Promise.resolve(showProblems(true)),
    logout: () => Promise.resolve(showProblems(true)),
    frontChannelLogout: () => Promise.resolve(showProblems(false)),
    backChannelLogout: () => Promise.resolve(showProblems(false)),
    revokeSessions: async () => fail(),
    getUser: () => Promise.resolve(undefined),
    refreshAhead: () => Promise.resolve(),
    getTokenForUser: async () => fail(),
    getTokenForClient: async () => fail(),
    getEditProfileUrl: () => Promise.resolve(undefined),
  }
}
