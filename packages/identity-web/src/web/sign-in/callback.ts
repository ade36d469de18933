// The callback: classifies the response, then responds.
import { loadRequests } from '../../client/index.ts'
import { configurationError, IdentityError } from '../../errors.ts'
import type { UserClaims } from '../../event-emitter.ts'
import type { Session } from '../../session/index.ts'
import { USE_REDIRECT_URI } from '../../options/problems.ts'
import { loadPages } from '../http/load-pages.ts'
import { foreignState, purposeOf, type Transaction } from '../runtime/transaction.ts'
import type { PageReason } from '../http/pages/situations.ts'
import { redirect, withCookies } from '../http/responses.ts'
import { isPrefetch } from '../http/navigation.ts'
import { parseForm, rejectPrefetch, type RouteRequest } from '../http/routes.ts'
import { notRelayed, PREVIEW_PREFIX, type Relay } from '../../seams/previews.ts'
import { expectationOf, finishSignIn, type FinishedSignIn } from './finish-sign-in.ts'
import { canRestart, restartSignIn, type FailedSignIn } from './restart-sign-in.ts'
import { respondToSilentEnd } from './silent-sign-in.ts'
import { stepUpTimes } from './step-up.ts'
import { followUserFlowLink } from './user-flows.ts'
import { clientOf } from '../runtime/provider.ts'
import type { AppServices } from '../runtime/services.ts'
import type { SignInServices } from './services.ts'

/** A sign-in of this application that has ended, and the `Set-Cookie` values that end it. */
interface Ended {
  readonly transaction: Transaction
  /** The verified claims of the user, if the sign-in failed only afterwards. */
  readonly claims?: UserClaims | undefined
  readonly cookies: readonly string[]
}

/** The result of an authorization response. */
type Outcome =
  /** The response does not belong to a sign-in of this application. */
  | { readonly kind: 'rejected'; readonly error: IdentityError }
  /** The response belongs to a preview deployment. */
  | { readonly kind: 'preview'; readonly previews: Relay; readonly state: string }
  /** The request is a prefetch, for which the code must not be redeemed, because it can be redeemed only once. */
  | { readonly kind: 'prefetch' }
  /** The sign-in continues with another request of the browser. */
  | { readonly kind: 'continued'; readonly response: Response }
  /** The user is signed in, or an administrator has consented. */
  | ({ readonly kind: 'done' } & Ended)
  /** The sign-in did not succeed, and must not show a page. */
  | ({ readonly kind: 'silent'; readonly error: IdentityError } & Ended)
  | ({ readonly kind: 'restart' } & FailedSignIn)
  | ({ readonly kind: 'failed'; readonly error: IdentityError } & Ended)

/**
 * Handles the callback route. It decrypts the transaction in `state`, and compares the authorization response with it.
 * It starts a session only if every check passes.
 */
export async function completeSignIn<User>(
  services: SignInServices<User>,
  request: RouteRequest,
): Promise<Response> {
  const outcome = await classify(services, request)
  switch (outcome.kind) {
    case 'rejected':
      return services.pages.errors.toResponse(request, outcome.error)
    case 'preview':
      return outcome.previews.relaySignIn(request, outcome.state)
    case 'prefetch':
      return rejectPrefetch()
    case 'continued':
      return outcome.response
    case 'done':
      return withCookies(redirect(outcome.transaction.returnTo, request.method), outcome.cookies)
    case 'silent': {
      const { returnTo } = outcome.transaction
      const end = { returnTo, error: outcome.error }
      return withCookies(respondToSilentEnd(services, end, request.method), outcome.cookies)
    }
    case 'restart':
      return restartSignIn(services, request, outcome)
    case 'failed':
      return respondToFailure(services, request, outcome)
  }
}

/** Determines the result of an authorization response. If the sign-in succeeded, it starts the session. */
async function classify<User>(
  services: SignInServices<User>,
  request: RouteRequest,
): Promise<Outcome> {
  const { provider } = services
  const parameters = readParameters(request)
  if (typeof parameters === 'string') {
    const message = `The authorization response ${parameters}.`
    return { kind: 'rejected', error: new IdentityError('invalid_request', message) }
  }
  const state = parameters.get('state') ?? ''
  const previews = relayFor(services, state)
  if (previews !== undefined) return { kind: 'preview', previews, state }
  const opened = await provider.transactions.open(state, request.cookieHeader)
  if (opened.kind === 'foreign') {
    const error = foreignState(
      'The state of the authorization response was not created by this application for this provider and client.',
    )
    return { kind: 'rejected', error }
  }
  const isBound = opened.kind === 'bound'
  const repeated = await repeatFromOrigin(services, request, { parameters, isBound })
  if (repeated !== undefined) return { kind: 'continued', response: repeated }
  const { transaction } = opened
  if (!isBound) {
    return classifyUnbound(services, request, {
      transaction,
      isExpired: opened.kind === 'expired',
      cookies: provider.transactions.end(transaction),
    })
  }
  if (isPrefetch(request)) return { kind: 'prefetch' }
  return transaction.adminConsent === true && parameters.has('admin_consent')
    ? { kind: 'done', transaction, cookies: provider.transactions.end(transaction) }
    : classifyRedeemed(services, request, { parameters, transaction })
}

/**
 * Returns the relay if the sign-in started at a preview. At the preview itself, it returns `undefined`, because a
 * preview decrypts its own states.
 */
function relayFor({ previews }: AppServices, state: string): Relay | undefined {
  if (previews?.ownOrigin !== undefined || !state.startsWith(PREVIEW_PREFIX)) return undefined
  if (previews === undefined) throw notRelayed()
  return previews
}

/**
 * Repeats the request from this origin, because with `SameSite=Strict`, the browser sends the session cookie only with
 * a request that this origin starts.
 */
async function repeatFromOrigin<User>(
  services: SignInServices<User>,
  request: RouteRequest,
  response: { readonly parameters: URLSearchParams; readonly isBound: boolean },
): Promise<Response | undefined> {
  if (services.sessions.strictCookies === undefined || isPrefetch(request)) return undefined
  const { continueCallback } = await loadPages()
  return continueCallback(services, request, response)
}

/** Determines the result if the browser did not send the cookie of the sign-in. */
async function classifyUnbound<User>(
  { sessions, provider }: SignInServices<User>,
  { cookieHeader }: RouteRequest,
  ended: FailedSignIn,
): Promise<Outcome> {
  const { transaction, cookies } = ended
  const session = await sessions.read(cookieHeader)
  // The user reloaded the page or went back, and is signed in already. If the session did not meet the page's
  // requirement, this redirect would loop in a browser that never keeps the flow's cookie.
  if (session !== undefined && meetsRequirement(session, transaction)) {
    const signedIn = provider.transactions.endSignedIn(transaction, cookieHeader)
    return { kind: 'done', transaction, cookies: signedIn }
  }
  if (transaction.onlySilent !== true) return { kind: 'restart', ...ended }
  const error = new IdentityError('invalid_request', LOST_SILENT_SIGN_IN, { reason: 'state' })
  return { kind: 'silent', transaction, error, cookies }
}

async function classifyRedeemed<User>(
  services: SignInServices<User>,
  request: RouteRequest,
  {
    parameters,
    transaction,
  }: { readonly parameters: URLSearchParams; readonly transaction: Transaction },
): Promise<Outcome> {
  const { provider } = services
  const {
    error,
    claims,
    cookies: changes,
  } = await redeem(services, parameters, { transaction, request })
  if (error === undefined) {
    const signedIn = provider.transactions.endSignedIn(transaction, request.cookieHeader, changes)
    return { kind: 'done', transaction, cookies: signedIn }
  }
  const ends = provider.transactions.end(transaction)
  const failed = { transaction, error, claims, cookies: [...ends, ...changes] }
  if (transaction.onlySilent === true) return { kind: 'silent', ...failed }
  const onward = await followUserFlowLink(services, request, { error, transaction })
  if (onward !== undefined) return { kind: 'continued', response: withCookies(onward, ends) }
  return canRestart(error, transaction)
    ? { kind: 'restart', transaction, error, cookies: ends }
    : { kind: 'failed', ...failed }
}

async function respondToFailure<User>(
  services: SignInServices<User>,
  request: RouteRequest,
  { transaction, error, claims, cookies }: Ended & { readonly error: IdentityError },
): Promise<Response> {
  const { needed, acrs, returnTo } = transaction
  const isPlain = needed.length === 0 && acrs.length === 0
  const start = isPlain ? { returnTo } : purposeOf(transaction)
  const reason = await reasonOf(services, request, { error, transaction })
  return services.pages.errors.toResponse(request, error, { ...start, reason, claims, cookies })
}

/** Returns the reason for the error page. A signed-in user who declined must not read that they are not signed in. */
async function reasonOf<User>(
  { sessions }: SignInServices<User>,
  { cookieHeader }: RouteRequest,
  { error, transaction }: { readonly error: IdentityError; readonly transaction: Transaction },
): Promise<PageReason | undefined> {
  // Without the provider's error, the application rejected a new user.
  if (error.code !== 'access_denied' || error.oauthError === undefined) return undefined
  if ((await sessions.read(cookieHeader)) === undefined) return undefined
  return transaction.stepUpFor === undefined ? 'sign-in-cancelled' : 'permission-declined'
}

const LOST_SILENT_SIGN_IN =
  'The browser did not send the cookie of this silent sign-in, or the cookie has expired.'

function meetsRequirement(
  session: Session,
  { stepUpFor, startedAt: signInStartedAt }: Transaction,
): boolean {
  if (stepUpFor === undefined) return true
  return session.startedAt >= signInStartedAt && stepUpTimes(session, stepUpFor).length > 0
}

/** A transaction, and a request of the browser that started it. */
interface BoundTransaction {
  readonly transaction: Transaction
  readonly request: RouteRequest
}

async function redeem<User>(
  services: SignInServices<User>,
  parameters: URLSearchParams,
  { transaction, request }: BoundTransaction,
): Promise<FinishedSignIn> {
  const { site, provider } = services
  const { client } = clientOf(provider, transaction)
  try {
    // The callback is a route of the code flow only, but an application can call `completeLogin` at any time.
    if (site.signIn.kind !== 'code') {
      throw configurationError(
        `completeLogin() works only with a redirect URI, but the option signIn replaces the redirect URI. ${USE_REDIRECT_URI}`,
      )
    }
    const { nonce, codeVerifier } = transaction
    const { redeemCode } = await loadRequests()
    const signIn = await redeemCode(client, parameters, {
      redirectUri: site.signIn.redirectUri,
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

/** Returns the parameters, or what is wrong with the authorization response. */
function readParameters(request: RouteRequest): URLSearchParams | string {
  const parameters = request.method === 'POST' ? request.readForm() : parseForm(request.query)
  if (parameters === undefined) return 'is too long'
  // RFC 6749, section 3.1: a parameter must not occur twice.
  const names = [...parameters.keys()]
  if (new Set(names).size < names.length) return 'contains a parameter twice'
  return parameters.get('state') ? parameters : 'does not contain the parameter state'
}
