import { IdentityError } from '../errors.ts'
import { prepareCredential, logProblems } from '../settings/log-problems.ts'
import type { Environment } from '../settings/provider-options.ts'
import { buildWebAuth } from './build-web-auth.ts'
import { createServices } from './create-services.ts'
import { misconfiguredWebAuth } from './misconfigured.ts'
import type { AuthOptions } from './options/options.ts'
import { resolveOptions } from './options/resolve-options.ts'
import type { WebAuth } from './web-auth.ts'

/**
 * Creates the sign-in of a web application.
 *
 * Wrong options do not throw. The problems are logged once, and the pages of sign-in show them.
 */
export function createWebAuth<User>(
  options: AuthOptions<User>,
  environment: Environment,
): WebAuth<User> {
  const { resolved, problems, warnings } = resolveOptions(options, environment)
  const logger = logProblems(options.logger, { problems, warnings })
  if (resolved === undefined) return misconfiguredWebAuth(options, environment, problems)
  const services = createServices(resolved, environment)
  prepareCredential(services.client, logger)
  return buildWebAuth(services, resolved.routes !== false)
}

/** Returns the error of a guard whose `Auth` is not mounted on an application. */
export function missingApp(): IdentityError {
  return new IdentityError(
    'configuration',
    'This Auth has no application. Call auth.initApp(app), or create it with new Auth(app, options).',
  )
}
