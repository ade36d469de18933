import type { OAuthClient } from '../client/index.ts'
import type { IdentityError } from '../errors.ts'
import type { Logger } from './logger.ts'

/**
 * Logs the problems and the warnings of the configuration once, when the application starts.
 *
 * @param given - The logger of the options. If it is not set, the messages go to the console.
 * @returns The logger for other messages at start.
 */
export function logProblems(
  given: unknown,
  {
    problems,
    warnings = [],
  }: { readonly problems: readonly string[]; readonly warnings?: readonly string[] },
): Logger {
  const logger: Logger = typeof given === 'object' && given !== null ? given : console
  for (const warning of warnings) logger.warn?.(`identity-web: ${warning}`)
  for (const problem of problems) logger.error?.(`identity-web: ${problem}`)
  return logger
}

/** Loads the client credential, so that errors such as a missing certificate file are logged at start. */
export function prepareCredential({ authentication }: OAuthClient, logger: Logger): void {
  authentication?.prepare().catch((error: unknown) => {
    const { message, hint } = error as IdentityError
    logger.error?.(`identity-web: ${message}`, { hint })
  })
}
