import { parseResponseTarget } from './authorize-request.js'
import type { ProviderContext } from '../state/context.js'
import { recordAdminConsent } from '../state/consents.js'
import { param, toRedirect, type ProviderResponse, type ProviderRequest } from '../protocol/http.js'
import type { IssuerProfile, TenantAccount } from '../profiles/issuer-profile.js'
import { createErrorIds, OAuthError, toEntraErrorBody } from '../protocol/oauth-error.js'
import { toRequestError } from '../protocol/request-error.js'
import { requestedPermissions } from './requested-permissions.js'
import {
  administratorPage,
  approvalPage,
  notAdministratorPage,
  type AdminConsentPage,
} from './pages/admin-consent-page.js'
import { accountsAt, findSession, sessionCookie, signInAccount } from '../state/sessions.js'
import type { BrowserSession } from '../state/records.js'
import { isPersonal, unknownAccount } from '../profiles/tenants.js'

/**
 * Handles `/adminconsent` and `/v2.0/adminconsent`, where an administrator approves an app for all
 * users of the tenant (v2-admin-consent). The second path has the parameter `scope`.
 *
 * The query of every step contains the request, so the provider does not store it between two
 * pages.
 */
export function adminConsent(
  context: ProviderContext,
  request: ProviderRequest,
  profile: IssuerProfile,
): ProviderResponse {
  const { form, url } = request
  const { app, redirectUri, state } = parseResponseTarget(context, profile, url.searchParams)
  const permissions = requestedPermissions(request, profile, app)
  const page: AdminConsentPage = {
    app,
    profile,
    redirectUri,
    action: url.pathname + url.search,
    permissions: permissions.all,
  }
  const goBack = (params: Record<string, string>): ProviderResponse =>
    toRedirect(withParams(redirectUri, { ...params, ...(state !== undefined && { state }) }))

  const session = findSession(context, request)
  if (request.method !== 'POST') return ask(context, page, session)
  const username = param(form, 'account')
  if (username !== undefined) return pickAdministrator(context, request, page, username)
  if (form.get('action') === 'switch') return administratorPage(context, page)
  // The session cookie is SameSite. Another site cannot approve for an administrator.
  const tenantAccount = findAdministrator(session, profile, param(form, 'approver'))
  if (form.get('decision') !== 'accept') {
    const error = permissions.scope === undefined ? CANCELED : CANCELED_V2
    return failAdminConsent(context, request, error, (params) =>
      goBack({
        ...params,
        ...(permissions.scope !== undefined && { admin_consent: 'True' }),
      }),
    )
  }
  if (tenantAccount === undefined) return administratorPage(context, page)
  recordAdminConsent(context, tenantAccount.tenantId, app, permissions.delegated)
  return goBack({
    tenant: tenantAccount.tenantId,
    admin_consent: 'True',
    ...(permissions.scope !== undefined && { scope: permissions.scope }),
  })
}

const CANCELED = new OAuthError('permission_denied', 0, 'The admin canceled the request')
const CANCELED_V2 = new OAuthError(
  'access_denied',
  65004,
  'User declined to consent to access the app.',
)

/** Sends the error of an administrator who pressed Cancel to the app. */
function failAdminConsent(
  context: ProviderContext,
  request: ProviderRequest,
  error: OAuthError,
  goBack: (params: Record<string, string>) => ProviderResponse,
): ProviderResponse {
  const ids = createErrorIds(request, context.nowMs())
  const { error_description: description, error_uri: uri } = toEntraErrorBody(
    error,
    ids,
    context.origin,
  )
  const params = {
    error: error.error,
    error_description: error.number === 0 ? error.message : String(description),
    ...(typeof uri === 'string' && { error_uri: uri }),
  }
  return { ...goBack(params), error: toRequestError(error) }
}

function ask(
  context: ProviderContext,
  page: AdminConsentPage,
  session: BrowserSession | undefined,
): ProviderResponse {
  const tenantAccount = findAdministrator(session, page.profile)
  if (tenantAccount === undefined) return administratorPage(context, page)
  return approvalPage(page, tenantAccount)
}

function pickAdministrator(
  context: ProviderContext,
  request: ProviderRequest,
  page: AdminConsentPage,
  username: string,
): ProviderResponse {
  const user = context.store.users.all().find((entry) => entry.username === username)
  if (user === undefined) {
    throw unknownAccount(username, page.profile)
  }
  const { session } = signInAccount(context, findSession(context, request), user, page.profile)
  const tenantAccount = findAdministrator(session, page.profile, username)
  const response =
    tenantAccount === undefined
      ? notAdministratorPage(page, user, createErrorIds(request, context.nowMs()))
      : approvalPage(page, tenantAccount)
  return {
    ...response,
    headers: { ...response.headers, 'set-cookie': sessionCookie(context, session) },
  }
}

/**
 * Returns the administrator who is signed in here. Guests and personal accounts are not
 * administrators.
 */
function findAdministrator(
  session: BrowserSession | undefined,
  profile: IssuerProfile,
  username?: string,
): TenantAccount | undefined {
  return accountsAt(profile, session)
    .filter(({ user }) => user.admin === true && !isPersonal(user))
    .filter(({ user }) => username === undefined || user.username === username)
    .map(({ user }) => profile.tenantAccountOf(user))
    .find((tenantAccount) => tenantAccount?.isGuest === false)
}

function withParams(uri: string, params: Record<string, string>): string {
  const separator = uri.includes('?') ? '&' : '?'
  return `${uri}${separator}${new URLSearchParams(params).toString()}`
}
