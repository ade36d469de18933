import type { UserConfig } from '../../config/config.js'
import { claimsList, type Claims } from './claims-list.js'
import { html, type Html } from './html.js'

/** A short fact about an account, for example a role. */
export interface AccountTag {
  readonly label: string
  /** The appearance. Without it, the tag is neutral. */
  readonly kind?: 'role' | 'warn' | 'good'
}

/** An account that a button shows. */
export interface AccountButton {
  readonly user: UserConfig
  readonly tags?: readonly AccountTag[]
  readonly isFocused?: boolean
  /** The claims that the app gets. Without it, the list does not show claims. */
  readonly claims?: Claims | undefined
}

/** The number of accounts that a list shows. Load tests configure thousands of accounts. */
export const MAX_ACCOUNTS = 30

/**
 * Creates a list of accounts. Each account is a button of the surrounding form.
 *
 * @param toButton - Returns the button of an account. It is called only for accounts that the list
 *   shows.
 */
export function accountList(
  users: readonly UserConfig[],
  toButton: (user: UserConfig) => AccountButton,
): Html {
  const others = users.length - MAX_ACCOUNTS
  const accounts = users.slice(0, MAX_ACCOUNTS).map(toButton)
  return html`<ul class="accounts">
      ${accounts.map(
        ({ user, tags = [], isFocused, claims }) =>
          html`<li>
            <button
              class="account"
              name="account"
              value="${user.username}"
              ${isFocused === true && { html: 'autofocus' }}
            >
              <span class="avatar" aria-hidden="true">${initials(user)}</span>
              <span class="who">
                <b>${user.name}</b>
                <span class="name">${user.username}</span>
                ${tags.length > 0 && html`<span class="chips">${tags.map(tag)}</span>`}
              </span>
            </button>
            ${
              claims !== undefined &&
              html`<details>
                <summary>Claims<span class="vh"> of ${user.name}</span></summary>
                ${claimsList(claims)}
              </details>`
            }
          </li>`,
      )}
    </ul>
    ${others > 0 && html`<p class="soft small">${others} more accounts are not shown. Search for a name.</p>`}`
}

/** Creates a tag. */
export function tag({ label, kind }: AccountTag): Html {
  return html`<span class="tag ${kind ?? ''}">${label}</span> `
}

function initials(user: UserConfig): string {
  const first = (name: string): string => Array.from(name)[0] ?? ''
  return `${first(user.givenName)}${first(user.surname)}`.toUpperCase()
}
