import type { UserConfig } from '../../config/config.js'
import type { ProviderContext } from '../../state/context.js'
import type { ProviderResponse, ProviderRequest } from '../../protocol/http.js'
import type { Interaction } from '../../state/interaction.js'
import { createErrorIds, OAuthError, type ErrorIds } from '../../protocol/oauth-error.js'
import { toRequestError } from '../../protocol/request-error.js'
import { inviteRemedy, notInTenant } from '../../profiles/tenants.js'
import { html, type Html } from './html.js'
import { interactionForm } from './interaction-form.js'
import { toPage } from './layout.js'

/** Creates the page for an error that must not be sent to a redirect URI. */
export function errorPage(error: OAuthError, ids: ErrorIds): ProviderResponse {
  const page = toPage({
    name: 'error',
    title: 'The request failed',
    status: error.status,
    main: html`
      <h1>The request failed</h1>
      ${details(error, ids)}
      <p class="small">
        <a href="/dev/requests?only=failed">See the request and its parameters</a>
      </p>
    `,
  })
  return { ...page, error: toRequestError(error) }
}

/** Creates the page for an account that the tenant does not contain (AADSTS50020). */
export function rejectedPage(
  context: ProviderContext,
  request: ProviderRequest,
  interaction: Interaction,
  user: UserConfig,
): ProviderResponse {
  const { profile } = interaction
  const error = profile.translateError(
    new OAuthError('interaction_required', 50020, notInTenant(user.username, profile.title), {
      remedy: inviteRemedy(profile),
    }),
  )
  const ids = createErrorIds(request, context.nowMs())
  const page = toPage({
    name: 'rejected',
    title: 'This account cannot be used here',
    status: 400,
    formTargets: interactionForm.targets(interaction),
    main: interactionForm.wrap(
      interaction,
      html`
        <p class="tenant">${user.username}</p>
        <h1>This account cannot be used here</h1>
        ${details(error, ids, `Choose an account of ${profile.title}, or add this tenant to guestOf of ${user.givenName} in the configuration.`)}
        <div class="actions">
          <button class="primary" name="action" value="switch">Use another account</button>
        </div>
      `,
    ),
  })
  return { ...page, error: toRequestError(error) }
}

/** Creates the page at `error_uri`. */
export function errorCodePage({ searchParams }: URL): ProviderResponse {
  const code = searchParams.get('code') ?? ''
  const number = /^\d{1,9}$/.test(code) ? code : undefined
  return toPage({
    name: 'error-code',
    title: 'Error codes',
    main: html`
      <h1>${number === undefined ? 'Error codes' : `AADSTS${number}`}</h1>
      <p>
        These are the error codes of Microsoft Entra ID. Search its documentation for "Microsoft
        Entra authentication and authorization error codes".
      </p>
      <p>
        The page <a href="/dev/requests?only=failed">Requests</a> shows why your request failed, and
        what to change.
      </p>
    `,
  })
}

/** Creates the page for a path that does not exist. */
export function notFoundPage(path: string): ProviderResponse {
  return toPage({
    name: 'not-found',
    title: 'Page not found',
    status: 404,
    main: html`
      <h1>Page not found</h1>
      <p class="remedy">
        <b>How to fix it</b>
        Compare the URL with the authorities on the <a href="/">home page</a>. Most apps need only
        the authority. They find the other URLs in its metadata.
      </p>
      <p class="soft"><code>${path}</code></p>
    `,
  })
}

/** Creates the explanation of an error. It starts with the remedy. */
function details(
  error: OAuthError,
  ids: ErrorIds,
  remedy: string | undefined = error.remedy,
): Html {
  return html`
    ${remedy !== undefined && html`<p class="remedy"><b>How to fix it</b> ${remedy}</p>`}
    <p>
      ${error.number > 0 && html`<b class="error">${error.prefix}${error.number}:</b> `}${error.message}
    </p>
    <details class="ids">
      <summary>IDs of this error</summary>
      <dl class="facts">
        <dt>Error</dt>
        <dd><code>${error.error}</code></dd>
        <dt>Trace ID</dt>
        <dd>${ids.traceId}</dd>
        <dt>Correlation ID</dt>
        <dd>${ids.correlationId}</dd>
        <dt>Timestamp</dt>
        <dd>${ids.timestamp}</dd>
      </dl>
    </details>
  `
}
