import type { UserConfig } from '../../config/config.js'
import type { ProviderContext } from '../../state/context.js'
import type { ProviderResponse } from '../../protocol/http.js'
import type { Interaction } from '../../state/interaction.js'
import { fitsDomainHint } from '../sign-in-steps.js'
import type { Journey } from '../../profiles/issuer-profile.js'
import { isCustomer } from '../../profiles/tenant-kind.js'
import { isPersonal } from '../../profiles/tenants.js'
import { accountList, type AccountButton } from './account-list.js'
import { html, type Html } from './html.js'
import { interactionForm } from './interaction-form.js'
import { toPage } from './layout.js'

/** The state of the browser that the account page shows. */
export interface AccountPageOptions {
  readonly signedIn: ReadonlySet<UserConfig>
  /** The user name that comes first. */
  readonly hinted: string | undefined
}

/** Creates the page where users choose an account. This signs them in without a password. */
export function accountPage(
  context: ProviderContext,
  interaction: Interaction,
  { signedIn, hinted }: AccountPageOptions,
): ProviderResponse {
  const { profile, app } = interaction
  const rank = (user: UserConfig): number =>
    (user.username === hinted ? 0 : 2) + (signedIn.has(user) ? 0 : 1)
  const users = context.store.users.all().toSorted((left, right) => rank(left) - rank(right))
  const canSignIn = (user: UserConfig): boolean =>
    profile.tenantAccountOf(user) !== undefined && fitsDomainHint(context, interaction, user)
  const accounts = users.filter(canSignIn)
  // Customers exist only in their own tenant, so other accounts cannot sign in there and customers
  // cannot sign in elsewhere.
  const otherAccounts = profile.hasCustomerAccounts
    ? []
    : users.filter((user) => !canSignIn(user) && !isCustomer(context.config, user))
  const toButton = (user: UserConfig): AccountButton => ({
    user,
    tag: tagOf(user, signedIn, profile.tenantAccountOf(user)?.isGuest),
    isFocused: user === accounts[0],
  })
  return toPage({
    name: 'account',
    title: 'Choose an account',
    formTargets: interactionForm.targets(interaction),
    main: interactionForm.wrap(
      interaction,
      html`
        <p class="tenant">${profile.title}</p>
        <h1>Choose an account</h1>
        <p class="soft">to sign in to ${app.name}</p>
        ${accountList(accounts.map(toButton))}
        ${
          otherAccounts.length > 0 &&
          html`<details>
            <summary>Accounts of other tenants</summary>
            ${accountList(otherAccounts.map(toButton))}
          </details>`
        }
        ${offers(profile.journey)}
      `,
    ),
  })
}

/**
 * Creates the buttons that a user flow adds to the page. Their IDs are the same as on Microsoft's
 * pages.
 */
function offers({ offers: list }: Journey): Html {
  return html`
    ${
      list.includes('forgot-password') &&
      html`<p class="small offer">
        <button class="link" id="forgotPassword" name="action" value="forgot-password">
          Forgot your password?
        </button>
      </p>`
    }
    ${
      list.includes('sign-up') &&
      html`<p class="small offer">
        Don't have an account?
        <button class="link" id="createAccount" name="action" value="sign-up">Sign up now</button>
      </p>`
    }
    ${
      list.includes('cancel') &&
      html`<div class="actions">
        <button id="cancel" name="action" value="cancel">Cancel</button>
      </div>`
    }
  `
}

function tagOf(
  user: UserConfig,
  signedIn: ReadonlySet<UserConfig>,
  isGuest: boolean | undefined,
): string | undefined {
  if (signedIn.has(user)) return 'Signed in'
  if (isGuest === true) return 'Guest'
  if (isPersonal(user)) return 'Personal'
  return user.admin === true ? 'Admin' : undefined
}
