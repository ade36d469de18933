/** The pause in seconds if a response does not name a pause that can be used. */
const DEFAULT_PAUSE = 5
/** Seconds. A provider must not be able to block users for longer. */
const MAX_PAUSE = 3600

/**
 * Reads the pause after which a request may be repeated (RFC 9110, section 10.2.3).
 *
 * @returns Seconds, from 0 to 3600. A value that is missing, wrong or in the past counts as 5 seconds.
 */
export function retryAfterSeconds(headers: Headers): number {
  const value = headers.get('retry-after') ?? ''
  if (/^\d{1,20}$/.test(value)) return Math.min(Number(value), MAX_PAUSE)
  if (!HTTP_DATE.test(value)) return DEFAULT_PAUSE
  // The clock of the provider wrote the date, so its own `Date` header is compared.
  const now = Date.parse(headers.get('date') ?? '')
  const seconds = Math.ceil((Date.parse(value) - (Number.isNaN(now) ? Date.now() : now)) / 1000)
  return seconds > 0 ? Math.min(seconds, MAX_PAUSE) : DEFAULT_PAUSE
}

/** The format of dates that senders must use. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/
