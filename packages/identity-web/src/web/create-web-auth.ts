// Resolves the options, and then builds or replaces the Auth.
import { configurationError, IdentityError } from '../errors.ts'
import { REDIRECT_URI_EXAMPLE } from '../options/problems.ts'
import { prepareCredential, startEvents } from '../options/start-events.ts'
import type { HostTraits, Environment } from '../host-traits.ts'
import { buildWebAuth } from './build-web-auth.ts'
import { createServices } from './create-services.ts'
import { misconfiguredWebAuth } from './misconfigured.ts'
import { AUTH, type AuthOptions } from '../options/auth-options.ts'
import { resolveOptions, type ResolvedOptions } from '../options/resolve-auth.ts'
import { ownCallback } from '../options/resolve-site.ts'
import { readOptions } from '../options/rows.ts'
import type { WebAuth } from './web-auth.ts'

/**
 * Creates the sign-in of a web application.
 *
 * Wrong options do not throw here. In production, `fatalProblems` prevents the start of a server.
 */
export function createWebAuth<User>(
  written: AuthOptions<User>,
  variables: Environment,
  host: HostTraits = {},
): WebAuth<User> {
  const options = readOptions(written, AUTH.rows)
  host.adapt?.(options)
  const { redirectUriExample = REDIRECT_URI_EXAMPLE } = host
  const resolution = resolveOptions(options, variables)
  const { resolved, pageSettings, sessionPath, warnings } = resolution
  // The options have the redirect URI of a server.
  const adapt = (text: string): string => text.replaceAll(REDIRECT_URI_EXAMPLE, redirectUriExample)
  const problems = resolution.problems.map((problem) => ({
    ...problem,
    message: adapt(problem.message),
    ...(problem.example !== undefined && { example: adapt(problem.example) }),
  }))
  const start = startEvents(options, { ...resolution, problems }, { variables, host })
  if (resolved === undefined) {
    return misconfiguredWebAuth({
      ...start,
      redirectUri: [options.redirectUri, variables['IDENTITY_REDIRECT_URI']]
        .filter((uri) => uri !== undefined && URL.canParse(uri))
        .map((uri) => ownCallback(new URL(uri as string), resolution.ownOrigin))
        // `localhost:3000/redirect` is a URL with the scheme `localhost`, which does not have an origin.
        .find(({ protocol }) => /^https?:$/.test(protocol)),
      redirectUriExample,
      hasRoutes: options.routes !== false,
      pageSettings,
      sessionPath,
      warnings,
      options,
      variables,
    })
  }
  const { events, isUnsettled } = start
  const services = createServices(resolved, { events, variables })
  if (!isUnsettled) prepareCredential(services.provider.client, events)
  const web = buildWebAuth(services, resolved.routes !== false)
  return { ...web, footprint: footprintOf(resolved) }
}

function footprintOf<User>(options: ResolvedOptions<User>): readonly string[] {
  const { clientId, site, routes, session } = options
  const uri = site.signIn.kind === 'code' ? site.signIn.redirectUri : undefined
  const [where, at] = uri ? [`, redirectUri: '${uri}'`, ` at ${new URL(uri).hostname}`] : ['', '']
  const paths = [site.paths.callback, ...(Object.values(site.paths) as string[])]
  return [
    `Auth({ clientId: '${clientId}'${where} })`,
    ...(routes === false ? [] : paths.map((path) => `the path ${path}`)),
    ...(site.signIn.kind === 'platform' ? [] : [`the cookie ${session.cookieName}${at}`]),
  ]
}

/** Returns the error for a stand-alone guard in an application that does not have an `Auth`. */
export function missingAuth(framework: string): IdentityError {
  return configurationError(
    `loginRequired of identity-web/${framework} found no Auth in the application of this request. Call new Auth(app, options) or auth.initApp(app) with this application before you declare its routes. You can also use auth.loginRequired() of your Auth instead.`,
  )
}

/** Returns the error for a guard whose `Auth` is not mounted on an application. */
export function missingApp(): IdentityError {
  return configurationError(
    'This Auth has no application. Call auth.initApp(app), or create the Auth with new Auth(app, options).',
  )
}
