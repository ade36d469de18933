import { param, toJson, type ProviderRequest, type ProviderResponse } from '../protocol/http.js'
import { html, type Html } from '../sign-in/pages/html.js'
import type { ProviderContext } from '../state/context.js'
import { toDashboardPage } from './dashboard-page.js'
import { rejectForm } from './reject-form.js'
import { isFromOtherSite, isFromOwnPage } from './own-page.js'
import { endpointNames } from './endpoint-names.js'
import { requestEntry } from './request-entry.js'
import {
  isShown,
  lastRequests,
  parseFilter,
  toQuery,
  type RequestFilter,
} from './request-filter.js'
import { REQUESTS_SCRIPT } from './requests-script.js'
import { copyStatus } from './copy-button.js'
import { pastedTokenView } from './token-view.js'

/**
 * Handles `/dev/requests`: the page, the new requests for its script, and the form that decodes a
 * token.
 */
export function requestsPage(context: ProviderContext, request: ProviderRequest): ProviderResponse {
  const { searchParams } = request.url
  // The page contains tokens, so another site must not load it in any form.
  if (isFromOtherSite(request)) return rejectForm(context)
  if (request.method === 'POST') {
    if (!isFromOwnPage(request)) return rejectForm(context)
    const token = param(request.form, 'token') ?? ''
    return page(context, parseFilter(searchParams), token)
  }
  const filter = parseFilter(searchParams)
  const after = param(searchParams, 'after')
  if (after !== undefined) return newEntries(context, filter, searchParams)
  return page(context, filter)
}

/** Returns the requests after a number, and earlier ones that have a response by now. */
function newEntries(
  context: ProviderContext,
  filter: RequestFilter,
  query: URLSearchParams,
): ProviderResponse {
  const after = Number(query.get('after'))
  const pending = new Set((query.get('pending') ?? '').split(',').map(Number))
  const requests = lastRequests(context)
  const changed = requests.filter(({ record, details }) => {
    const isFinished = record.status !== undefined || record.failure !== undefined
    return details.id > after || (pending.has(details.id) && isFinished)
  })
  return toJson({
    latest: requests.at(-1)?.details.id ?? after,
    entries: changed
      .filter((seen) => isShown(seen, filter))
      .map((seen) => ({ id: seen.details.id, html: requestEntry(context, seen).html })),
  })
}

function page(context: ProviderContext, filter: RequestFilter, pasted?: string): ProviderResponse {
  const requests = lastRequests(context)
  const shown = requests.filter((seen) => isShown(seen, filter)).toReversed()
  const latest = requests.at(-1)?.details.id ?? 0
  return toDashboardPage({
    name: 'requests',
    title: 'Requests',
    script: REQUESTS_SCRIPT,
    isLive: true,
    main: html`
      <h1>Requests</h1>
      <p class="lead">
        This page shows the last requests of your apps. The newest request comes first. The page
        hides secrets. It decodes the tokens of this provider, because they do not work anywhere
        else.
      </p>
      ${decoder(context, pasted)} ${filters(context, filter)}
      <div class="live" id="live">
        <span class="dot" aria-hidden="true"></span>
        <span id="live-text" role="status">Reload the page to see new requests.</span>
        <button type="button" id="live-toggle" hidden>Pause</button>
      </div>
      <ol
        class="log"
        id="requests"
        data-latest="${latest}"
        data-filter="${toQuery(filter)}"
        ${shown.length === 0 && { html: 'hidden' }}
      >
        ${shown.map((seen) => requestEntry(context, seen))}
      </ol>
      <p class="empty" id="empty" ${shown.length > 0 && { html: 'hidden' }}>
        ${
          requests.length === 0
            ? 'Your apps did not send a request yet. Open a page of your app that requires a sign-in.'
            : 'The filter does not match any request.'
        }
      </p>
      ${copyStatus}
    `,
  })
}

function decoder(context: ProviderContext, pasted: string | undefined): Html {
  return html`<details class="card decode" id="decode" ${pasted !== undefined && { html: 'open' }}>
    <summary><h2>Decode a token</h2></summary>
    <form method="post" action="/dev/requests">
      <label for="token" class="small">Token</label>
      <textarea
        id="token"
        name="token"
        required
        spellcheck="false"
        autocomplete="off"
        placeholder="eyJ…"
        aria-describedby="token-help"
      ></textarea>
      <p class="soft small" id="token-help">
        The provider shows who issued the token, and why an API would reject it. The provider does
        not store the token.
      </p>
      <button class="primary">Decode</button>
    </form>
    ${pasted !== undefined && pastedTokenView(context, pasted)}
  </details>`
}

function filters({ config }: ProviderContext, filter: RequestFilter): Html {
  const option = (value: string, label: string, chosen: string | undefined): Html =>
    html`<option value="${value}" ${value === chosen && { html: 'selected' }}>${label}</option>`
  return html`<form class="filters" method="get" action="/dev/requests" aria-label="Filter">
    <label>
      App
      <select name="app">
        <option value="">All apps</option>
        ${config.apps.map(({ clientId, name }) => option(clientId, name, filter.app))}
      </select>
    </label>
    <label>
      Endpoint
      <select name="endpoint">
        <option value="">All endpoints</option>
        ${endpointNames.map((name) => option(name, name, filter.endpoint))}
      </select>
    </label>
    <label class="check">
      <input
        type="checkbox"
        name="only"
        value="failed"
        ${filter.isFailedOnly && { html: 'checked' }}
      />
      Failed only
    </label>
    <button>Filter</button>
    ${toQuery(filter) !== '' && html`<a class="small" href="/dev/requests">Show all</a>`}
  </form>`
}
