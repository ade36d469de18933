import type { ProviderResponse } from '../protocol/http.js'
import { html } from '../sign-in/pages/html.js'
import type { ProviderContext } from '../state/context.js'
import { toDashboardPage } from './dashboard-page.js'

/** Creates the response to a request of another site. */
export function rejectForm({ origin }: ProviderContext): ProviderResponse {
  return toDashboardPage({
    name: 'rejected-form',
    title: 'Request rejected',
    status: 403,
    main: html`<section class="card">
      <h1>Request rejected</h1>
      <p class="remedy">
        <b>How to fix it</b>
        Use the buttons on the pages of ${origin}. A program can call the methods of the package,
        for example provider.behave(), or POST to ${origin}/dev/api/behave.
      </p>
      <p>
        Only pages of this provider can change its state, and the request did not come from such a
        page.
      </p>
    </section>`,
  })
}
