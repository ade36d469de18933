import { ownMembers } from '../own.ts'
import { configurationError, IdentityError } from '../errors.ts'
import { prepareCredential, startEvents } from '../options/start-events.ts'
import type { HostTraits, Environment } from '../host-traits.ts'
import { buildWebAuth } from './build-web-auth.ts'
import { createServices } from './create-services.ts'
import { misconfiguredWebAuth } from './misconfigured.ts'
import type { AuthOptions } from '../options/auth-options.ts'
import { resolveOptions } from '../options/resolve-auth.ts'
import { ownCallback } from '../options/resolve-flow.ts'
import type { WebAuth } from './web-auth.ts'

/**
 * Creates the sign-in of a web application.
 *
 * Wrong options do not throw here. In production, `fatalProblems` prevents the start of a server.
 */
export function createWebAuth<User>(
  written: AuthOptions<User>,
  variables: Environment,
  host?: HostTraits,
): WebAuth<User> {
  const options = ownMembers(written)
  const resolution = resolveOptions(options, variables)
  const { resolved, pageSettings, sessionPath, warnings } = resolution
  const start = startEvents(options, resolution, { variables, host })
  if (resolved === undefined) {
    return misconfiguredWebAuth({
      ...start,
      redirectUri: [options.redirectUri, variables['IDENTITY_REDIRECT_URI']]
        .filter((uri) => uri !== undefined && URL.canParse(uri))
        .map((uri) => ownCallback(new URL(uri as string), resolution.ownOrigin))
        // `localhost:3000/redirect` is a URL with the scheme `localhost`, which does not have an origin.
        .find(({ protocol }) => /^https?:$/.test(protocol)),
      redirectPath: host?.redirectPath,
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
  if (!isUnsettled) prepareCredential(services.client, events)
  return buildWebAuth(services, resolved.routes !== false)
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
