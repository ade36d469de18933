import { grantorOf } from '../../profiles/consent-policy.js'
import type { ProviderResponse } from '../../protocol/http.js'
import type { ProviderContext } from '../../state/context.js'
import type { Interaction } from '../../state/interaction.js'
import type { SignInStep } from '../sign-in-steps.js'
import { html, type Html } from './html.js'
import { interactionForm } from './interaction-form.js'
import { toPage } from './layout.js'

const IDENTITY_DESCRIPTIONS: Readonly<Record<string, string>> = {
  openid: 'Sign you in',
  profile: 'View your basic profile',
  email: 'View your email address',
  offline_access: 'Keep access while you are away',
}

/** Creates the page that lists the scopes that an app requests. */
export function consentPage(
  context: ProviderContext,
  interaction: Interaction,
  step: Extract<SignInStep, { kind: 'consent' }>,
): ProviderResponse {
  const { app } = interaction
  const isDevice = interaction.purpose.kind === 'device'
  const apis = step.missing.map(({ target, names }) => ({
    owner: target.resource.name,
    scopes: names.map((name) => ({
      name,
      description: target.resource.find(name)?.description ?? name,
      note: NOTES[grantorOf(context, step.tenantAccount, { ...target, name })],
    })),
  }))
  return toPage({
    name: step.needsAdmin ? 'admin-consent' : 'consent',
    title: step.needsAdmin ? 'Approval needed' : 'Permissions requested',
    formTargets: interactionForm.targets(interaction),
    main: interactionForm.wrap(
      interaction,
      html`
        <p class="tenant">${step.tenantAccount.user.username}</p>
        <h1>${step.needsAdmin ? 'Administrator approval needed' : 'Permissions requested'}</h1>
        <p class="soft">
          ${isDevice ? html`You are signing in to <b>${app.name}</b> on another device. It` : html`<b>${app.name}</b>`}
          ${step.needsAdmin ? 'needs permissions that only an administrator can grant:' : 'would like to:'}
        </p>
        ${
          step.identity.length > 0 &&
          html`<ul class="scopes">
            ${step.identity.map((name) => item(IDENTITY_DESCRIPTIONS[name] ?? name, name))}
          </ul>`
        }
        ${apis.map(
          ({ owner, scopes }) =>
            html`<h2 class="owner">${owner}</h2>
              <ul class="scopes">
                ${scopes.map(({ name, description, note }) => item(description, name, note))}
              </ul>`,
        )}
        <div class="actions">
          ${
            step.needsAdmin
              ? html`<button name="action" value="switch">Other account</button>
                  <button class="primary" name="decision" value="leave">Return to the app</button>`
              : html`<button name="decision" value="decline">Cancel</button>
                  <button class="primary" name="decision" value="accept" autofocus>
                    ${isDevice ? 'Continue' : 'Accept'}
                  </button>`
          }
        </div>
      `,
    ),
  })
}

const NOTES = {
  admin: 'Only an administrator can grant it.',
  'user-here': 'With the default policy of Microsoft, only an administrator could grant it.',
  user: undefined,
}

function item(description: string, name: string, note?: string): Html {
  return html`<li>
    <b>${description}</b>
    <code>${name}</code>
    ${note !== undefined && html`<span class="only">${note}</span>`}
  </li>`
}
