// The part of the user that scripts may see (`sessionView`).
import { isThenable } from '../../maybe-promise.ts'
import { configurationError, IdentityError } from '../../errors.ts'
import { userOf, type Session } from '../../session/index.ts'
import { describeError } from '../users/describe-error.ts'
import { findJsonFault } from '../users/json-fault.ts'
import type { BrowserSessionServices } from './services.ts'

const NAME = 'browser.sessionView'
const SYNCHRONOUS =
  'Return an object, and not a promise. Load the data in onLogin or onRefresh, and add the data to the user. Then sessionView can read the data from the user.'
const FIX = `Change Auth({ browser: { sessionView } }). The user stays signed in.`

/**
 * Returns the part of the user that scripts may see.
 *
 * @throws IdentityError `configuration` if `sessionView` fails, or if JSON cannot express its result.
 */
export function toSessionView<User>(
  services: BrowserSessionServices<User>,
  session: Session,
): object {
  const view = callSessionView(services, session)
  const fault = faultOf(view)
  if (fault === undefined) return view as object
  throw configurationError(`${NAME} returned a wrong value. ${fault}`, { hint: FIX })
}

function callSessionView<User>(
  { browser, events, isProduction }: BrowserSessionServices<User>,
  session: Session,
): unknown {
  if (browser === undefined) throw missingBrowserOption()
  try {
    return browser.sessionView(userOf<User>(session), { claims: session.claims })
  } catch (cause) {
    // The message of an error can contain personal data.
    const includesMessage = !isProduction || events.includesPersonalData
    const message = `${NAME} failed. ${describeError(cause, { includesMessage })}`
    throw configurationError(message, { hint: FIX, cause })
  }
}

/** Returns the reason why a value cannot be the view, with the value to return instead. */
function faultOf(view: unknown): string | undefined {
  if (isThenable(view)) {
    // Its error would end the process, because no other code handles it.
    Promise.resolve(view).catch(() => undefined)
    return `The value is a promise. ${SYNCHRONOUS}`
  }
  if (typeof view !== 'object' || view === null || Array.isArray(view)) {
    const kind = Array.isArray(view) ? 'an array' : view === null ? 'null' : typeof view
    return `The value is ${kind}, and not an object. Return an object, for example { name: user.name }.`
  }
  try {
    const fault = findJsonFault(view, 'view')
    return fault && `JSON cannot express the value. ${fault.path} is ${fault.kind}. ${fault.remedy}`
  } catch {
    return 'JSON cannot express the value, because a property of the value cannot be read. Return a plain object, for example { name: user.name }.'
  }
}

/** Returns the error of an application that uses the session of scripts without setting the option `browser`. */
export function missingBrowserOption(): IdentityError {
  return configurationError(
    'The option browser is not configured, so scripts in the browser have no session. Set Auth({ browser: { sessionView } }), for example Auth({ browser: { sessionView: (user) => ({ name: user.name }) } }).',
  )
}
