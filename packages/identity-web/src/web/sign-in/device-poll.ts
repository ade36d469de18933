import { pollDeviceCode } from '../../client/index.ts'
import { AccessDenied, IdentityError, withChanges } from '../../errors.ts'
import { failureOf, levelOf, signInLevelOf } from '../../event-emitter.ts'
import type { PageFrame } from '../http/pages/frame.ts'
import { situationOfError } from '../http/pages/situations.ts'
import { BY_LANGUAGE, json, redirect, withCookies } from '../http/responses.ts'
import type { RouteRequest } from '../http/routes.ts'
import { isFromSameSite } from '../http/same-site.ts'
import type { DeviceOutcome, DevicePacer } from '../runtime/device-pacer.ts'
import {
  isDeviceTransaction,
  purposeOf,
  type DeviceTransaction,
  type SignInStart,
} from '../runtime/transaction.ts'
import { expectationOf, finishSignIn, type FinishSignInServices } from './finish-sign-in.ts'
import type { RestartServices } from './restart-sign-in.ts'
import { showDeviceCode, type DeviceSignInServices } from './start-device-sign-in.ts'

/** RFC 8628, section 3.5; seconds. */
const SLOW_DOWN = 5
/** The longest time between two polls while the provider does not respond, seconds. */
const MAX_INTERVAL = 60

/** The services that a poll of the page with the code uses. */
export interface DevicePollServices<User>
  extends DeviceSignInServices, FinishSignInServices<User>, RestartServices {
  readonly devicePacer: DevicePacer
}

/** Returns the encrypted transaction of a poll, or `undefined` for any other request. */
export function readDevicePoll(
  { flow }: DeviceSignInServices,
  request: RouteRequest,
): string | undefined {
  if (flow.kind !== 'device-code') return undefined
  return request.readForm()?.get('device') ?? undefined
}

/**
 * Responds to a poll of the page with the code: with JSON to its script, and with a page to a form.
 *
 * The browser must send the cookie of the flow, as at the callback. Otherwise, an attacker could sign in and pass the poll
 * to another user, who would then work in the attacker's account.
 */
export async function respondToDevicePoll<User>(
  services: DevicePollServices<User>,
  request: RouteRequest,
  state: string,
): Promise<Response> {
  const { devicePacer, flow, transactions } = services
  const { cookieHeader } = request
  const isNavigation = request.isNavigation()
  const respondToEnd = (end: End, start?: SignInStart): Promise<Response> =>
    isNavigation
      ? services.errorResponses.toResponse(request, end.error, { ...start, cookies: end.cookies })
      : endJson(services, request, end)

  if (!isFromSameSite(request, flow.origin)) {
    return respondToEnd(
      rejected('The request that polls for a device code came from another site.'),
    )
  }
  const opened = await transactions.open(state, cookieHeader)
  if (opened.kind !== 'bound' || !isDeviceTransaction(opened.transaction)) {
    const start =
      opened.kind === 'unbound' || opened.kind === 'expired'
        ? purposeOf(opened.transaction)
        : undefined
    const end = rejected(
      'The sign-in with a code was not started in this browser, or it has ended.',
    )
    return respondToEnd(end, start)
  }
  const { transaction } = opened
  const { id, device, returnTo } = transaction
  const outcome = await devicePacer.run({ id, interval: device.interval }, (interval) =>
    poll(services, transaction, { request, interval }),
  )
  if (outcome.status === 'pending') {
    if (isNavigation)
      return showDeviceCode(services, transaction, { request, state, isRepeated: true })
    return json(200, outcome)
  }
  if (outcome.status !== 'done') {
    const ended = [...transactions.end(transaction), ...outcome.cookies]
    return respondToEnd({ ...outcome, cookies: ended }, purposeOf(transaction))
  }
  const cookies = transactions.endSignedIn(transaction, cookieHeader, outcome.cookies)
  const response = isNavigation
    ? redirect(returnTo, request.method)
    : json(200, { status: 'done', location: returnTo })
  return withCookies(response, cookies)
}

/** One poll of a browser. */
interface Poll {
  readonly request: RouteRequest
  /** Seconds between two polls, as the provider wants it now. */
  readonly interval: number
}

async function poll<User>(
  services: DevicePollServices<User>,
  transaction: DeviceTransaction,
  { request, interval }: Poll,
): Promise<DeviceOutcome> {
  const { device } = transaction
  const { client } = services.clients.byUserFlow.get(transaction.userFlow) ?? services.clients.main
  if (services.now() >= device.expiresAt) return expired()
  try {
    const expected = await expectationOf(client, transaction)
    const result = await pollDeviceCode(client, device.deviceCode, expected)
    if (result.kind === 'waiting') {
      return { status: 'pending', interval: interval + (result.slowDown ? SLOW_DOWN : 0) }
    }
    if (result.kind === 'unavailable') return retryLater(services, result.error, interval)
    if (result.kind === 'expired') return expired(result.error)
    if (result.kind === 'declined') return declined(result.error)
    const { signIn } = result
    const { error, cookies } = await finishSignIn(services, { signIn, transaction, request })
    return error === undefined ? { status: 'done', cookies } : { status: 'failed', error, cookies }
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    return { status: 'failed', error, cookies: [] }
  }
}

// RFC 8628, section 3.5: a client that gets no response polls less often.
function retryLater(
  { events }: RestartServices,
  error: IdentityError,
  interval: number,
): DeviceOutcome {
  const { message, retryAfterSeconds = 0 } = error
  events.emit('sign_in.failed', {
    level: levelOf(error),
    ...failureOf(error),
    message: `The provider did not respond to a poll for a device code. The next poll follows later. ${message}`,
  })
  const longer = Math.min(MAX_INTERVAL, Math.max(interval * 2, retryAfterSeconds))
  return { status: 'pending', interval: Math.max(interval, longer) }
}

/** The end of a sign-in that failed. */
type End = Exclude<DeviceOutcome, { readonly status: 'pending' | 'done' }>

function expired(cause?: IdentityError): End {
  const error = new IdentityError('invalid_request', 'The device code has expired.', { cause })
  return { status: 'expired', error, cookies: [] }
}

function declined(cause: IdentityError): End {
  const error = withChanges(cause, { code: 'access_denied' })
  return { status: 'declined', error, cookies: [] }
}

function rejected(message: string): End {
  const hint =
    'The browser that shows the code must also send the polls, and it must allow cookies for the application.'
  return {
    status: 'failed',
    error: new IdentityError('invalid_request', message, { hint }),
    cookies: [],
  }
}

/** Returns the message for the user. */
function messageOf({ texts }: PageFrame, { status, error }: End): string {
  if (status === 'expired') return texts.deviceExpired
  return AccessDenied.is(error) ? error.message : texts[situationOfError(error).message]
}

async function endJson(
  { errorResponses, events, frames }: RestartServices & Pick<DeviceSignInServices, 'frames'>,
  request: RouteRequest,
  end: End,
): Promise<Response> {
  const { status, error, cookies } = end
  events.emit('sign_in.failed', { level: signInLevelOf(error), ...failureOf(error) })
  const note = await errorResponses.developerNote(error)
  const developer = [note?.hint, note?.message, note?.docsUrl].filter((text) => text !== undefined)
  const body = {
    status,
    message: messageOf(await frames(request), end),
    ...(status === 'failed' && developer.length > 0 && { developer }),
  }
  const httpStatus = status === 'failed' ? error.status : 200
  return withCookies(json(httpStatus, body, BY_LANGUAGE), cookies)
}
