import type { UserConfig } from '../../config/config.js'
import type { ProviderContext } from '../../state/context.js'
import type { ProviderReply, ProviderRequest } from '../../protocol/http.js'
import type { Interaction } from '../../state/interaction.js'
import { createErrorIds, OAuthError, type ErrorIds } from '../../protocol/oauth-error.js'
import { notInTenant } from '../../profiles/tenants.js'
import { html, type Html } from './html.js'
import { interactionForm } from './interaction-form.js'
import { toPage } from './layout.js'

/** Creates the page for an error that must not be sent to a redirect URI. */
export function errorPage(error: OAuthError, ids: ErrorIds): ProviderReply {
  return toPage({
    name: 'error',
    title: 'Sorry, that did not work',
    status: error.status,
    main: html`
      <h1>Sorry, that did not work</h1>
      ${details(error, ids)}
    `,
  })
}

/** Creates the page for an account that the tenant does not contain (AADSTS50020). */
export function refusedPage(
  context: ProviderContext,
  request: ProviderRequest,
  interaction: Interaction,
  user: UserConfig,
): ProviderReply {
  const { profile } = interaction
  const error = profile.ownError(
    new OAuthError('interaction_required', 50020, notInTenant(user.username, profile.title)),
  )
  const ids = createErrorIds(request.correlationId, context.nowMs())
  return toPage({
    name: 'refused',
    title: 'This account cannot be used here',
    status: 400,
    formTargets: interactionForm.targets(interaction),
    main: interactionForm.wrap(
      interaction,
      html`
        <p class="tenant">${user.username}</p>
        <h1>This account cannot be used here</h1>
        ${details(error, ids)}
        <div class="actions">
          <button class="primary" name="action" value="switch">Use another account</button>
        </div>
      `,
    ),
  })
}

/** Creates the page at `error_uri`. */
export function errorCodePage(code: string | undefined): ProviderReply {
  const number = code !== undefined && /^\d{1,9}$/.test(code) ? code : undefined
  return toPage({
    name: 'error-code',
    title: 'Error codes',
    main: html`
      <h1>${number === undefined ? 'Error codes' : `AADSTS${number}`}</h1>
      <p>
        Numbers are those of Microsoft Entra ID. Its documentation explains them under "Microsoft
        Entra authentication and authorization error codes".
      </p>
    `,
  })
}

/** Creates the page for a path that does not exist. */
export function notFoundPage(path: string): ProviderReply {
  return toPage({
    name: 'not-found',
    title: 'There is no such page',
    status: 404,
    main: html`
      <h1>There is no such page</h1>
      <p class="soft"><code>${path}</code></p>
      <p><a href="/">See what this provider serves</a></p>
    `,
  })
}

function details(error: OAuthError, ids: ErrorIds): Html {
  return html`
    <p>
      ${error.number > 0 && html`<b class="error">${error.prefix}${error.number}:</b> `}${error.message}
    </p>
    <dl>
      <dt>Trace ID</dt>
      <dd>${ids.traceId}</dd>
      <dt>Correlation ID</dt>
      <dd>${ids.correlationId}</dd>
      <dt>Timestamp</dt>
      <dd>${ids.timestamp}</dd>
    </dl>
  `
}
