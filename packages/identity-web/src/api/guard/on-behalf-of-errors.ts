// Marks errors of on-behalf-of calls that the client can solve.
import { toCarried } from '../../carried-errors.ts'
import { AccessDenied, IdentityError } from '../../errors.ts'
import { failureAt, levelOf, type EventEmitter, type UserClaims } from '../../event-emitter.ts'
import { own } from '../../own.ts'
import { quote } from '../../text.ts'
import { recordIssuer } from '../token/rules.ts'

// Contains only errors from on-behalf-of calls, because this API's client cannot solve an `interaction_required` that
// comes from another part of the application.
const clientErrors = new WeakMap<IdentityError, string | readonly string[]>()

/** The caller's token, and the services that report errors from on-behalf-of calls. */
interface OnBehalfOf {
  readonly events: EventEmitter
  readonly issuer: string | undefined
  readonly token: string
  readonly claims: UserClaims
  /** The requested scopes of the other API. */
  readonly scopes: readonly string[]
}

/** Runs an on-behalf-of call, reports its errors, and marks its `interaction_required` errors for this API's client. */
export async function markForClient<T>(
  { events, issuer, token, claims, scopes }: OnBehalfOf,
  task: () => Promise<T>,
): Promise<T> {
  try {
    return await task()
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    const level = levelOf(error)
    // Users cannot consent in an API, so without the consent, every user's calls fail.
    const isSetup = level === 'info' && error.reason === 'consent'
    const failure = await failureAt(events, error, { url: '', claims })
    events.emit('on_behalf_of.failed', {
      ...failure,
      level: isSetup ? 'warn' : level,
      message: `${failure.message} The requested scopes are ${scopes.join(' ')}.`,
      callerClientId: clientIdOf(claims),
      scopes,
    })
    const thrown = error.code === 'interaction_required' ? toCarried(error, token) : error
    if (thrown !== error) clientErrors.set(thrown, scopes)
    recordIssuer(thrown, issuer)
    throw thrown
  }
}

/** Returns whether an error was marked for this API's client, or denies access to its user. */
export function isClientError(error: unknown): error is IdentityError {
  return IdentityError.is(error) && (clientErrors.has(error) || AccessDenied.is(error))
}

/**
 * Returns the message for a user of an MCP client, who cannot consent there. `undefined` if the consent is not missing.
 */
export function consentText(error: IdentityError): string | undefined {
  if (error.reason !== 'consent') return undefined
  const scopes = [clientErrors.get(error) ?? []].flat().join(' ')
  return `The user has not consented to the permissions that this server needs at another API${scopes && `: ${scopes}`}. Signing in again doesn't help. An administrator can consent to these permissions for all users. Then repeat the call.`
}

/** Returns the client ID in verified claims. A client can choose its ID at some providers, and a log must stay one line. */
export function clientIdOf(claims: UserClaims = {}): string | undefined {
  const ids = ['azp', 'appid', 'client_id', 'cid'].map((name) => own(claims, name))
  const id = ids.find((value) => typeof value === 'string')
  return id && quote(id)
}
