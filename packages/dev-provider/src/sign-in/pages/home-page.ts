import type { TenantConfig } from '../../config/config.js'
import type { ProviderContext } from '../../state/context.js'
import type { ProviderResponse } from '../../protocol/http.js'
import { html } from './html.js'
import { toPage } from './layout.js'

const USER_FLOW_NAMES: Readonly<Record<string, string>> = {
  signUpSignIn: 'sign up, sign in',
  editProfile: 'edit profile',
  resetPassword: 'reset password',
}

/** Returns the authorities of a tenant. An Azure AD B2C tenant has one for each policy. */
function toAuthorities(tenant: TenantConfig): { name: string; path: string }[] {
  const { name, id, kind, domains, userFlows } = tenant
  const domain = domains[0] ?? id
  if (kind === 'external-id') return [{ name: `${name} (External ID)`, path: domain }]
  if (userFlows === undefined) return [{ name, path: id }]
  return Object.entries(userFlows).map(([key, flow]) => ({
    name: `${name}: ${USER_FLOW_NAMES[key] ?? key}`,
    path: `${domain}/${String(flow)}`,
  }))
}

/** Creates the home page, which shows the settings for apps and the accounts. */
export function homePage(context: ProviderContext): ProviderResponse {
  const { origin, config, store } = context
  const tenantName = (id: string): string =>
    config.tenants.find((tenant) => tenant.id.toLowerCase() === id.toLowerCase())?.name ??
    'Personal account'
  const authorities = [
    ...config.tenants.flatMap(toAuthorities),
    { name: 'Any account', path: 'common' },
    { name: 'Work or school', path: 'organizations' },
    { name: 'Personal', path: 'consumers' },
    { name: 'AD FS', path: 'adfs' },
    { name: 'Plain OpenID provider', path: 'oidc' },
  ]
  return toPage({
    name: 'home',
    title: 'Home',
    isWide: true,
    main: html`
      <h1>Development provider</h1>
      <p class="soft">It behaves like Microsoft Entra ID and runs on your machine.</p>
      <h2>Authorities</h2>
      <div class="scroll">
        <table>
          <tbody>
            ${authorities.map(
              ({ name, path }) =>
                html`<tr>
                  <th scope="row">${name}</th>
                  <td><code>${origin}/${path}</code></td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <h2>Apps</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Client ID</th>
              <th scope="col">Secret</th>
            </tr>
          </thead>
          <tbody>
            ${config.apps.map(
              (app) =>
                html`<tr>
                  <td>${app.name}</td>
                  <td><code>${app.clientId}</code></td>
                  <td><code>${app.clientSecret ?? 'public client'}</code></td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
      <h2>Accounts</h2>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">User name</th>
              <th scope="col">Home</th>
            </tr>
          </thead>
          <tbody>
            ${store.users.all().map(
              (user) =>
                html`<tr>
                  <td>${user.name}</td>
                  <td>${user.username}</td>
                  <td>${tenantName(user.tenant)}</td>
                </tr>`,
            )}
          </tbody>
        </table>
      </div>
    `,
  })
}
