import type { ProviderResponse } from '../../protocol/http.js'
import { html } from './html.js'
import { toPage } from './layout.js'

/**
 * Creates the response for `response_mode=form_post`. Its form submits itself, and has a button for
 * browsers without scripts.
 */
export function formPostPage(redirectUri: string, params: URLSearchParams): ProviderResponse {
  return toPage({
    name: 'form-post',
    title: 'Signing you in',
    formTargets: [redirectUri],
    script: 'document.forms[0].submit()',
    main: html`
      <h1>Signing you in</h1>
      <p class="soft">If the app does not open, select Continue.</p>
      <form method="post" action="${redirectUri}">
        ${[...params].map(
          ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
        )}
        <div class="actions"><button class="primary" autofocus>Continue</button></div>
      </form>
    `,
  })
}
