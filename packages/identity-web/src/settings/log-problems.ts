import type { OAuthClient } from '../client/index.ts'
import type { IdentityError } from '../errors.ts'
import type { Logger } from './logger.ts'
import type { ConfigurationProblem } from './problems.ts'

/** What the checks of the options found. */
interface Findings {
  readonly problems: readonly ConfigurationProblem[]
  readonly warnings?: readonly string[]
}

/**
 * Logs the problems and the warnings of the configuration once, when the application starts.
 *
 * @param given - The logger of the options. If it is not set, the messages go to the console.
 * @returns The logger for other messages at start.
 */
export function logProblems(given: unknown, { problems, warnings = [] }: Findings): Logger {
  const logger: Logger = typeof given === 'object' && given !== null ? given : console
  for (const warning of warnings) logger.warn?.(`identity-web: ${warning}`)
  for (const { message } of problems) logger.error?.(`identity-web: ${message}`)
  return logger
}

/** Loads the client credential, so that errors such as a missing certificate file are logged at start. */
export function prepareCredential({ authentication }: OAuthClient, logger: Logger): void {
  authentication?.prepare().catch((error: unknown) => {
    const { message, hint } = error as IdentityError
    logger.error?.(`identity-web: ${message}`, { hint })
  })
}
