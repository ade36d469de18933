import { grantorOf } from '../profiles/consent-policy.js'
import { canSignIn, missingConsents, type MissingConsent } from '../state/consents.js'
import type { AppConfig, UserConfig } from '../config/config.js'
import type { ProviderContext } from '../state/context.js'
import type { Interaction } from '../state/interaction.js'
import type { TenantAccount } from '../profiles/issuer-profile.js'
import { interactionRequired, OAuthError } from '../protocol/oauth-error.js'
import { requestsAllClaims, parseRequestedClaims } from '../protocol/requested-claims.js'
import type { BrowserSession, SessionAccount } from '../state/records.js'
import { accountsAt } from '../state/sessions.js'
import { isMicrosoftClient } from '../profiles/microsoft-clients.js'
import { findHintedUser } from '../profiles/subject.js'
import { isPersonal } from '../profiles/tenants.js'

/** The next step of a sign-in. */
export type SignInStep =
  | { readonly kind: 'pick'; readonly hinted: UserConfig | undefined }
  /** The user creates an account. */
  | { readonly kind: 'sign-up' }
  | { readonly kind: 'reset-password' }
  | { readonly kind: 'edit-profile'; readonly account: SessionAccount }
  /** The user chose an account that does not belong to the tenant. */
  | { readonly kind: 'rejected'; readonly user: UserConfig }
  | {
      readonly kind: 'consent'
      readonly tenantAccount: TenantAccount
      readonly missing: readonly MissingConsent[]
      /** The OpenID scopes that need consent. */
      readonly identity: readonly string[]
      readonly needsAdmin: boolean
    }
  | {
      readonly kind: 'done'
      readonly account: SessionAccount
      readonly tenantAccount: TenantAccount
      /** The consents to store, granted by a switch or on the page. */
      readonly granted: readonly MissingConsent[]
    }

/**
 * Decides the next step of a sign-in.
 *
 * @throws OAuthError for the app when `prompt=none` does not allow the required page.
 */
export function decideStep(
  context: ProviderContext,
  interaction: Interaction,
  session: BrowserSession | undefined,
): SignInStep {
  const { journey } = interaction.profile
  if (interaction.picked === undefined) {
    if (interaction.signsUp === true) return { kind: 'sign-up' }
    if (journey.kind === 'reset-password')
      return requirePage(interaction, { kind: 'reset-password' })
  }
  const account = interaction.picked ?? silentAccount(context, interaction, session)
  if (account === undefined || 'kind' in account) {
    return account ?? { kind: 'pick', hinted: hintedUser(context, interaction) }
  }
  const tenantAccount = interaction.profile.tenantAccountOf(account.user)
  if (tenantAccount === undefined) return { kind: 'rejected', user: account.user }

  if (journey.kind === 'edit-profile' && interaction.isEdited !== true) {
    return requirePage(interaction, { kind: 'edit-profile', account })
  }
  const { app, profile, purpose, scope, prompt } = interaction
  const showsConsentAgain =
    !isMicrosoftClient(app) && (prompt === 'consent' || purpose.kind === 'device')
  const missing = missingConsents(context, tenantAccount, app, scope, showsConsentAgain)
  const needsSignInConsent =
    profile.asksSignInConsent && !isMicrosoftClient(app) && !canSignIn(context, tenantAccount, app)
  // A device shows the page again, also for permissions that an administrator granted before.
  const ungranted = missingConsents(context, tenantAccount, app, scope, prompt === 'consent')
  const isAdministrator = account.user.admin === true && !tenantAccount.isGuest
  const needsAdmin =
    !isAdministrator &&
    ungranted.some(({ target, names }) =>
      names.some((name) => grantorOf(context, tenantAccount, { ...target, name }) === 'admin'),
    )
  const isGranted =
    (interaction.agreed === true && !needsAdmin) ||
    context.behaviour.consent === 'skip' ||
    (!profile.asksConsent && purpose.kind !== 'device')
  const isComplete = missing.length === 0 && !needsSignInConsent
  if (isGranted || (isComplete && !showsConsentAgain)) {
    return { kind: 'done', account, tenantAccount, granted: missing }
  }
  if (prompt === 'none') throw consentRequired(app.clientId, app.name, needsAdmin)
  if (isMicrosoftClient(app)) throw notAuthorized(app, missing)
  // Entra ID only lists what is new. Other issuers do not record the consent to OpenID scopes.
  const listsIdentity = needsSignInConsent || showsConsentAgain || !profile.asksSignInConsent
  const identity = listsIdentity ? scope.identity : []
  return { kind: 'consent', tenantAccount, missing, identity, needsAdmin }
}

/**
 * Returns a step that requires a page.
 *
 * @throws OAuthError when `prompt=none` does not allow a page.
 */
function requirePage(interaction: Interaction, step: SignInStep): SignInStep {
  if (interaction.prompt === 'none') throw loginRequired()
  return step
}

/**
 * Creates the error AADSTS65001. The token endpoint uses the same number for scopes without
 * consent.
 */
function consentRequired(
  clientId: string,
  name: string,
  needsAdmin = false,
  remedy?: string,
): OAuthError {
  return new OAuthError(
    'consent_required',
    needsAdmin ? 90094 : 65001,
    `The user or administrator has not consented to use the application with ID '${clientId}' named '${name}'. Send an interactive authorization request for this user and resource.`,
    { suberror: 'consent_required', remedy },
  )
}

/**
 * Creates the error AADSTS65001 for a client of Microsoft, which does not show a consent page for an
 * API of another publisher (configure-authentication-mcp-server-vscode).
 */
function notAuthorized(app: AppConfig, missing: readonly MissingConsent[]): OAuthError {
  const names = missing.map(({ target }) => `"${target.resource.name}"`).join(' and ')
  return consentRequired(
    app.clientId,
    app.name,
    false,
    `${app.name} does not show a consent page. Add { "clientId": "${app.clientId}" } to authorizedClients of ${names} in the configuration. At Entra ID, the list is called "Authorized client applications".`,
  )
}

/**
 * Returns the account that can sign in without a page, or the page that is required despite a
 * session.
 */
function silentAccount(
  context: ProviderContext,
  interaction: Interaction,
  session: BrowserSession | undefined,
): SessionAccount | SignInStep | undefined {
  const { prompt, profile, loginHint } = interaction
  if (prompt === 'login' || prompt === 'select_account' || prompt === 'create') return undefined
  const hinted = hintedUser(context, interaction)
  const candidates = accountsAt(profile, session).filter(
    ({ user }) =>
      profile.tenantAccountOf(user) !== undefined &&
      fitsDomainHint(context, interaction, user) &&
      (loginHint === undefined || user === hinted),
  )
  const [account, ...others] = candidates
  if (account === undefined) {
    if (prompt === 'none') throw loginRequired()
    return undefined
  }
  if (others.length > 0) {
    if (prompt === 'none') throw severalAccounts()
    return undefined
  }
  const age = context.nowSeconds() - account.authTime
  // `max_age=0` requires a new sign-in but keeps the account, unlike `prompt=login`.
  if (interaction.maxAge !== undefined && age >= interaction.maxAge) {
    if (prompt === 'none') throw loginRequired()
    return { kind: 'pick', hinted: account.user }
  }
  const claims = claimsForUser(context, interaction)
  if (claims === undefined) return account
  if (prompt === 'none')
    throw interactionRequired(interaction.app.clientId, claims, 'interaction_required')
  return { kind: 'pick', hinted: account.user }
}

/** Returns the claims of a challenge that requires a sign-in, when the request contains them. */
function claimsForUser(
  { behaviour }: ProviderContext,
  { purpose }: Interaction,
): string | undefined {
  const { graphClaims, graphClaimsNeedUser } = behaviour
  if (!graphClaimsNeedUser || graphClaims === undefined || purpose.kind !== 'authorize') {
    return undefined
  }
  const isCarried = requestsAllClaims(purpose.request.claims, parseRequestedClaims(graphClaims))
  return isCarried ? graphClaims : undefined
}

function hintedUser(context: ProviderContext, interaction: Interaction): UserConfig | undefined {
  return findHintedUser(context.store.users.all(), interaction.loginHint)
}

/**
 * Returns whether an account matches `domain_hint`, which is `consumers`, `organizations` or a
 * domain name.
 */
export function fitsDomainHint(
  context: ProviderContext,
  interaction: Interaction,
  user: UserConfig,
): boolean {
  const hint = interaction.domainHint?.toLowerCase()
  if (hint === undefined) return true
  if (hint === 'consumers') return isPersonal(user)
  if (hint === 'organizations') return !isPersonal(user)
  const tenant = context.config.tenants.find((entry) =>
    entry.domains.some((domain) => domain.toLowerCase() === hint),
  )
  // An unknown domain is ignored, because a hint must not restrict access.
  return tenant === undefined || tenant.id.toLowerCase() === user.tenant.toLowerCase()
}

function loginRequired(): OAuthError {
  return new OAuthError(
    'login_required',
    50058,
    'A silent sign-in request was sent but no user is signed in.',
  )
}

function severalAccounts(): OAuthError {
  return new OAuthError(
    'interaction_required',
    16000,
    'Either multiple user identities are available for the current request or selected account is not supported for the scenario.',
  )
}
