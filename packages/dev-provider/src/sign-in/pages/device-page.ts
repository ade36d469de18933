import type { ProviderResponse } from '../../protocol/http.js'
import { html } from './html.js'
import { toPage } from './layout.js'

/**
 * Creates the page where a user enters the code of a device. The URL can contain the code, and a
 * code that did not work is rejected.
 */
export function deviceCodePage(
  tenant: string,
  loginUri: string,
  { code, isRejected = false }: { readonly code: string; readonly isRejected?: boolean },
): ProviderResponse {
  return toPage({
    name: 'device-code',
    title: 'Enter code',
    status: isRejected ? 400 : 200,
    main: html`
      <form method="post" action="${new URL(loginUri).pathname}">
        <p class="tenant">${tenant}</p>
        <h1>Enter code</h1>
        <p class="soft">Enter the code that your app or device shows.</p>
        <label for="user_code">Code</label>
        <input
          id="user_code"
          name="user_code"
          autocomplete="off"
          autocapitalize="characters"
          spellcheck="false"
          required
          autofocus
          value="${code}"
          ${isRejected && { html: 'aria-invalid="true" aria-describedby="code-error"' }}
        />
        ${
          isRejected &&
          html`<p class="error small" id="code-error" role="alert">
            The code does not work. Compare it with the code on your device. If they are equal, the
            code is expired or used. Request a new code on your device.
          </p>`
        }
        <div class="actions"><button class="primary">Next</button></div>
      </form>
    `,
  })
}

/** Creates the last page of a device sign-in. */
export function deviceDonePage(appName: string, isApproved: boolean): ProviderResponse {
  return toPage({
    name: isApproved ? 'device-approved' : 'device-declined',
    title: isApproved ? 'You are signed in' : 'Sign-in declined',
    main: html`
      <h1>${isApproved ? 'You are signed in' : 'Sign-in declined'}</h1>
      <p class="soft">
        ${
          isApproved
            ? `${appName} continues on your device. You may close this window.`
            : `${appName} was not signed in. You may close this window.`
        }
      </p>
    `,
  })
}
