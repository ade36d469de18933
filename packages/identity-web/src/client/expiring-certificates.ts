import type { OnCertificate } from './index.ts'
import type { EventEmitter } from '../event-emitter.ts'

/** The number of seconds before the expiry of a certificate at which warnings start: 30 days. */
const WARNING_SECONDS = 30 * 24 * 3600
/** The number of seconds between two warnings about a certificate: one day. */
const REPEAT_SECONDS = 24 * 3600

const HINT =
  'Create a new certificate and upload it under Certificates & secrets of the app registration. Then replace the files, or set clientCredential to a list of the new and the old certificate.'

/** The last warning about a credential. Times are Unix times in seconds. */
interface Warning {
  readonly notAfter: number
  readonly sentAt: number
}

/**
 * Returns the function that warns of certificates that expire within 30 days, each at most once a day.
 *
 * @param now - Returns the Unix time in seconds.
 */
export function createExpiryWarnings(events: EventEmitter, now: () => number): OnCertificate {
  const warnings = new Map<string, Warning>()

  return ({ option, notAfter, thumbprint }) => {
    const seconds = notAfter - now()
    if (seconds > WARNING_SECONDS) return
    const last = warnings.get(option)
    // A new certificate of the same option is a new reason for a warning.
    if (last?.notAfter === notAfter && now() < last.sentAt + REPEAT_SECONDS) return
    warnings.set(option, { notAfter, sentAt: now() })
    const expiresAt = new Date(notAfter * 1000).toISOString()
    events.emit('credential.expiring', {
      // Requests with an expired certificate fail already.
      level: seconds <= 0 ? 'error' : 'warn',
      message: `The certificate of ${option} ${whenOf(expiresAt, seconds)}. Its thumbprint is ${thumbprint}.`,
      option,
      thumbprint,
      expiresAt,
      hint: HINT,
    })
  }
}

function whenOf(expiresAt: string, seconds: number): string {
  const day = expiresAt.slice(0, 10)
  if (seconds <= 0) return `expired on ${day}`
  const days = Math.floor(seconds / (24 * 3600))
  if (days === 0) return `expires in less than one day, on ${day}`
  return `expires in ${days} ${days === 1 ? 'day' : 'days'}, on ${day}`
}
