import { redeemCode } from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'
import type { Session } from '../../session/index.ts'
import { USE_REDIRECT_URI } from '../../settings/missing.ts'
import { loadContinue } from '../http/continue-later.ts'
import type { ContinueServices } from '../http/continue.ts'
import { foreignState } from '../http/foreign-state.ts'
import type { PageReason } from '../http/pages/situations.ts'
import { redirect, withCookies } from '../http/responses.ts'
import { isPrefetch } from '../http/navigation.ts'
import { parseForm, rejectPrefetch, type RouteRequest } from '../http/routes.ts'
import { purposeOf, type Transaction } from '../runtime/transaction.ts'
import { PREVIEW_PREFIX } from '../runtime/preview-states.ts'
import { forwardToPreview, type ForwardServices } from './forward-to-preview.ts'
import {
  expectationOf,
  finishSignIn,
  type FinishedSignIn,
  type FinishSignInServices,
} from './finish-sign-in.ts'
import { canRestart, restartSignIn, type RestartServices } from './restart-sign-in.ts'
import { respondToSilentEnd } from './silent-sign-in.ts'
import { followUserFlowLink } from './user-flows.ts'

/** The services that the callback uses. */
export interface CallbackServices<User>
  extends RestartServices, FinishSignInServices<User>, ForwardServices, ContinueServices {}

/**
 * Handles the callback route. It decrypts the transaction in `state`, and compares the authorization response with it.
 * It starts a session only if every check passes.
 */
export async function completeSignIn<User>(
  services: CallbackServices<User>,
  request: RouteRequest,
): Promise<Response> {
  const { errorResponses, previewStates, sessions, transactions } = services
  const { cookieHeader, method } = request
  const parameters = readParameters(request)
  const state = parameters?.get('state')
  if (!parameters || !state) {
    const error = new IdentityError(
      'invalid_request',
      'The authorization response does not contain the parameter state, contains a parameter twice, or is too long.',
    )
    return services.errorResponses.toResponse(request, error)
  }
  if (previewStates.isForwarding && state.startsWith(PREVIEW_PREFIX))
    return forwardToPreview(services, request, state)
  const opened = await transactions.open(state, cookieHeader)
  if (opened.kind === 'foreign') {
    const error = foreignState(
      'The state of the authorization response was not created by this application for this provider and client.',
    )
    return services.errorResponses.toResponse(request, error)
  }
  if (services.strictCookies !== undefined && !isPrefetch(request)) {
    const isBound = opened.kind === 'bound'
    const { continueCallback } = await loadContinue()
    const response = await continueCallback(services, request, { parameters, isBound })
    if (response !== undefined) return response
  }
  const { transaction } = opened
  const { returnTo } = transaction
  const endCookies = transactions.end(transaction)
  if (opened.kind !== 'bound') {
    const session = await sessions.read(cookieHeader)
    // The user reloaded the page or went back, and is signed in already. If the session did not meet the page's
    // requirement, this redirect would loop in a browser that never keeps the flow's cookie.
    if (session !== undefined && meetsRequirement(session, transaction)) {
      const cookies = transactions.endSignedIn(transaction, cookieHeader)
      return withCookies(redirect(returnTo, method), cookies)
    }
    if (transaction.onlySilent === true) {
      const error = new IdentityError('invalid_request', LOST_SILENT_SIGN_IN)
      const ended = respondToSilentEnd(services, { returnTo, error }, method)
      return withCookies(ended, endCookies)
    }
    const isExpired = opened.kind === 'expired'
    return restartSignIn(services, request, { transaction, isExpired, cookies: endCookies })
  }
  // The code can be redeemed only once.
  if (isPrefetch(request)) return rejectPrefetch()
  if (transaction.adminConsent === true && parameters.has('admin_consent')) {
    return withCookies(redirect(returnTo, method), endCookies)
  }
  const { error, cookies } = await redeem(services, parameters, { transaction, request })
  if (error === undefined) {
    const signedIn = transactions.endSignedIn(transaction, cookieHeader, cookies)
    return withCookies(redirect(returnTo, method), signedIn)
  }
  if (transaction.onlySilent === true) {
    const ended = respondToSilentEnd(services, { returnTo, error }, method)
    return withCookies(ended, [...endCookies, ...cookies])
  }
  const onward = await followUserFlowLink(services, request, { error, transaction })
  if (onward !== undefined) return withCookies(onward, endCookies)
  if (canRestart(error, transaction)) {
    return restartSignIn(services, request, { transaction, error, cookies: endCookies })
  }
  const { needed, acrs } = transaction
  const isPlain = needed.length === 0 && acrs.length === 0
  const start = isPlain ? { returnTo } : purposeOf(transaction)
  return errorResponses.toResponse(request, error, {
    ...start,
    reason: await reasonOf(services, request, { error, transaction }),
    cookies: [...endCookies, ...cookies],
  })
}

/**
 * Returns the reason for the page of a signed-in user who declined. They must not read that they are not signed in.
 */
async function reasonOf<User>(
  { sessions }: CallbackServices<User>,
  { cookieHeader }: RouteRequest,
  { error, transaction }: { readonly error: IdentityError; readonly transaction: Transaction },
): Promise<PageReason | undefined> {
  // Without the provider's error, the application rejected a new user.
  if (error.code !== 'access_denied' || error.oauthError === undefined) return undefined
  if ((await sessions.read(cookieHeader)) === undefined) return undefined
  return transaction.stepUpFor === undefined ? 'sign-in-cancelled' : 'permission-declined'
}

const LOST_SILENT_SIGN_IN =
  'The browser did not send the cookie of this silent sign-in, or it has expired.'

function meetsRequirement(
  { startedAt, steppedUpFor }: Session,
  { stepUpFor, startedAt: signInStartedAt }: Transaction,
): boolean {
  if (stepUpFor === undefined) return true
  return startedAt >= signInStartedAt && steppedUpFor?.includes(stepUpFor) === true
}

/** A transaction, and a request of the browser that started it. */
interface BoundTransaction {
  readonly transaction: Transaction
  readonly request: RouteRequest
}

async function redeem<User>(
  services: CallbackServices<User>,
  parameters: URLSearchParams,
  { transaction, request }: BoundTransaction,
): Promise<FinishedSignIn> {
  const { clients, flow } = services
  const { client } = clients.byUserFlow.get(transaction.userFlow) ?? clients.main
  try {
    // The callback is a route of the code flow only, but an application can call `completeLogin` at any time.
    if (flow.kind !== 'code') {
      throw new IdentityError(
        'configuration',
        `completeLogin() needs a redirect URI, which the option signIn replaces. ${USE_REDIRECT_URI}`,
      )
    }
    const { nonce, codeVerifier } = transaction
    const signIn = await redeemCode(client, parameters, {
      redirectUri: flow.redirectUri,
      codeVerifier,
      nonce,
      ...(await expectationOf(client, transaction)),
    })
    return await finishSignIn(services, { signIn, transaction, request })
  } catch (error) {
    if (!IdentityError.is(error)) throw error
    return { error, cookies: [] }
  }
}

function readParameters(request: RouteRequest): URLSearchParams | undefined {
  const parameters = request.method === 'POST' ? request.readForm() : parseForm(request.query)
  if (parameters === undefined) return undefined
  // RFC 6749, section 3.1: a parameter must not occur twice.
  const names = [...parameters.keys()]
  return new Set(names).size === names.length ? parameters : undefined
}
