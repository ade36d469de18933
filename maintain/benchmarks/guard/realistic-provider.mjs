import { randomBytes, randomUUID } from 'node:crypto'
import { defaultConfig, startDevProvider } from '../../../packages/dev-provider/dist/index.js'

// Entra ID as an application of a mid-sized company uses it: 26 claims that the session keeps, including 20
// groups, and access tokens for three APIs.

export const SIGN_IN_SCOPE = 'User.Read'
export const OTHER_SCOPES = ['api://todos.contoso.example/Todos.Read', 'api://reports/Reports.Read']

// The tokens of Entra ID have 1.5 to 2.5 kB, and the library drops those that do not fit into the cookies. These
// three have the largest possible size, so that a request has the largest possible cookies: about 7 kB.
const TOKEN_CHARACTERS = [
  [OTHER_SCOPES[0], 1000],
  [OTHER_SCOPES[1], 900],
  [SIGN_IN_SCOPE, 1050],
]

/** Starts a development provider with another user after each `nextUser`. For a refresh, `toUser` returns to an earlier one. */
export async function startRealisticProvider() {
  const provider = await startDevProvider({
    allowProduction: true,
    // An IP address, because a resolver could return the address of another machine for a name.
    host: '127.0.0.1',
    config: { apps: [...defaultConfig.apps, REPORTS_API] },
    behaviour: { consent: 'skip' },
  })
  const groups = Array.from({ length: 20 }, () => randomUUID())
  let user = 0
  provider.tamper = {
    idToken: (claims, sign) => sign({ ...claims, ...companyClaims(user, groups) }),
    tokenResponse: (body) => ({ ...body, access_token: opaqueToken(body) }),
  }
  return {
    provider,
    nextUser: () => (user += 1),
    toUser: (number) => (user = number),
  }
}

/** An API in addition to the default ones of the provider. */
const REPORTS_API = {
  clientId: '44444444-5555-4666-8777-888888888888',
  name: 'Reports API',
  clientSecret: 'unused',
  redirectUris: 'loopback',
  idUri: 'api://reports',
  scopes: [{ value: 'Reports.Read', description: 'Read reports' }],
}

/** Together with those of the provider that the session keeps, these are 26 claims. */
function companyClaims(user, groups) {
  const number = String(user).padStart(5, '0')
  return {
    sub: `sub-${number}-Xq2vJ7cLr0dW8tYp3nAeKs5h`,
    // The list of a user's sessions belongs to it.
    oid: `a1e00000-0000-4000-8000-${number.padStart(12, '0')}`,
    name: `Alexandra Rivera-Lindqvist ${number}`,
    preferred_username: `alexandra.rivera.${number}@contoso.onmicrosoft.com`,
    email: `alexandra.rivera.${number}@contoso.example`,
    given_name: 'Alexandra',
    family_name: 'Rivera-Lindqvist',
    ctry: 'DE',
    tenant_ctry: 'DE',
    tenant_region_scope: 'EU',
    xms_pl: 'en',
    auth_time: Math.floor(Date.now() / 1000) - 5,
    ipaddr: '203.0.113.24',
    roles: ['Todos.Approver', 'Reports.Reader'],
    groups,
  }
}

// Only the API of an access token may read it, so only its size matters here.
function opaqueToken({ scope = '' }) {
  const [, characters] = TOKEN_CHARACTERS.find(([name]) => scope.includes(name)) ?? [null, 1000]
  return randomBytes(characters).toString('base64url').slice(0, characters)
}
