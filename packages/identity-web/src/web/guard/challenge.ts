// Sends a visitor to the provider and back to the page, shows pages.login, or rejects a script.
import { parseScopes, type ResourceScopes } from '../../client/index.ts'
import { IdentityError, withChanges } from '../../errors.ts'
import { eventUserOf, failureOf } from '../../event-emitter.ts'
import { leadsToLogin, type HttpContext } from '../../http-context.ts'
import { recordError } from '../../authentication/index.ts'
import { loadPages } from '../http/load-pages.ts'
import { CONTINUE } from '../http/login-urls.ts'
import { isNavigation, shouldRedirect, type ChallengeMode } from '../http/navigation.ts'
import { pageBaseOf } from '../http/pages/frame.ts'
import { json, page, redirect } from '../http/responses.ts'
import type { LoginPage } from '../../options/page-options.ts'
import type { SignInStart } from '../runtime/transaction.ts'
import { loadStart } from '../sign-in/load-start.ts'
import { keptOf, stepUpParameters, wouldLoop, type Kept } from '../sign-in/step-up.ts'
import type { AuthenticationResult } from './authentication-result.ts'
import type { HttpServices } from '../http/services.ts'

/** The requirements of a route that a new sign-in can satisfy, and the response for users who do not satisfy them. */
export interface ChallengedRequirement {
  readonly requested: ResourceScopes | undefined
  readonly challenge: ChallengeMode
  /** The requirement for the authentication. Not set if every way to authenticate is allowed. */
  readonly authentication?: {
    readonly acrs: readonly string[]
    readonly maxAgeSeconds: number | undefined
  }
}

/** The requirement of a route, and the result that does not meet it. */
export interface Unmet {
  readonly requirement: ChallengedRequirement
  /** The result of the authentication. `undefined` if the request does not have a session. */
  readonly result: AuthenticationResult | undefined
  /** The error of a request without a session. */
  readonly error?: IdentityError | undefined
}

/** Returns an error with the URL of the sign-in that solves it. */
export async function withLoginUrl(
  services: HttpServices,
  http: HttpContext,
  unmet: Unmet & { readonly error: IdentityError },
): Promise<IdentityError> {
  const start: SignInStart = {
    returnTo: returnPathOf(services, http),
    ...toStart(services, unmet, unmet.error),
  }
  return withChanges(unmet.error, { loginUrl: await services.loginUrls.toUrl(start) })
}

// One object, because the stack of an error takes long. It is only read, and not thrown.
const NOT_SIGNED_IN = new IdentityError('login_required', 'No user is signed in.')

/** Responds to a request if the user must first sign in or consent at the provider. */
export async function respondWithChallenge(
  services: HttpServices,
  http: HttpContext,
  { requirement, result, error: given }: Unmet,
): Promise<Response> {
  const { loginUrls, pages } = services
  const error = result?.interactionRequired ?? given ?? NOT_SIGNED_IN
  const start: SignInStart = {
    returnTo: returnPathOf(services, http),
    ...toStart(services, { requirement, result }, error),
  }
  if (result !== undefined) await reportStepUp(services, result, error)
  if (!shouldRedirect(http, requirement.challenge)) {
    const loginUrl = await loginUrls.toUrl(start)
    const response = json(401, { error: error.code, loginUrl })
    return recordError(response, withChanges(error, { loginUrl }))
  }
  if (result !== undefined && mustStop(services, result, { error, stepUpFor: start.stepUpFor })) {
    if (leadsToLogin(http)) throw error
    return pages.errors.toResponse(http, error, start)
  }
  // Browsers do not send a `SameSite=Strict` cookie after a link of another site.
  const mayHaveSession = result === undefined && services.sessions.strictCookies !== undefined
  if (leadsToLogin(http)) {
    const loginUrl = await loginUrls.toUrl(start)
    return redirect(mayHaveSession ? `${loginUrl}&${CONTINUE}=1` : loginUrl)
  }
  if (mayHaveSession) {
    const response = await (await loadPages()).continueFromLink(services, http)
    if (response !== undefined) return response
  }
  if (pages.own.login !== undefined && error.code !== 'interaction_required') {
    const resetUrl = await resetPasswordUrl(services, start.returnTo)
    const content: LoginPage = {
      ...pageBaseOf(await services.pages.frames(http)),
      loginUrl: await loginUrls.toUrl(start),
      ...(resetUrl !== undefined && { resetPasswordUrl: resetUrl }),
    }
    return page(401, await pages.own.login(content))
  }
  try {
    const { startSignIn } = await loadStart()
    const cookieHeader = http.header('cookie') ?? ''
    return await startSignIn(services, start, { cookieHeader, method: http.method, request: http })
  } catch (failure) {
    if (!IdentityError.is(failure)) throw failure
    return pages.errors.toResponse(http, failure, start)
  }
}

/**
 * The age of a session in seconds up to which a new sign-in does not help if the refresh token is rejected: the refresh
 * token of the next session would be rejected too.
 */
const YOUNG_SECONDS = 60

/** Returns whether another sign-in would fail like the last sign-in, so that the browser would redirect forever. */
function mustStop(
  { site, now }: HttpServices,
  { current: { session } }: AuthenticationResult,
  { error, stepUpFor }: { readonly error: IdentityError; readonly stepUpFor: string | undefined },
): boolean {
  const isYoung = now() < session.startedAt + YOUNG_SECONDS
  // A platform requests the same for each sign-in.
  if (isYoung && site.signIn.kind === 'platform') return true
  return (error.reason === 'refresh_rejected' && isYoung) || wouldLoop(session, stepUpFor, now())
}

async function reportStepUp(
  { events }: HttpServices,
  { current, isStepUp }: AuthenticationResult,
  error: IdentityError,
): Promise<void> {
  const isStarted = isStepUp === true || error.code === 'interaction_required'
  if (!isStarted || !events.hearsInfo) return
  const { claims } = current.session
  events.emit('step_up.started', {
    level: 'info',
    ...failureOf(error),
    ...(await eventUserOf(events, claims)),
  })
}

/** Returns the sign-in that meets the requirement, without its return path. */
function toStart(
  services: HttpServices,
  { requirement, result }: Unmet,
  error: IdentityError,
): Omit<SignInStart, 'returnTo'> {
  const { requested, authentication } = requirement
  const acrs = authentication?.acrs ?? []
  const maxAgeSeconds = authentication?.maxAgeSeconds
  const { site, provider } = services
  const { authority } = provider.client.issuing
  // Other ways to sign in cannot request it.
  const kept: Kept = result && site.signIn.kind === 'code' ? keptOf(result.current.session) : {}
  const maxAge =
    maxAgeSeconds ?? provider.signInDefaults.parameters.maxAgeSeconds ?? kept.maxAgeSeconds
  const stepUp = result && stepUpParameters(authority, result.current.session, error)
  // Only that there are claims is part of the requirement, because an API may send other claims each time.
  const claims = error.claimsRequest === undefined ? undefined : 'claims'
  const requirements = [
    requested?.resource,
    ...(requested?.names ?? []),
    ...acrs,
    maxAgeSeconds,
    claims,
    result?.isStepUp === true ? 'refresh' : undefined,
  ]
  return {
    ...(requested && scopesToRequest(services, requested.scopes, result?.granted)),
    ...(acrs.length > 0 && { acrs }),
    keptAcrs: kept.keptAcrs,
    ...((stepUp ?? maxAge) !== undefined && {
      parameters: { ...stepUp, ...(maxAge !== undefined && { maxAgeSeconds: maxAge }) },
    }),
    ...((result?.isStepUp === true || error.code === 'interaction_required') && {
      stepUpFor: requirements.join(' ').trim(),
    }),
  }
}

// At Microsoft, a refresh token works for everything that was ever granted. At other providers, it works only for the
// scopes of the last sign-in, so the scopes that the session has are requested again.
function scopesToRequest(
  { provider }: HttpServices,
  needed: readonly string[],
  granted: readonly string[] = [],
): Pick<SignInStart, 'scopes' | 'needed'> {
  if (provider.client.traits.prefixedScopes) return { scopes: needed, needed }
  return { scopes: parseScopes([...provider.signInDefaults.scopes, ...granted, ...needed]), needed }
}

/** Returns the URL at which a user of Azure AD B2C resets their password, if that user flow is configured. */
export async function resetPasswordUrl(
  { loginUrls, provider }: Pick<HttpServices, 'provider' | 'loginUrls'>,
  returnTo: string,
): Promise<string | undefined> {
  if (!provider.byUserFlow.has('reset_password')) return undefined
  return loginUrls.toUrl({ returnTo, userFlow: 'reset_password' })
}

/**
 * Returns the page to which the user returns: the requested page, or the page whose script or form sent the request.
 */
export function returnPathOf({ site, loginUrls }: HttpServices, http: HttpContext): string {
  const isPage = (http.method === 'GET' || http.method === 'HEAD') && isNavigation(http)
  const pageUrl = isPage ? http.url : http.pageUrl
  if (pageUrl !== undefined) return loginUrls.returnPath(site.location.toBrowserUrl(pageUrl))
  const referrer = http.header('referer')
  const origin = site.signIn.kind === 'platform' ? sameHost(referrer, http) : site.origin
  if (origin === undefined || referrer?.startsWith(`${origin}/`) !== true)
    return site.location.homePath
  return loginUrls.returnPath(referrer.slice(origin.length))
}

/**
 * Returns the origin of a URL if the URL has the host of the request. Only the path of the URL is used later, so a
 * wrong host does not cause harm.
 */
function sameHost(url: string | undefined, http: HttpContext): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined
  const { host, origin } = new URL(url)
  return host === http.header('host') ? origin : undefined
}
