import { IdentityError } from '../errors.ts'
import { configured } from './configured.ts'
import type { Logger } from '../settings/logger.ts'
import type { Environment } from '../settings/provider-options.ts'
import type { AuthOptions } from './options/options.ts'
import { resolveOptions } from './options/resolve-options.ts'
import { createRuntime, type WebRuntime } from './runtime/runtime.ts'
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
  // Whoever has no logger yet must still learn what is missing.
  const logger = typeof options.logger === 'object' ? options.logger : console
  for (const warning of warnings) logger.warn?.(`identity-web: ${warning}`)
  for (const problem of problems) logger.error?.(`identity-web: ${problem}`)
  if (resolved === undefined) return unconfigured(options, environment, problems)
  const runtime = createRuntime(resolved, environment)
  prepare(runtime, logger)
  return configured(runtime)
}

/** Loads what the first sign-in would only then find missing: a certificate's file, a key that doesn't fit. */
function prepare<User>({ client }: WebRuntime<User>, logger: Logger): void {
  client.authentication?.prepare().catch((error: unknown) => {
    const { message, hint } = error as IdentityError
    logger.error?.(`identity-web: ${message}`, { hint })
  })
}

/** The error of a guard whose `Auth` has no application: its callback would be nowhere. */
export function missingApp(): IdentityError {
  return new IdentityError(
    'configuration',
    'This Auth was never given an application. Call auth.initApp(app), or make it with new Auth(app, options).',
  )
}
