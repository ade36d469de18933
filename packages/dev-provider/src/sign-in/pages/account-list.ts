import type { UserConfig } from '../../config/config.js'
import { html, type Html } from './html.js'

/** An account that a button shows. */
export interface AccountButton {
  readonly user: UserConfig
  /** The label at the end of the button, for example "Signed in". */
  readonly tag?: string | undefined
  readonly isFocused?: boolean
}

// Load tests configure thousands of accounts, and a list of that length is not readable.
const MAX_BUTTONS = 100

/** Creates a list of accounts. Each account is a button of the surrounding form. */
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
        ${others} more accounts are not shown. Use <code>login_hint</code> to show an account first.
      </p>`
    }`
}

function initials(user: UserConfig): string {
  const first = (name: string): string => Array.from(name)[0] ?? ''
  return `${first(user.givenName)}${first(user.surname)}`.toUpperCase()
}
