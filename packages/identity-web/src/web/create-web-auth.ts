import { IdentityError } from '../errors.ts'
import { prepareCredential, tellAtStart } from '../settings/at-start.ts'
import type { Environment } from '../settings/provider-options.ts'
import { configured } from './configured.ts'
import type { AuthOptions } from './options/options.ts'
import { resolveOptions } from './options/resolve-options.ts'
import { createRuntime } from './runtime/runtime.ts'
import { unconfigured } from './unconfigured.ts'
import type { WebAuth } from './web-auth.ts'

/**
 * Makes sign-in ready. Faults of the configuration don't throw: they are logged once and shown where somebody
 * who sets the application up will look.
 */
export function createWebAuth<User>(
  options: AuthOptions<User>,
  environment: Environment,
): WebAuth<User> {
  const { resolved, problems, warnings } = resolveOptions(options, environment)
  const logger = tellAtStart(options.logger, { problems, warnings })
  if (resolved === undefined) return unconfigured(options, environment, problems)
  const runtime = createRuntime(resolved, environment)
  prepareCredential(runtime.client, logger)
  return configured(runtime)
}

/** The error of a guard whose `Auth` has no application: its callback would be nowhere. */
export function missingApp(): IdentityError {
  return new IdentityError(
    'configuration',
    'This Auth was never given an application. Call auth.initApp(app), or make it with new Auth(app, options).',
  )
}
