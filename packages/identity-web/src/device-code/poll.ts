// Responds to the page while it waits for the user.
import { AccessDenied, IdentityError, withChanges } from '../errors.ts'
import { failureOf, levelOf, signInLevelOf } from '../event-emitter.ts'
import type { PageFrame } from '../web/http/pages/frame.ts'
import { situationOf } from '../web/http/pages/situations.ts'
import { BY_LANGUAGE, json, redirect, withCookies } from '../web/http/responses.ts'
import type { RouteRequest } from '../web/http/routes.ts'
import { isFromSameSite } from '../web/http/cross-site.ts'
import { purposeOf, type SignInStart, type Transaction } from '../web/runtime/transaction.ts'
import { expectationOf, finishSignIn } from '../web/sign-in/finish-sign-in.ts'
import { textsFor } from './options.ts'
import type { DeviceOutcome } from './pacer.ts'
import { isDeviceCode, pollDeviceCode } from './requests.ts'
import { codePage, toStartedLogin, type DeviceServices, type DeviceTransaction } from './sign-in.ts'

/** How many seconds `slow_down` adds to the interval (RFC 8628, section 3.5). */
const SLOW_DOWN = 5
const NOT_STARTED = 'The sign-in with a code was not started in this browser, or it has ended.'
/** The maximum time between two polls while the provider does not respond, in seconds. */
const MAX_INTERVAL = 60

/**
 * Responds to a poll from the page with the code: with JSON to its script, and with a page to a form.
 *
 * The browser must send the flow's cookie, as at the callback. Otherwise, an attacker could sign in and pass the poll
 * to another user, who would then work in the attacker's account.
 *
 * @returns `undefined` for all other requests to the login route.
 */
export async function respondToDevicePoll(
  services: DeviceServices,
  request: RouteRequest,
): Promise<Response | undefined> {
  const { clock, pacer, provider } = services
  const { cookieHeader } = request
  const state = request.readForm()?.get('device') ?? undefined
  if (state === undefined) return undefined
  const isNavigation = request.isNavigation()
  const respondToEnd = (end: End, start?: SignInStart): Promise<Response> =>
    isNavigation
      ? services.pages.errors.toResponse(request, end.error, { ...start, cookies: end.cookies })
      : endJson(services, request, end)

  if (!isFromSameSite(request, undefined)) {
    return respondToEnd(
      rejected('The request that polls for a device code came from another site.'),
    )
  }
  const opened = await provider.transactions.open(state, cookieHeader)
  const transaction = opened.kind === 'bound' ? withCode(opened.transaction) : undefined
  if (transaction === undefined) {
    const start = opened.kind === 'foreign' ? undefined : purposeOf(opened.transaction)
    return respondToEnd(rejected(NOT_STARTED), start)
  }
  const { id, extra, returnTo } = transaction
  const outcome = await pacer.run({ id, interval: extra.interval, clock }, (interval) =>
    poll(services, transaction, { request, interval }),
  )
  if (outcome.status === 'pending') {
    if (!isNavigation) return json(200, outcome)
    const shown = await toStartedLogin(services, transaction, state)
    return codePage(services, request, { ...shown, isRepeated: true })
  }
  if (outcome.status !== 'done') {
    const ended = [...provider.transactions.end(transaction), ...outcome.cookies]
    return respondToEnd({ ...outcome, cookies: ended }, purposeOf(transaction))
  }
  const cookies = provider.transactions.endSignedIn(transaction, cookieHeader, outcome.cookies)
  const response = isNavigation
    ? redirect(returnTo, request.method)
    : json(200, { status: 'done', location: returnTo })
  return withCookies(response, cookies)
}

function withCode({ extra, ...transaction }: Transaction): DeviceTransaction | undefined {
  return isDeviceCode(extra) ? { ...transaction, extra } : undefined
}

/** One poll of a browser. */
interface Poll {
  readonly request: RouteRequest
  /** How many seconds the provider now requires between two polls. */
  readonly interval: number
}

async function poll(
  services: DeviceServices,
  transaction: DeviceTransaction,
  { request, interval }: Poll,
): Promise<DeviceOutcome> {
  const { deviceCode, expiresAt } = transaction.extra
  const { client } = services.provider
  if (services.now() >= expiresAt) return expired()
  try {
    const expected = await expectationOf(client, transaction)
    const result = await pollDeviceCode(client, deviceCode, expected)
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
  { events }: DeviceServices,
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

/** The result if a sign-in failed. */
type End = Exclude<DeviceOutcome, { readonly status: 'pending' | 'done' }>

function expired(cause?: IdentityError): End {
  const error = new IdentityError('invalid_request', 'The device code has expired.', { cause })
  return { status: 'expired', error, cookies: [] }
}

function declined(cause: IdentityError): End {
  const error = withChanges(cause, { code: 'access_denied', reason: 'declined' })
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
function messageOf(
  { options }: DeviceServices,
  { language, texts }: PageFrame,
  { status, error }: End,
): string {
  if (status === 'expired') return textsFor(options, language).expired
  return AccessDenied.is(error) ? error.message : texts[situationOf(error).message]
}

async function endJson(
  services: DeviceServices,
  request: RouteRequest,
  end: End,
): Promise<Response> {
  const { events, pages } = services
  const { status, error, cookies } = end
  events.emit('sign_in.failed', { level: signInLevelOf(error), ...failureOf(error) })
  const note = await pages.errors.developerNote(error)
  const developer = [note?.hint, note?.message, note?.docsUrl].filter((text) => text !== undefined)
  const body = {
    status,
    message: messageOf(services, await pages.frames(request), end),
    ...(status === 'failed' && developer.length > 0 && { developer }),
  }
  const httpStatus = status === 'failed' ? error.status : 200
  return withCookies(json(httpStatus, body, BY_LANGUAGE), cookies)
}
