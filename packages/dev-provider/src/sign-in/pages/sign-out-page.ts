import type { UserConfig } from '../../config/config.js'
import type { ProviderResponse } from '../../protocol/http.js'
import type { IssuerProfile } from '../../profiles/issuer-profile.js'
import { accountList } from './account-list.js'
import { html } from './html.js'
import { toPage } from './layout.js'

/** Creates the page where users choose the account to sign out. */
export function signOutPickerPage(
  profile: IssuerProfile,
  users: readonly UserConfig[],
  params: ReadonlyMap<string, string>,
  returnUri: string | undefined,
): ProviderResponse {
  return toPage({
    name: 'sign-out',
    title: 'Which account do you want to sign out of?',
    formTargets: returnUri === undefined ? [] : [returnUri],
    main: html`
      <form method="post" action="${new URL(profile.endpoints.endSession).pathname}">
        ${[...params].map(
          ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`,
        )}
        <p class="tenant">${profile.title}</p>
        <h1>Choose an account</h1>
        <p class="soft">Which account do you want to sign out of?</p>
        ${accountList(users, (user) => ({ user, isFocused: user === users[0] }))}
      </form>
    `,
  })
}

/**
 * Creates the last page of a sign-out.
 *
 * Hidden iframes notify the apps (OpenID Connect Front-Channel Logout 1.0). Then the page continues
 * to the app automatically.
 */
export function signedOutPage(
  frames: readonly string[] = [],
  returnUri?: string,
): ProviderResponse {
  return toPage({
    name: 'signed-out',
    title: 'You signed out',
    frameTargets: frames,
    ...(returnUri !== undefined && { script: CONTINUE_SCRIPT }),
    main: html`
      <h1>You signed out of your account</h1>
      ${
        returnUri === undefined
          ? html`<p class="soft">
              The app did not send a registered <code>post_logout_redirect_uri</code>, so this page
              is the last one. You can close it.
            </p>`
          : html`<p><a id="continue-link" href="${returnUri}">Back to the app</a></p>`
      }
      ${frames.map((uri) => html`<iframe src="${uri}" title="Signing out of an app"></iframe>`)}
    `,
  })
}

// The load event waits for the iframes. The timer is for an app that does not respond.
const CONTINUE_SCRIPT = `
const continueToApp = () => location.replace(document.getElementById('continue-link').href)
addEventListener('load', continueToApp)
setTimeout(continueToApp, 5000)
`
