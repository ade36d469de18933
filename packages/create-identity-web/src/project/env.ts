import { randomBytes } from 'node:crypto'
import { redirectUriOf } from '../frameworks.js'
import { STORES, type Store, type StoreName } from '../stores.js'
import { TENANTS } from '../tenants.js'
import type { Choice } from './choice.js'

/** Returns `.env`. The user fills in the registration of the application. The session secret is new. */
export function envFile({ framework, tenant, store }: Choice): string {
  const { issuer, optional = {} } = TENANTS[tenant]
  return lines([
    '# The settings for your own tenant. README.md explains them. Do not commit this file.',
    '# In development, the development provider replaces the provider and the registration.',
    ...Object.keys({ ...issuer, ...optional }).map((name) => `${name}=`),
    'IDENTITY_CLIENT_ID=',
    'IDENTITY_CLIENT_SECRET=',
    'IDENTITY_CLIENT_SECRET_EXPIRES=',
    `IDENTITY_REDIRECT_URI=${redirectUriOf(framework)}`,
    `IDENTITY_SESSION_SECRET=${randomBytes(32).toString('base64')}`,
    ...variableOf(store, () => ''),
  ])
}

/** Returns `.env.example`, which shows the settings without secrets. */
export function envExample({ framework, tenant, store }: Choice): string {
  const { issuer, optional = {} } = TENANTS[tenant]
  return lines([
    '# The settings of this application. Copy this file to .env, and set the values.',
    ...assignments(issuer),
    ...(Object.keys(optional).length === 0 ? [] : ['# Not required:', ...assignments(optional)]),
    'IDENTITY_CLIENT_ID="<client ID>"',
    'IDENTITY_CLIENT_SECRET="<value of the client secret>"',
    '# Not required. The log warns you 30 days before the secret expires:',
    'IDENTITY_CLIENT_SECRET_EXPIRES="<date, such as 2027-03-31>"',
    `IDENTITY_REDIRECT_URI=${redirectUriOf(framework)}`,
    '# Encrypts the sessions. Every environment needs its own secret: openssl rand -base64 32',
    'IDENTITY_SESSION_SECRET="<at least 32 random characters>"',
    ...variableOf(store, ({ example }) => `"${example}"`),
  ])
}

/** Returns the lines for the URL of the store. */
function variableOf(name: StoreName, valueOf: (store: Store) => string): string[] {
  const store = STORES[name]
  if (store === undefined) return []
  return [
    `# The ${store.title} of the sessions. Without it, an application in development keeps them in cookies.`,
    `${store.variable}=${valueOf(store)}`,
  ]
}

function assignments(examples: Readonly<Record<string, string>>): string[] {
  return Object.entries(examples).map(([name, example]) => `${name}="${example}"`)
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`
}
