import { randomUUID } from 'node:crypto'
import type { UserConfig } from '../config/config.js'
import { b2cError } from '../profiles/b2c-errors.js'
import { param, type ProviderResponse, type ProviderRequest } from '../protocol/http.js'
import { OAuthError } from '../protocol/oauth-error.js'
import type { ProviderContext } from '../state/context.js'
import type { Interaction } from '../state/interaction.js'
import { signUpPage } from './pages/user-flow-page.js'

/** The result of a form on a page of a user flow. */
export type UserFlowResult =
  | { readonly kind: 'signed-in'; readonly user: UserConfig }
  /** The sign-in can continue with its next step. */
  | { readonly kind: 'settled' }
  /** The user canceled, and the app receives the error. */
  | { readonly kind: 'left'; readonly error: OAuthError }
  | { readonly kind: 'page'; readonly response: ProviderResponse }

/**
 * Handles the forms for sign-up, profile editing and password reset, and the buttons of user flows.
 *
 * @returns `undefined` when the form belongs to another page.
 */
export function handleUserFlow(
  context: ProviderContext,
  request: ProviderRequest,
  interaction: Interaction,
): UserFlowResult | undefined {
  const action = request.form.get('action') ?? ''
  // A form can be forged. Only actions that the pages of this interaction offer are allowed.
  if (!isOffered(interaction, action)) return undefined
  switch (action) {
    case 'sign-up':
      interaction.signsUp = true
      return { kind: 'settled' }
    case 'create':
      return createAccount(context, request, interaction)
    case 'save':
      return saveProfile(context, request, interaction)
    case 'reset':
      return resetPassword(context, request, interaction)
    case 'cancel':
      return { kind: 'left', error: cancelled(interaction) }
    case 'forgot-password':
      return {
        kind: 'left',
        error: b2cError('access_denied', 90118, 'The user has forgotten their password.'),
      }
    default:
      return undefined
  }
}

function isOffered({ profile, signsUp }: Interaction, action: string): boolean {
  const { kind, offers } = profile.journey
  if (offers.some((offer) => offer === action)) return true
  if (action === 'create' || action === 'cancel') return signsUp === true
  if (action === 'save') return kind === 'edit-profile'
  return action === 'reset' && kind === 'reset-password'
}

function createAccount(
  context: ProviderContext,
  request: ProviderRequest,
  interaction: Interaction,
): UserFlowResult {
  const { profile } = interaction
  const name = param(request.form, 'displayName')?.trim() ?? ''
  const email = param(request.form, 'email')?.trim() ?? ''
  const { users } = context.store
  const reject = (error: string): UserFlowResult => ({
    kind: 'page',
    response: signUpPage(interaction, { name, email, error }),
  })
  if (name === '' || !/^[^\s@]+@[^\s@]+$/.test(email)) {
    return reject('Enter a name and an email address.')
  }
  const isTaken = users
    .all()
    .some(({ username, email: known }) =>
      [username, known].some((value) => value?.toLowerCase() === email.toLowerCase()),
    )
  if (isTaken) return reject('An account with that email address already exists.')
  const [givenName = name, ...rest] = name.split(/\s+/)
  const user: UserConfig = {
    username: email,
    name,
    givenName,
    surname: rest.join(' '),
    oid: randomUUID(),
    tenant: profile.appTenantId ?? '',
    email,
  }
  users.add(user)
  return signedIn(context, email)
}

function saveProfile(
  context: ProviderContext,
  request: ProviderRequest,
  interaction: Interaction,
): UserFlowResult {
  const name = param(request.form, 'displayName')?.trim()
  const user = interaction.picked?.user
  if (user !== undefined && name !== undefined && name !== '') {
    context.store.users.rename(user, name)
  }
  interaction.isEdited = user !== undefined
  return { kind: 'settled' }
}

function resetPassword(
  context: ProviderContext,
  request: ProviderRequest,
  interaction: Interaction,
): UserFlowResult {
  const username = param(request.form, 'account') ?? ''
  const result = signedIn(context, username)
  const isCustomerHere =
    result.kind === 'signed-in' && interaction.profile.tenantAccountOf(result.user) !== undefined
  return isCustomerHere ? result : { kind: 'settled' }
}

function signedIn(context: ProviderContext, username: string): UserFlowResult {
  const user = context.store.users.all().find((entry) => entry.username === username)
  return user === undefined ? { kind: 'settled' } : { kind: 'signed-in', user }
}

function cancelled({ profile }: Interaction): OAuthError {
  return profile.kind === 'b2c'
    ? b2cError('access_denied', 90091, 'The user has cancelled entering self-asserted information.')
    : new OAuthError('access_denied', 0, 'The user cancelled the sign-up.')
}
