import type { AppConfig, UserConfig } from '../../config/config.js'
import type { ProviderContext } from '../../state/context.js'
import type { ProviderResponse } from '../../protocol/http.js'
import type { IssuerProfile, TenantAccount } from '../../profiles/issuer-profile.js'
import { OAuthError, type ErrorIds } from '../../protocol/oauth-error.js'
import { toRequestError } from '../../protocol/request-error.js'
import { accountList } from './account-list.js'
import { accountTags } from './account-tags.js'
import { html, type Html } from './html.js'
import { toPage } from './layout.js'

/** The values that all pages of an admin consent share. */
export interface AdminConsentPage {
  readonly app: AppConfig
  readonly profile: IssuerProfile
  readonly redirectUri: string
  /** The path and the query of the request, which all forms post to. */
  readonly action: string
  /** The names of the permissions on the page. */
  readonly permissions: readonly string[]
}

/** Creates the page where the user chooses an account. Administrators come first. */
export function administratorPage(
  context: ProviderContext,
  page: AdminConsentPage,
): ProviderResponse {
  const users = context.store.users
    .all()
    .filter((user) => page.profile.tenantAccountOf(user) !== undefined)
    .toSorted((left, right) => Number(right.admin ?? false) - Number(left.admin ?? false))
  return toAdminPage(page, 'account', 'Choose an administrator', [
    html`<p class="soft">to approve ${page.app.name} for all users</p>`,
    accountList(users, (user) => ({
      user,
      tags: accountTags(context.config, user, { app: page.app }),
      isFocused: user === users[0],
    })),
  ])
}

/** Creates the page where the administrator approves the app. */
export function approvalPage(
  page: AdminConsentPage,
  tenantAccount: TenantAccount,
): ProviderResponse {
  return toAdminPage(page, 'approval', 'Approve for your organization', [
    html`<p class="soft">
      <b>${page.app.name}</b> gets these permissions for all users, without asking them:
    </p>`,
    html`<ul class="scopes">
      ${page.permissions.map((name) => html`<li><code>${name}</code></li>`)}
    </ul>`,
    html`<input type="hidden" name="approver" value="${tenantAccount.user.username}" />`,
    html`<div class="actions">
      <button name="action" value="switch">Other account</button>
      <button name="decision" value="decline">Cancel</button>
      <button class="primary" name="decision" value="accept" autofocus>Accept</button>
    </div>`,
  ])
}

const NOT_ADMINISTRATOR_REMEDY =
  'Choose an account with admin: true in the configuration, for example Sam in the default configuration.'

/** Creates the page for an account that is not an administrator. */
export function notAdministratorPage(
  page: AdminConsentPage,
  user: UserConfig,
  ids: ErrorIds,
): ProviderResponse {
  const response = toAdminPage(
    page,
    'rejected',
    'Only an administrator can approve',
    [
      html`<p class="remedy"><b>How to fix it</b> ${NOT_ADMINISTRATOR_REMEDY}</p>`,
      html`<p>
        <b class="error">AADSTS90094:</b> ${user.username} is not an administrator of
        ${page.profile.title}.
      </p>`,
      html`<p class="soft small">Correlation ID ${ids.correlationId}, ${ids.timestamp}</p>`,
      html`<div class="actions">
        <button name="decision" value="decline">Cancel</button>
        <button class="primary" name="action" value="switch">Use another account</button>
      </div>`,
    ],
    403,
  )
  const error = new OAuthError(
    'access_denied',
    90094,
    `${user.username} is not an administrator of ${page.profile.title}.`,
    { remedy: NOT_ADMINISTRATOR_REMEDY },
  )
  return { ...response, error: toRequestError(error) }
}

function toAdminPage(
  page: AdminConsentPage,
  name: string,
  title: string,
  content: readonly Html[],
  status = 200,
): ProviderResponse {
  return toPage({
    name,
    title,
    status,
    formTargets: [page.redirectUri],
    main: html`<form method="post" action="${page.action}">
      <p class="tenant">${page.profile.title}</p>
      <h1>${title}</h1>
      ${content}
    </form>`,
  })
}
