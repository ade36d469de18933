import { pollDeviceCode } from '../../client/index.ts'
import { IdentityError, isIdentityError, restate } from '../../errors.ts'
import { answerError, developerTexts } from '../http/answer-error.ts'
import { json, redirect, withCookies } from '../http/answers.ts'
import { isNavigation, toHttpContext } from '../http/navigation.ts'
import { logError } from '../../settings/logger.ts'
import { wordingOf } from '../http/pages/index.ts'
import { isFromSameSite } from '../http/same-site.ts'
import type { DeviceOutcome } from '../runtime/device-pacer.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import {
  isDeviceTransaction,
  purposeOf,
  type DeviceTransaction,
  type SignInStart,
} from '../runtime/transaction.ts'
import { showDeviceCode } from './device-login.ts'
import { expectationsOf, finishSignIn } from './finish-sign-in.ts'

/** RFC 8628, section 3.5; seconds. */
const SLOW_DOWN = 5
/** Where the provider is down, it is asked about this often, seconds. */
const MAX_INTERVAL = 60

/** The sealed flow that a request polls for; `undefined` for any other request. */
export async function readDevicePoll<User>(
  { options }: WebRuntime<User>,
  request: Request,
): Promise<string | undefined> {
  if (options.redirectUri !== undefined || request.method !== 'POST' || request.bodyUsed) {
    return undefined
  }
  return new URLSearchParams(await request.text()).get('device') ?? undefined
}

/**
 * Answers the poll of a page with a code: to its script as JSON, without a script as a page.
 *
 * The flow belongs to the browser that began it, by its cookie, as a `state` does at the callback: otherwise somebody
 * could sign in, hand the poll on, and have another work in their account.
 */
export async function answerDevicePoll<User>(
  runtime: WebRuntime<User>,
  request: Request,
  sealed: string,
): Promise<Response> {
  const { transactions } = runtime
  const cookieHeader = request.headers.get('cookie') ?? ''
  if (!isFromSameSite(request, runtime.origin)) {
    return answerEnd(runtime, request, refused('The poll of a device code came from another site.'))
  }
  const opened = await transactions.open(sealed, cookieHeader)
  if (opened.kind !== 'bound' || !isDeviceTransaction(opened.transaction)) {
    const start = opened.kind === 'unbound' ? purposeOf(opened.transaction) : undefined
    const end = refused('The sign-in with a code was not begun in this browser, or it is over.')
    return answerEnd(runtime, request, end, start)
  }
  const { transaction } = opened
  const { id, device, returnTo } = transaction
  const flow = { id, interval: device.interval }
  const outcome = await runtime.devicePacer.run(flow, (interval) =>
    ask(runtime, transaction, { cookieHeader, interval }),
  )
  const navigation = isNavigation(toHttpContext(request))
  if (outcome.status === 'pending') {
    if (navigation) return showDeviceCode(runtime, transaction, { sealed, isRepeated: true })
    return json(200, outcome)
  }
  const cookies = [...transactions.end(transaction, cookieHeader), ...outcome.cookies]
  if (outcome.status !== 'done') {
    return answerEnd(runtime, request, { ...outcome, cookies }, purposeOf(transaction))
  }
  const answer = navigation
    ? redirect(returnTo, request.method)
    : json(200, { status: 'done', location: returnTo })
  return withCookies(answer, cookies)
}

interface Asking {
  readonly cookieHeader: string
  /** Seconds between two polls, as of now. */
  readonly interval: number
}

async function ask<User>(
  runtime: WebRuntime<User>,
  transaction: DeviceTransaction,
  { cookieHeader, interval }: Asking,
): Promise<DeviceOutcome> {
  const { device } = transaction
  const { client } = runtime.clientOf(transaction.userFlow)
  if (runtime.now() >= device.expiresAt) return expired()
  try {
    const expected = await expectationsOf(client, transaction)
    const poll = await pollDeviceCode(client, device.deviceCode, expected)
    if (poll.kind === 'waiting') {
      return { status: 'pending', interval: interval + (poll.slowDown ? SLOW_DOWN : 0) }
    }
    if (poll.kind === 'unavailable') return retryLater(runtime, poll.error, interval)
    if (poll.kind === 'expired') return expired(poll.error)
    if (poll.kind === 'declined') return declined(poll.error)
    const { signIn } = poll
    const { error, cookies } = await finishSignIn(runtime, { signIn, transaction, cookieHeader })
    return error === undefined ? { status: 'done', cookies } : { status: 'failed', error, cookies }
  } catch (error) {
    if (!isIdentityError(error)) throw error
    return { status: 'failed', error, cookies: [] }
  }
}

// RFC 8628, section 3.5: whoever gets no answer asks less often.
function retryLater<User>(
  { options }: WebRuntime<User>,
  { message, retryAfter = 0 }: IdentityError,
  interval: number,
): DeviceOutcome {
  options.logger.warn?.('The provider did not answer for a device code and is asked again.', {
    reason: message,
  })
  const longer = Math.min(MAX_INTERVAL, Math.max(interval * 2, retryAfter))
  return { status: 'pending', interval: Math.max(interval, longer) }
}

type End = Exclude<DeviceOutcome, { readonly status: 'pending' | 'done' }>

function expired(cause?: IdentityError): End {
  const error = new IdentityError('invalid_request', 'The device code has expired.', { cause })
  return { status: 'expired', error, cookies: [] }
}

function declined(cause: IdentityError): End {
  const error = restate(cause, { code: 'access_denied' })
  return { status: 'declined', error, cookies: [] }
}

function refused(message: string): End {
  const hint =
    'The page with the code and its polls must be of one browser, with cookies allowed for the application.'
  return {
    status: 'failed',
    error: new IdentityError('invalid_request', message, { hint }),
    cookies: [],
  }
}

const EXPIRED = 'The code has expired.'

async function answerEnd<User>(
  runtime: WebRuntime<User>,
  request: Request,
  { status, error, cookies }: End,
  start: SignInStart = { returnTo: '/' },
): Promise<Response> {
  if (isNavigation(toHttpContext(request)))
    return answerError(runtime, error, { ...start, cookies })
  logError(runtime.options, error)
  const developer = developerTexts(runtime, error)
  const body = {
    status,
    message: status === 'expired' ? EXPIRED : wordingOf(error.code).message,
    ...(status === 'failed' && developer.length > 0 && { developer }),
  }
  return withCookies(json(status === 'failed' ? error.status : 200, body), cookies)
}
