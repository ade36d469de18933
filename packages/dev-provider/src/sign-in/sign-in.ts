import { randomBytes, randomUUID } from 'node:crypto'
import { completeAuthorize, failAuthorize } from './authorization-response.js'
import { parseAuthorizeRequest, parseResponseTarget } from './authorize-request.js'
import type { UserConfig } from '../config/config.js'
import { recordConsent } from '../state/consents.js'
import type { ProviderContext } from '../state/context.js'
import { completeDevice, declineDevice } from './device-outcome.js'
import { deviateParameters } from '../controls/deviations.js'
import { takeErrorFault } from '../controls/faults.js'
import { param, paramsOf, type ProviderResponse, type ProviderRequest } from '../protocol/http.js'
import type { AuthorizeRequest, Interaction } from '../state/interaction.js'
import type { IssuerProfile } from '../profiles/issuer-profile.js'
import { OAuthError, invalidRequest } from '../protocol/oauth-error.js'
import { unknownAccount } from '../profiles/tenants.js'
import { handleUserFlow, type UserFlowResult } from './user-flow.js'
import { accountPage, type AccountPageOptions } from './pages/account-page.js'
import { consentPage } from './pages/consent-page.js'
import { rejectedPage } from './pages/error-page.js'
import { editProfilePage, resetPasswordPage, signUpPage } from './pages/user-flow-page.js'
import { accountsAt, findSession, sessionCookie, signInAccount } from '../state/sessions.js'
import { decideStep, type SignInStep } from './sign-in-steps.js'
import type { BrowserSession } from '../state/records.js'

// Enough time to read a page. An abandoned sign-in does not stay in memory for long.
const INTERACTION_SECONDS = 1800

/**
 * Handles `/authorize`. It responds without a page if possible, and otherwise shows the pages of
 * the sign-in.
 */
export function authorize(
  context: ProviderContext,
  request: ProviderRequest,
  profile: IssuerProfile,
): Promise<ProviderResponse> {
  const params = paramsOf(request)
  const responseTarget = parseResponseTarget(context, profile, params)
  return runStep(context, request, { profile, responseTarget }, () => {
    const fault = takeErrorFault(context, 'authorize')
    if (fault !== undefined) throw fault
    deviateParameters(context, params)
    const parsed = parseAuthorizeRequest(profile, params, responseTarget)
    const interaction: Interaction = {
      id: randomBytes(18).toString('base64url'),
      profile,
      app: responseTarget.app,
      scope: parsed.scope,
      prompt: parsed.prompt,
      loginHint: param(params, 'login_hint'),
      domainHint: param(params, 'domain_hint'),
      maxAge: parsed.maxAge,
      purpose: { kind: 'authorize', request: parsed },
      ...(parsed.prompt === 'create' && { signsUp: true }),
    }
    return advance(context, request, interaction, findSession(context, request))
  })
}

/** Handles `/{tenant}/interaction/{id}`, which receives the forms of the pages. */
export function interact(
  context: ProviderContext,
  request: ProviderRequest,
  profile: IssuerProfile,
): Promise<ProviderResponse> | ProviderResponse {
  const interaction = context.store.interactions.get(request.id)
  if (interaction === undefined || interaction.profile.key !== profile.key) {
    throw invalidRequest(
      0,
      'This sign-in has ended or does not exist. Return to the app and start again.',
      'Open a page of your app to start a new sign-in. A sign-in ends after 30 minutes, when it is completed, and when the provider restarts.',
    )
  }
  const session = findSession(context, request)
  const query = request.url.searchParams.get('q')
  if (request.method !== 'POST' && query !== null) {
    return showPicker(context, interaction, session, { query })
  }
  if (request.method !== 'POST') return proceed(context, request, interaction, session)
  const flow = handleUserFlow(context, request, interaction)
  if (flow !== undefined) return continueUserFlow(context, request, interaction, flow)
  const username = param(request.form, 'account')
  if (username !== undefined) return pickAccount(context, request, interaction, username)
  if (request.form.get('action') === 'switch') {
    delete interaction.picked
    return Promise.resolve(showPicker(context, interaction, session))
  }
  if (request.form.get('decision') !== 'accept') return decline(context, request, interaction)
  interaction.agreed = true
  return proceed(context, request, interaction, session)
}

function proceed(
  context: ProviderContext,
  request: ProviderRequest,
  interaction: Interaction,
  session: BrowserSession | undefined,
): Promise<ProviderResponse> {
  return runStep(context, request, responseTargetOf(interaction), () =>
    advance(context, request, interaction, session),
  )
}

/** Continues a sign-in with its next page, or completes it. */
export function advance(
  context: ProviderContext,
  request: ProviderRequest,
  interaction: Interaction,
  session: BrowserSession | undefined,
): Promise<ProviderResponse> | ProviderResponse {
  const step = decideStep(context, interaction, session)
  context.store.interactions.set(interaction.id, interaction, INTERACTION_SECONDS)
  if (step.kind === 'pick') {
    return showPicker(context, interaction, session, { hinted: step.hinted?.username })
  }
  if (step.kind === 'rejected') return rejectedPage(context, request, interaction, step.user)
  if (step.kind === 'consent') return consentPage(context, interaction, step)
  if (step.kind === 'sign-up') return signUpPage(interaction)
  if (step.kind === 'reset-password') {
    const { profile } = interaction
    const users = context.store.users
      .all()
      .filter((user) => profile.tenantAccountOf(user) !== undefined)
    return resetPasswordPage(interaction, users)
  }
  if (step.kind === 'edit-profile') {
    interaction.picked = step.account
    return editProfilePage(interaction, step.account.user)
  }
  step.account.apps.add(interaction.app.clientId)
  return complete(context, interaction, step)
}

function complete(
  context: ProviderContext,
  interaction: Interaction,
  { account, tenantAccount, granted }: Extract<SignInStep, { kind: 'done' }>,
): ProviderResponse {
  const { app, profile, purpose } = interaction
  context.store.interactions.delete(interaction.id)
  recordConsent(context, tenantAccount, app, granted)
  const signedIn = {
    app,
    user: account.user,
    scope: interaction.scope,
    sid: account.sid,
    authTime: account.authTime,
    wantsAuthTime: interaction.maxAge !== undefined,
    family: randomUUID(),
    sequence: context.store.nextSequence(),
    refreshRealm: profile.refreshRealm,
  }
  return purpose.kind === 'authorize'
    ? completeAuthorize(context, profile, purpose.request, signedIn)
    : completeDevice(purpose.device, signedIn)
}

function pickAccount(
  context: ProviderContext,
  request: ProviderRequest,
  interaction: Interaction,
  username: string,
): Promise<ProviderResponse> {
  const user = context.store.users.all().find((entry) => entry.username === username)
  if (user === undefined) {
    throw unknownAccount(username, interaction.profile)
  }
  return signInWith(context, request, interaction, user)
}

async function signInWith(
  context: ProviderContext,
  request: ProviderRequest,
  interaction: Interaction,
  user: UserConfig,
): Promise<ProviderResponse> {
  const known = findSession(context, request)
  const { session, account } = signInAccount(context, known, user, interaction.profile)
  interaction.picked = account
  const response = await proceed(context, request, interaction, session)
  return {
    ...response,
    headers: { ...response.headers, 'set-cookie': sessionCookie(context, session) },
  }
}

function continueUserFlow(
  context: ProviderContext,
  request: ProviderRequest,
  interaction: Interaction,
  result: UserFlowResult,
): Promise<ProviderResponse> | ProviderResponse {
  if (result.kind === 'page') return result.response
  if (result.kind === 'signed-in') return signInWith(context, request, interaction, result.user)
  return runStep(context, request, responseTargetOf(interaction), () => {
    if (result.kind === 'settled') {
      return advance(context, request, interaction, findSession(context, request))
    }
    context.store.interactions.delete(interaction.id)
    throw result.error
  })
}

function showPicker(
  context: ProviderContext,
  interaction: Interaction,
  session: BrowserSession | undefined,
  options: Omit<AccountPageOptions, 'signedIn'> = {},
): ProviderResponse {
  const accounts = accountsAt(interaction.profile, session)
  const signedIn = new Set(accounts.map((account) => account.user))
  return accountPage(context, interaction, { signedIn, ...options })
}

async function decline(
  context: ProviderContext,
  request: ProviderRequest,
  interaction: Interaction,
): Promise<ProviderResponse> {
  context.store.interactions.delete(interaction.id)
  if (interaction.purpose.kind === 'device') return declineDevice(interaction.purpose.device)
  const { responseTarget } = interaction.purpose.request
  // On the page for permissions that only an administrator can grant, this is the only way back to
  // the app.
  const needsAdmin = request.form.get('decision') === 'leave'
  const error = needsAdmin
    ? new OAuthError('access_denied', 90094, 'An administrator must consent to this application.', {
        remedy:
          'Sign in with an account that has admin: true, or ask an administrator to approve the app at {authority}/adminconsent.',
      })
    : new OAuthError('access_denied', 65004, 'User declined to consent to access the app.')
  return failAuthorize(context, request, interaction.profile, responseTarget, error)
}

type SignInDestination = {
  profile: IssuerProfile
  responseTarget?: AuthorizeRequest['responseTarget']
}

function responseTargetOf(interaction: Interaction): SignInDestination {
  const { profile, purpose } = interaction
  return purpose.kind === 'authorize'
    ? { profile, responseTarget: purpose.request.responseTarget }
    : { profile }
}

/** Runs a step and sends an OAuth error to the app, when the sign-in has a redirect URI. */
async function runStep(
  context: ProviderContext,
  request: ProviderRequest,
  { profile, responseTarget }: SignInDestination,
  step: () => Promise<ProviderResponse> | ProviderResponse,
): Promise<ProviderResponse> {
  try {
    return await step()
  } catch (error) {
    if (!(error instanceof OAuthError) || responseTarget === undefined) throw error
    return failAuthorize(context, request, profile, responseTarget, error)
  }
}
