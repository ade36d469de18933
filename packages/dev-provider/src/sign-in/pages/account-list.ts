import type { UserConfig } from '../../config/config.js'
import { html, type Html } from './html.js'

/** An account as a button. */
export interface AccountButton {
  readonly user: UserConfig
  /** A word at its end, for example "Signed in". */
  readonly tag?: string | undefined
  readonly isFocused?: boolean
}

/** A list of accounts to choose from; each is a button of the form around it. */
export function accountList(accounts: readonly AccountButton[]): Html {
  return html`<ul class="accounts">
    ${accounts.map(
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
  </ul>`
}

function initials(user: UserConfig): string {
  const first = (name: string): string => Array.from(name)[0] ?? ''
  return `${first(user.givenName)}${first(user.surname)}`.toUpperCase()
}
