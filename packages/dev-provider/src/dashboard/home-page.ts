import type { AppConfig, TenantConfig, UserConfig } from '../config/config.js'
import type { ProviderContext } from '../state/context.js'
import type { ProviderResponse } from '../protocol/http.js'
import { isPersonal } from '../profiles/tenants.js'
import { MAX_ACCOUNTS, tag } from '../sign-in/pages/account-list.js'
import { accountTags } from '../sign-in/pages/account-tags.js'
import { html, type Html } from '../sign-in/pages/html.js'
import { COPY_SCRIPT, copyable, copyableBlock, copyStatus } from './copy-button.js'
import { toDashboardPage } from './dashboard-page.js'
import { envBlocks } from './env-blocks.js'

const USER_FLOW_NAMES: Readonly<Record<string, string>> = {
  signUpSignIn: 'sign up, sign in',
  editProfile: 'edit profile',
  resetPassword: 'reset password',
}

/** Creates the home page, which shows the settings for apps and the accounts. */
export function homePage(context: ProviderContext): ProviderResponse {
  return toDashboardPage({
    name: 'home',
    title: 'Home',
    script: COPY_SCRIPT,
    main: html`
      <h1>Connect your app</h1>
      <p class="lead">
        This provider simulates Microsoft Entra ID, with documented differences. It runs on your
        machine at ${context.origin}.
      </p>
      ${startHere()} ${environment(context)} ${accounts(context)}
      <div class="grid">${authorities(context)} ${apps(context)}</div>
      ${copyStatus}
    `,
  })
}

function startHere(): Html {
  return html`<section class="card" aria-labelledby="start">
    <h2 id="start">Start here</h2>
    <ol class="steps">
      <li>Copy the environment variables below into the file <code>.env</code> of your app.</li>
      <li>
        Start your app, for example with <code>node --env-file=.env app.mjs</code>, and open a page
        that requires a sign-in.
      </li>
      <li>Choose an account. Robin has roles and groups, and Sam is an administrator.</li>
      <li>
        Open <a href="/dev/requests">Requests</a> to see each request of your app, its tokens, and
        the reason for each error.
      </li>
      <li>
        Open <a href="/dev/switches">Switches</a> to make an endpoint fail, to expire tokens, or to
        end the session of a user.
      </li>
    </ol>
  </section>`
}

function environment(context: ProviderContext): Html {
  return html`<section class="card" aria-labelledby="env">
    <h2 id="env">Environment variables</h2>
    <p class="soft small">
      These variables are for identity-web. Change the redirect URI to the URL that your app
      handles.
    </p>
    ${envBlocks(context).map(
      ({ title, lines }, index) =>
        html`<details ${index === 0 && { html: 'open' }}>
          <summary>${title}</summary>
          ${copyableBlock(lines, `the variables for ${title}`)}
        </details>`,
    )}
  </section>`
}

function authorities({ origin, config }: ProviderContext): Html {
  const list = [
    ...config.tenants.flatMap(toAuthorities),
    { name: 'Any account', path: 'common' },
    { name: 'Work or school accounts', path: 'organizations' },
    { name: 'Personal accounts', path: 'consumers' },
    { name: 'AD FS', path: 'adfs' },
    { name: 'Plain OpenID provider', path: 'oidc' },
  ]
  return html`<section class="card" aria-labelledby="authorities">
    <h2 id="authorities">Authorities</h2>
    <p class="soft small">
      With the consent policy <code>microsoft</code>, only an administrator can grant 36
      permissions, such as Mail.Read. A new tenant of Microsoft has this policy.
    </p>
    <ul class="rows">
      ${list.map(
        ({ name, path }) =>
          html`<li>
            <h3>${name}</h3>
            ${copyable(`${origin}/${path}`, `the authority ${name}`)}
          </li>`,
      )}
    </ul>
  </section>`
}

/** Returns the authorities of a tenant. An Azure AD B2C tenant has one for each policy. */
function toAuthorities(tenant: TenantConfig): { name: string; path: string }[] {
  const { name, id, kind, domains, userFlows } = tenant
  const domain = domains[0] ?? id
  if (kind === 'external-id') return [{ name: `${name} (External ID)`, path: domain }]
  if (userFlows === undefined) {
    return [{ name: `${name} (consent policy: ${tenant.consentPolicy ?? 'all'})`, path: id }]
  }
  return Object.entries(userFlows).map(([key, flow]) => ({
    name: `${name}: ${USER_FLOW_NAMES[key] ?? key}`,
    path: `${domain}/${String(flow)}`,
  }))
}

function apps({ config }: ProviderContext): Html {
  return html`<section class="card" aria-labelledby="apps">
    <h2 id="apps">Apps and APIs</h2>
    <ul class="rows">
      ${config.apps.map(
        (app) =>
          html`<li>
            <h3>${app.name}</h3>
            ${appFacts(app)}
          </li>`,
      )}
    </ul>
  </section>`
}

function appFacts(app: AppConfig): Html {
  const { name, clientId, clientSecret, redirectUris, idUri, scopes = [], appRoles = [] } = app
  return html`<dl class="facts">
    <dt>Client ID</dt>
    <dd>${copyable(clientId, `the client ID of ${name}`)}</dd>
    <dt>Secret</dt>
    <dd>
      ${clientSecret === undefined ? 'none' : copyable(clientSecret, `the secret of ${name}`)}
    </dd>
    <dt>Redirect URIs</dt>
    <dd>
      ${
        redirectUris === 'loopback'
          ? 'any URL on this machine'
          : redirectUris.map((uri) => html`<div><code>${uri}</code></div>`)
      }
    </dd>
    ${
      idUri !== undefined &&
      html`<dt>App ID URI</dt>
        <dd>${copyable(idUri, `the App ID URI of ${name}`)}</dd>`
    }
    ${
      scopes.length > 0 &&
      html`<dt>Scopes</dt>
        <dd>
          ${scopes.map(
            ({ value }) =>
              html`<div>
                ${copyable(`${idUri ?? clientId}/${value}`, `the scope ${value} of ${name}`)}
              </div>`,
          )}
        </dd>`
    }
    ${
      appRoles.length > 0 &&
      html`<dt>App permissions</dt>
        <dd>${appRoles.map((role) => html`<div><code>${role}</code></div>`)}</dd>`
    }
  </dl>`
}

function accounts({ config, store }: ProviderContext): Html {
  const users = store.users.all()
  const others = users.length - MAX_ACCOUNTS
  const home = (id: string): string =>
    config.tenants.find((tenant) => tenant.id.toLowerCase() === id.toLowerCase())?.name ??
    'Personal account'
  return html`<section class="card" aria-labelledby="accounts">
    <h2 id="accounts">Accounts</h2>
    <p class="soft small">They do not have passwords. You choose one on the sign-in page.</p>
    <ul class="rows people">
      ${users.slice(0, MAX_ACCOUNTS).map(
        (user) =>
          html`<li class="account-row">
            <span class="avatar" aria-hidden="true">${initial(user)}</span>
            <div class="who">
              <b>${user.name}</b>
              ${copyable(user.username, `the user name of ${user.name}`)}
              <div class="chips">
                ${!isPersonal(user) && tag({ label: home(user.tenant) })}
                ${accountTags(config, user).map(tag)}
                ${(user.guestOf ?? []).map(({ tenant }) => tag({ label: `Guest in ${home(tenant)}` }))}
              </div>
            </div>
          </li>`,
      )}
    </ul>
    ${others > 0 && html`<p class="soft small">And ${others} more accounts.</p>`}
  </section>`
}

function initial({ name }: UserConfig): string {
  return Array.from(name)[0]?.toUpperCase() ?? ''
}
