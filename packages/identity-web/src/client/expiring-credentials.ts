// Warns 30 days before a secret or a certificate expires.
import { isSoon, type ExpiryWarnings } from './credential/client-credential.ts'

/** How many seconds pass between two warnings about a credential: one day. */
const REPEAT_SECONDS = 24 * 3600

const CERTIFICATE_HINT =
  'Create a new certificate and upload it under Certificates & secrets of the app registration. Then replace the files, or set clientCredential to a list of the new and the old certificate.'
const SECRET_HINT =
  'Create a new secret, at Entra ID under Certificates & secrets of the app registration or with npx --no-install identity-web-cli rotate. Then replace the secret and its date, or set clientCredential to a list of the new and the old secret.'

/** A credential that the application uses. */
interface UsedCredential {
  /** The option or the variable that contains the credential, such as `clientCredential[1]`. */
  readonly option: string
  /** The time at which the credential expires, as Unix time in seconds, or `NaN` if it is not known. */
  readonly notAfter: number
  /** A certificate's SHA-1 thumbprint in hexadecimal, as the Entra admin center shows it. */
  readonly thumbprint?: string
}

/** Warns of a credential that expires within 30 days, at most once a day. */
export function warnOfExpiry(warnings: ExpiryWarnings | undefined, used: UsedCredential): void {
  const { option, notAfter, thumbprint } = used
  if (warnings === undefined || !isSoon(notAfter, warnings)) return
  const { events, now, sent } = warnings
  const last = sent.get(option)
  // A new credential in the same option is a new reason for a warning.
  if (last?.notAfter === notAfter && now() < last.sentAt + REPEAT_SECONDS) return
  sent.set(option, { notAfter, sentAt: now() })
  const seconds = notAfter - now()
  const message = expiryText(used, seconds)
  events.emit('credential.expiring', {
    // Requests with an expired credential fail already.
    level: seconds <= 0 ? 'error' : 'warn',
    message: thumbprint ? `${message} Its thumbprint is ${thumbprint}.` : message,
    option,
    thumbprint,
    expiresAt: new Date(notAfter * 1000).toISOString(),
    hint: thumbprint ? CERTIFICATE_HINT : SECRET_HINT,
  })
}

/** Returns the sentence about a credential that expires in some seconds, or has expired. */
export function expiryText(used: UsedCredential, seconds = 0): string {
  const subject = `The ${used.thumbprint ? 'certificate' : 'secret'} of ${used.option}`
  const day = new Date(used.notAfter * 1000).toISOString().slice(0, 10)
  if (seconds <= 0) return `${subject} expired on ${day}.`
  const days = Math.floor(seconds / (24 * 3600))
  if (days === 0) return `${subject} expires in less than one day, on ${day}.`
  return `${subject} expires in ${days} ${days === 1 ? 'day' : 'days'}, on ${day}.`
}
