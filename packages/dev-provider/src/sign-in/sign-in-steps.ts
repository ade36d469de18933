import { missingConsents, type MissingConsent } from '../state/consents.js'
import type { UserConfig } from '../config/config.js'
import type { ProviderContext } from '../state/context.js'
import type { Interaction } from '../state/interaction.js'
import type { Seat } from '../profiles/issuer-profile.js'
import { OAuthError } from '../protocol/oauth-error.js'
import type { BrowserSession, SessionAccount } from '../state/records.js'
import { findHintedUser } from '../profiles/subject.js'
import { isPersonal } from '../profiles/tenants.js'

/** What a sign-in needs next. */
export type SignInStep =
  | { readonly kind: 'pick'; readonly hinted: UserConfig | undefined }
  /** The account does not belong to this tenant. */
  | { readonly kind: 'refused'; readonly user: UserConfig }
  | {
      readonly kind: 'consent'
      readonly seat: Seat
      readonly missing: readonly MissingConsent[]
      readonly needsAdmin: boolean
    }
  | {
      readonly kind: 'done'
      readonly account: SessionAccount
      readonly seat: Seat
      /** Granted by a switch or on the page, to be remembered. */
      readonly granted: readonly MissingConsent[]
    }

/**
 * Decides the next step of a sign-in from what is known so far.
 *
 * @throws OAuthError for the app when `prompt=none` forbids the page that would be needed.
 */
export function decideStep(
  context: ProviderContext,
  interaction: Interaction,
  session: BrowserSession | undefined,
): SignInStep {
  const account = interaction.picked ?? silentAccount(context, interaction, session)
  if (account === undefined || 'kind' in account) {
    return account ?? { kind: 'pick', hinted: hintedUser(context, interaction) }
  }
  const seat = interaction.profile.seat(account.user)
  if (seat === undefined) return { kind: 'refused', user: account.user }

  const { app, scope, prompt } = interaction
  const asksAgain = prompt === 'consent' || interaction.purpose.kind === 'device'
  const missing = missingConsents(context, seat, app, scope, asksAgain)
  const isGranted = interaction.agreed === true || context.behaviour.consent === 'skip'
  if (isGranted || (missing.length === 0 && !asksAgain)) {
    return { kind: 'done', account, seat, granted: missing }
  }
  const needsAdmin = account.user.admin !== true && missing.some(hasAdminScope)
  if (prompt === 'none') throw consentRequired(app.clientId, app.name, needsAdmin)
  return { kind: 'consent', seat, missing, needsAdmin }
}

/** AADSTS65001, also what the token endpoint says of scopes that nobody consented to. */
function consentRequired(clientId: string, name: string, needsAdmin = false): OAuthError {
  return new OAuthError(
    'consent_required',
    needsAdmin ? 90094 : 65001,
    `The user or administrator has not consented to use the application with ID '${clientId}' named '${name}'. Send an interactive authorization request for this user and resource.`,
    { suberror: 'consent_required' },
  )
}

/** The account to use without a page, or the page when one is needed in spite of a session. */
function silentAccount(
  context: ProviderContext,
  interaction: Interaction,
  session: BrowserSession | undefined,
): SessionAccount | SignInStep | undefined {
  const { prompt, profile, loginHint } = interaction
  if (prompt === 'login' || prompt === 'select_account') return undefined
  const hinted = hintedUser(context, interaction)
  const candidates = (session?.accounts ?? []).filter(
    ({ user }) =>
      profile.seat(user) !== undefined &&
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
  // `max_age=0` asks for a new sign-in but keeps the remembered name, unlike `prompt=login`.
  if (interaction.maxAge !== undefined && age >= interaction.maxAge) {
    if (prompt === 'none') throw loginRequired()
    return { kind: 'pick', hinted: account.user }
  }
  return account
}

function hintedUser(context: ProviderContext, interaction: Interaction): UserConfig | undefined {
  return findHintedUser(context.config.users, interaction.loginHint)
}

/** `domain_hint`: `consumers`, `organizations` or a domain name. */
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
  // A domain that nobody owns is ignored, as a hint is no filter for access.
  return tenant === undefined || tenant.id.toLowerCase() === user.tenant.toLowerCase()
}

function hasAdminScope({ target, names }: MissingConsent): boolean {
  return names.some((name) => target.resource.find(name)?.adminConsent === true)
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
