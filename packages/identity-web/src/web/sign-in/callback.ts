import { redeemCode } from '../../client/index.ts'
import { IdentityError, isIdentityError } from '../../errors.ts'
import type { Session } from '../../session/index.ts'
import { answerError } from '../http/answer-error.ts'
import { redirect, withCookies } from '../http/answers.ts'
import { MISSING_REDIRECT_URI } from '../../settings/missing.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import { purposeOf, type Transaction } from '../runtime/transaction.ts'
import { beginAgain, isWorthAnotherTry } from './begin-again.ts'
import {
  expectationsOf,
  finishSignIn,
  type FinishedSignIn,
  type VerifiedSignIn,
} from './finish-sign-in.ts'
import { answerUserFlow } from './user-flows.ts'

const MAX_FORM_CHARACTERS = 100_000

/**
 * The callback route: takes the provider's answer, checks it against the transaction that its `state` holds,
 * and only then begins a session.
 */
export async function completeSignIn<User>(
  runtime: WebRuntime<User>,
  request: Request,
): Promise<Response> {
  const { transactions, sessions } = runtime
  const cookieHeader = request.headers.get('cookie') ?? ''
  const answer = await readAnswer(request)
  const state = answer?.get('state')
  if (!answer || !state)
    return refuse(runtime, 'The authorization response is incomplete or repeats a parameter.')

  const opened = await transactions.open(state, cookieHeader)
  if (opened.kind === 'foreign') {
    return refuse(
      runtime,
      'The state of the authorization response was not made here for this provider and client.',
    )
  }
  const { transaction } = opened
  const ended = transactions.end(transaction, cookieHeader)
  if (opened.kind === 'unbound') {
    const session = await sessions.read(cookieHeader)
    // A reload or the back button: the user is signed in already. A page that wanted more than the session has would
    // lead here again, for ever where the browser never keeps the flow's cookie.
    if (session !== undefined && hasWhatWasAsked(session, transaction)) {
      return withCookies(redirect(transaction.returnTo, request.method), ended)
    }
    return beginAgain(runtime, request, { transaction, cookies: ended })
  }
  if (transaction.adminConsent === true && answer.has('admin_consent')) {
    return withCookies(redirect(transaction.returnTo, request.method), ended)
  }
  const { error, cookies } = await complete(runtime, answer, { transaction, cookieHeader })
  const all = [...ended, ...cookies]
  if (error === undefined) {
    return withCookies(redirect(transaction.returnTo, request.method), all)
  }
  const onward = await answerUserFlow(runtime, request, { error, transaction })
  if (onward !== undefined) return withCookies(onward, ended)
  if (isWorthAnotherTry(error, transaction)) {
    return beginAgain(runtime, request, { transaction, error, cookies: ended })
  }
  const { returnTo, needed, acrs } = transaction
  const isPlain = needed.length === 0 && acrs.length === 0
  const start = isPlain ? { returnTo } : purposeOf(transaction)
  return answerError(runtime, error, { ...start, cookies: all })
}

function hasWhatWasAsked(
  { startedAt, steppedUpFor }: Session,
  { stepUpFor, startedAt: begunAt }: Transaction,
): boolean {
  if (stepUpFor === undefined) return true
  return startedAt >= begunAt && steppedUpFor?.includes(stepUpFor) === true
}

async function complete<User>(
  runtime: WebRuntime<User>,
  answer: URLSearchParams,
  { transaction, cookieHeader }: Omit<VerifiedSignIn, 'signIn'>,
): Promise<FinishedSignIn> {
  const { client } = runtime.clientOf(transaction.userFlow)
  const { redirectUri } = runtime.options
  try {
    if (redirectUri === undefined) throw new IdentityError('configuration', MISSING_REDIRECT_URI)
    const { nonce, codeVerifier } = transaction
    const signIn = await redeemCode(client, answer, {
      redirectUri,
      codeVerifier,
      nonce,
      ...(await expectationsOf(client, transaction)),
    })
    return await finishSignIn(runtime, { signIn, transaction, cookieHeader })
  } catch (error) {
    if (!isIdentityError(error)) throw error
    return { error, cookies: [] }
  }
}

async function readAnswer(request: Request): Promise<URLSearchParams | undefined> {
  const text = request.method === 'POST' ? await request.text() : new URL(request.url).search
  if (text.length > MAX_FORM_CHARACTERS) return undefined
  const answer = new URLSearchParams(text)
  // RFC 6749, section 3.1: no parameter may come twice.
  return new Set(answer.keys()).size === [...answer.keys()].length ? answer : undefined
}

function refuse<User>(runtime: WebRuntime<User>, message: string): Promise<Response> {
  return answerError(runtime, new IdentityError('invalid_request', message), { returnTo: '/' })
}
