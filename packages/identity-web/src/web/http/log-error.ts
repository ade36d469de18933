import type { IdentityError } from '../../errors.ts'
import type { Logger } from '../options/options.ts'

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
