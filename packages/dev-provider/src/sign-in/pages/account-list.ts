import type { UserConfig } from '../../config/config.js'
import { html, type Html } from './html.js'

/** An account as a button. */
export interface AccountButton {
  readonly user: UserConfig
  /** A word at its end, for example "Signed in". */
  readonly tag?: string | undefined
  readonly isFocused?: boolean
}

// Load tests configure thousands of accounts, and nobody reads a list of that length.
const MAX_BUTTONS = 100

/** A list of accounts to choose from; each is a button of the form around it. */
export function accountList(accounts: readonly AccountButton[]): Html {
  const others = accounts.length - MAX_BUTTONS
  return html`<ul class="accounts">
      ${accounts.slice(0, MAX_BUTTONS).map(
        ({ user, tag, isFocused }) =>
          html`<li>
            <button
              class="account"
              name="account"
              value="${user.username}"
              ${isFocused === true && { html: 'autofocus' }}
            >
              <span class="avatar" aria-hidden="true">${initials(user)}</span>
              <span class="who"><b>${user.name}</b><span>${user.username}</span></span>
              ${tag !== undefined && html`<span class="tag">${tag}</span>`}
            </button>
          </li>`,
      )}
    </ul>
    ${
      others > 0 &&
      html`<p class="soft small">
        ${others} more are not shown. The one that <code>login_hint</code> names comes first.
      </p>`
    }`
}

function initials(user: UserConfig): string {
  const first = (name: string): string => Array.from(name)[0] ?? ''
  return `${first(user.givenName)}${first(user.surname)}`.toUpperCase()
}
