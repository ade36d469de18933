import type { UserConfig } from '../../config/config.js'
import type { ProviderContext } from '../../state/context.js'
import type { ProviderResponse } from '../../protocol/http.js'
import type { Interaction } from '../../state/interaction.js'
import { previewIdToken } from '../id-token-preview.js'
import { fitsDomainHint } from '../sign-in-steps.js'
import type { Journey } from '../../profiles/issuer-profile.js'
import { isCustomer } from '../../profiles/tenant-kind.js'
import { accountList, type AccountButton, type AccountTag } from './account-list.js'
import { accountSearch, matchesSearch } from './account-search.js'
import { accountTags } from './account-tags.js'
import { html, type Html } from './html.js'
import { interactionForm } from './interaction-form.js'
import { toPage } from './layout.js'

/** The state of the browser that the account page shows. */
export interface AccountPageOptions {
  readonly signedIn: ReadonlySet<UserConfig>
  /** The user name that comes first. */
  readonly hinted?: string | undefined
  /** The words that the user searched for. */
  readonly query?: string | undefined
}

/** Creates the page where users choose an account. This signs them in without a password. */
export function accountPage(
  context: ProviderContext,
  interaction: Interaction,
  options: AccountPageOptions,
): ProviderResponse {
  const { profile, app } = interaction
  const { query = '' } = options
  const { here, elsewhere } = findAccounts(context, interaction, options)
  const action = interactionForm.actionOf(interaction)
  const search = accountSearch(here.length + elsewhere.length, action, query)
  const tagsOf = (user: UserConfig): readonly AccountTag[] =>
    accountTags(context.config, user, {
      isSignedIn: options.signedIn.has(user),
      isGuest: profile.tenantAccountOf(user)?.isGuest,
      app,
    })
  const isFound = (user: UserConfig): boolean =>
    matchesSearch(user, () => tagsOf(user).map(({ label }) => label), query)
  const accounts = here.filter(isFound)
  const otherAccounts = elsewhere.filter(isFound)
  const toButton = (user: UserConfig): AccountButton => ({ user, tags: tagsOf(user) })
  const toDetailedButton = (user: UserConfig): AccountButton => ({
    ...toButton(user),
    isFocused: user === accounts[0],
    claims: previewIdToken(context, interaction, user),
  })
  return toPage({
    name: 'account',
    title: 'Choose an account',
    formTargets: interactionForm.targets(interaction),
    main: html`
      ${interactionForm.wrap(
        interaction,
        html`
          <p class="tenant">${profile.title}</p>
          <h1>Choose an account</h1>
          <p class="soft">to sign in to ${app.name}</p>
          ${search?.box} ${accounts.length > 0 && accountList(accounts, toDetailedButton)}
          ${
            accounts.length + otherAccounts.length === 0 &&
            html`<p class="soft">The search did not find an account.</p>`
          }
          ${
            otherAccounts.length > 0 &&
            html`<details ${query !== '' && { html: 'open' }}>
              <summary>Accounts of other tenants</summary>
              ${accountList(otherAccounts, toButton)}
            </details>`
          }
          ${offers(profile.journey)}
        `,
      )}
      ${search?.form}
    `,
  })
}

/** Returns the accounts that can sign in here, and those that another tenant contains. */
function findAccounts(
  context: ProviderContext,
  interaction: Interaction,
  { signedIn, hinted }: AccountPageOptions,
): { readonly here: readonly UserConfig[]; readonly elsewhere: readonly UserConfig[] } {
  const { profile } = interaction
  const rank = (user: UserConfig): number =>
    (user.username === hinted ? 0 : 2) + (signedIn.has(user) ? 0 : 1)
  const users = context.store.users.all().toSorted((left, right) => rank(left) - rank(right))
  const canSignIn = (user: UserConfig): boolean =>
    profile.tenantAccountOf(user) !== undefined && fitsDomainHint(context, interaction, user)
  return {
    here: users.filter(canSignIn),
    // Customers exist only in their own tenant, so other accounts cannot sign in there and customers
    // cannot sign in elsewhere.
    elsewhere: profile.hasCustomerAccounts
      ? []
      : users.filter((user) => !canSignIn(user) && !isCustomer(context.config, user)),
  }
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
