import type { RequestRecord } from '../controls/request-log.js'
import { toErrorCode } from '../protocol/request-error.js'
import { html, type Html } from '../sign-in/pages/html.js'
import type { ProviderContext } from '../state/context.js'
import { endpointName } from './endpoint-names.js'
import { isFailed, type SeenRequest } from './request-filter.js'
import { seenTokenView } from './token-view.js'

/** Creates the entry of a request in the list. */
export function requestEntry(context: ProviderContext, seen: SeenRequest): Html {
  const { record, details } = seen
  const { error, failure } = record
  const isPending = record.status === undefined && failure === undefined
  const name = endpointName(record.endpoint)
  const app = context.config.apps.find(({ clientId }) => clientId === details.clientId)
  return html`<li id="r${details.id}" ${isPending && { html: 'data-pending' }}>
    <details>
      <summary>
        <span class="time">${timeOf(record.at)}</span>
        <span class="method">${record.method}</span>
        <span class="what">
          <b>${name}</b> ${record.grantType !== undefined && shortGrant(record.grantType)}
          <code>${record.path}</code>
        </span>
        <span class="by">${app?.name ?? details.clientId}</span>
        <span class="status ${statusClass(record)}">${statusOf(record)}</span>
        <span class="took">${tookOf(details.durationMs)}</span>
        ${error !== undefined && html`<span class="why">${error.code} ${toErrorCode(error)}</span>`}
      </summary>
      <div class="body">${body(context, seen, isPending)}</div>
    </details>
  </li>`
}

function body(
  context: ProviderContext,
  { record, details }: SeenRequest,
  isPending: boolean,
): Html {
  const { error, failure, params } = record
  return html`
    ${
      error !== undefined &&
      html`${error.remedy !== undefined && html`<p class="remedy"><b>How to fix it</b> ${error.remedy}</p>`}
        <p><b class="error">${error.code} ${toErrorCode(error)}</b> ${error.message}</p>`
    }
    ${failure !== undefined && html`<p class="error">The app did not respond: ${failure}.</p>`}
    ${isPending && html`<p>The provider did not respond yet. Check whether a switch such as Hang or Drop is on.</p>`}
    ${
      params !== undefined &&
      html`<h3>Parameters</h3>
        <dl class="facts">
          ${Object.entries(params).map(
            ([name, value]) =>
              html`<dt>${name}</dt>
                <dd><code>${value}</code></dd>`,
          )}
        </dl>`
    }
    ${details.foreignToken !== undefined && html`<p class="error small">${details.foreignToken}</p>`}
    ${
      details.tokens.length > 0 &&
      html`<h3>Tokens</h3>
        ${details.tokens.map((token) => seenTokenView(context, token))}`
    }
    ${
      !isPending &&
      params === undefined &&
      details.tokens.length === 0 &&
      error === undefined &&
      html`<p class="soft small">The request does not contain parameters or tokens.</p>`
    }
  `
}

function timeOf(at: number): string {
  return new Date(at).toTimeString().slice(0, 8)
}

function shortGrant(grantType: string): string {
  return grantType.replace(/^urn:ietf:params:oauth:grant-type:/, '')
}

function statusOf({ status, failure }: RequestRecord): string {
  return status === undefined ? (failure === undefined ? '…' : 'failed') : String(status)
}

function statusClass(record: RequestRecord): string {
  if (isFailed(record)) return 'bad'
  return record.status !== undefined && record.status < 300 ? 'ok' : ''
}

function tookOf(durationMs: number | undefined): string {
  if (durationMs === undefined) return ''
  return durationMs < 1000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`
}
