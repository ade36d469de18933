import type { UserConfig } from '../../config/config.js'
import type { ProviderResponse } from '../../protocol/http.js'
import type { Interaction } from '../../state/interaction.js'
import { html, type Html } from './html.js'
import { interactionForm } from './interaction-form.js'
import { toPage } from './layout.js'

/**
 * The values that a customer entered on the sign-up page, with an error message if they are not
 * valid.
 */
export interface SignUpTyped {
  readonly name: string
  readonly email: string
  readonly error?: string
}

/** Creates the page where a customer creates an account. */
export function signUpPage(
  interaction: Interaction,
  { name, email, error }: SignUpTyped = { name: '', email: '' },
): ProviderResponse {
  return flowPage(interaction, {
    name: 'sign-up',
    title: 'Create account',
    intro: `Create an account for ${interaction.app.name}. The account exists until the provider stops.`,
    error,
    submit: { action: 'create', label: 'Create' },
    fields: html`
      <label for="email">Email address</label>
      <input
        id="email"
        name="email"
        type="email"
        autocomplete="email"
        required
        autofocus
        value="${email}"
      />
      <label for="displayName">Display name</label>
      <input id="displayName" name="displayName" autocomplete="name" required value="${name}" />
    `,
  })
}

/** Creates the page where customers change their profile. */
export function editProfilePage(interaction: Interaction, user: UserConfig): ProviderResponse {
  return flowPage(interaction, {
    name: 'edit-profile',
    title: 'Edit profile',
    intro: user.email ?? user.username,
    submit: { action: 'save', label: 'Continue' },
    fields: html`
      <label for="displayName">Display name</label>
      <input
        id="displayName"
        name="displayName"
        autocomplete="name"
        required
        autofocus
        value="${user.name}"
      />
    `,
  })
}

/** Creates the page where a customer resets a forgotten password. It only asks for the account. */
export function resetPasswordPage(
  interaction: Interaction,
  users: readonly UserConfig[],
): ProviderResponse {
  return flowPage(interaction, {
    name: 'reset-password',
    title: 'Reset password',
    intro: 'Choose your account. This provider does not use passwords.',
    submit: { action: 'reset', label: 'Continue' },
    fields: html`
      <label for="account">Account</label>
      <select id="account" name="account" autofocus>
        ${users.map((user) => html`<option value="${user.username}">${user.name} (${user.email ?? user.username})</option>`)}
      </select>
    `,
  })
}

interface FlowPage {
  readonly name: string
  readonly title: string
  readonly intro: string
  readonly error?: string | undefined
  readonly fields: Html
  readonly submit: { readonly action: string; readonly label: string }
}

function flowPage(interaction: Interaction, page: FlowPage): ProviderResponse {
  return toPage({
    name: page.name,
    title: page.title,
    status: page.error === undefined ? 200 : 400,
    formTargets: interactionForm.targets(interaction),
    main: interactionForm.wrap(
      interaction,
      html`
        <p class="tenant">${interaction.profile.title}</p>
        <h1>${page.title}</h1>
        <p class="soft">${page.intro}</p>
        ${page.error !== undefined && html`<p class="error small" role="alert">${page.error}</p>`}
        ${page.fields}
        <div class="actions">
          <button class="primary" id="continue" name="action" value="${page.submit.action}">
            ${page.submit.label}
          </button>
          <button id="cancel" name="action" value="cancel" formnovalidate>Cancel</button>
        </div>
      `,
    ),
  })
}
