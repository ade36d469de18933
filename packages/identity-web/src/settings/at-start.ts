import type { OAuthClient } from '../client/index.ts'
import type { IdentityError } from '../errors.ts'
import type { Logger } from './logger.ts'

/**
 * Tells at start what is wrong with the configuration, once.
 *
 * @param given - The logger of the options. Whoever has none yet must still learn what is missing.
 * @returns Where else to tell what is found at start.
 */
export function tellAtStart(
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

/** Loads what the first request would only then find missing: a certificate's file, a key that doesn't fit. */
export function prepareCredential({ authentication }: OAuthClient, logger: Logger): void {
  authentication?.prepare().catch((error: unknown) => {
    const { message, hint } = error as IdentityError
    logger.error?.(`identity-web: ${message}`, { hint })
  })
}
