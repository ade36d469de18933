import type { IdentityError } from '../errors.ts'

/** Receives what happens, never a token or a secret. `console` fits. @public */
export interface Logger {
  /**
   * What developers look at.
   *
   * @param message - A sentence without anything secret.
   * @param details - Values beside it, by name.
   */
  debug?(message: string, details?: object): void
  /**
   * What went as it should: sign-ins, refusals by users.
   *
   * @param message - A sentence without anything secret.
   * @param details - Values beside it, by name.
   */
  info?(message: string, details?: object): void
  /**
   * What somebody should look at.
   *
   * @param message - A sentence without anything secret.
   * @param details - Values beside it, by name: code, hint, correlation id.
   */
  warn?(message: string, details?: object): void
  /**
   * Faults of the configuration and of the application's own functions.
   *
   * @param message - A sentence without anything secret.
   * @param details - Values beside it, by name.
   */
  error?(message: string, details?: object): void
}

type Level = 'info' | 'warn'

/**
 * Logs an error with all that its operator can go by: hint, the provider's codes, the id that its support asks for.
 *
 * @param level - By default `info` for what users and callers did, `warn` for what somebody should look at.
 */
export function logError(
  { logger }: { readonly logger: Logger },
  { code, message, hint, error, suberror, errorCodes, correlationId }: IdentityError,
  level: Level = code === 'access_denied' || code === 'invalid_request' ? 'info' : 'warn',
): void {
  logger[level]?.(message, { code, hint, error, suberror, errorCodes, correlationId })
}
