import type { ProviderRequest, ProviderResponse } from '../protocol/http.js'
import { html, type Html } from '../sign-in/pages/html.js'
import { insertBanner } from '../sign-in/pages/layout.js'
import type { ProviderContext } from '../state/context.js'
import { activeSwitches } from './active-switches.js'

const nothing: Html = { html: '' }

/** Adds the switches that are on to a page. Other responses stay the same. */
export function withBanner(
  context: ProviderContext,
  request: ProviderRequest,
  response: ProviderResponse,
): ProviderResponse {
  const active = activeSwitches(context)
  if (active.length === 0) return insertBanner(response, { content: nothing, form: nothing })
  return insertBanner(response, {
    content: html`<section class="switched" aria-label="Switches that are on">
      <b>Switched on:</b>
      <ul>
        ${active.map(
          ({ id, label, state }) =>
            html`<li>
              <span>${label}: ${state}</span>
              <button form="switch-form" name="off" value="${id}">
                Turn off<span class="vh"> ${label}</span>
              </button>
            </li>`,
        )}
      </ul>
      <a href="/dev/switches">All switches</a>
    </section>`,
    form: html`<form id="switch-form" method="post" action="/dev/switches">
      <input type="hidden" name="return" value="${returnPath(request)}" />
    </form>`,
  })
}

/** Returns the path to return to. The page of a form opens again with GET. */
function returnPath({ endpoint, url }: ProviderRequest): string {
  return endpoint === 'switches' ? '/dev/switches' : url.pathname + url.search
}
