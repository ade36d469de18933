import { defaultConfig, type ProviderCookies, type SignInOptions } from '../src/index.js'
import {
  authorizeUrl,
  claimsOf,
  getTokens,
  REDIRECT_URI,
  refresh,
  TODO_API,
  cookieHeader,
} from './support/flow.js'
import { describe, expect, test as base } from './support/fixtures.js'

const [app, todos] = defaultConfig.apps
const FABRIKAM = defaultConfig.tenants[1]!.id
const permissions = [...(app!.permissions ?? []), 'Directory.Read.All']
/** An API whose scopes have the names of Microsoft's, and Exchange Online. */
const scopes = ['Todos.Read', 'Mail.Read', 'IMAP.AccessAsUser.All'].map((value) => ({
  value,
  description: value,
}))
const api = { ...todos!, scopes }
const exchange = {
  clientId: '00000002-0000-0ff1-ce00-000000000000',
  idUri: 'https://outlook.office.com',
}
/** An administrator of Fabrikam, and a guest there who is an administrator at Contoso. */
const users = [
  { username: 'jo@fabrikam.onmicrosoft.com', admin: true },
  { username: 'sam@contoso.onmicrosoft.com', guestOf: [{ tenant: FABRIKAM, oid: FABRIKAM }] },
]
const config = {
  extends: 'default' as const,
  users,
  apps: [{ clientId: app!.clientId, permissions }, api, { ...api, ...exchange }],
}

const SCOPE = `openid Directory.Read.All ${TODO_API}/Todos.Read`

const test = base
  .extend('providerOptions', { config })
  /** Signs a user of Fabrikam in, and returns "code" or the error. */
  .extend('outcome', ({ provider }) => async (as: string, scope: string) => {
    const url = authorizeUrl(provider, { scope: `openid ${scope}` }, FABRIKAM)
    const { searchParams } = (await provider.signIn(url, { as })).url
    return searchParams.get('error') ?? 'code'
  })
  .extend(
    'adminConsentUrl',
    ({ provider }) =>
      (params: Record<string, string> = {}, tenant?: string): URL => {
        const url = new URL(`${provider.authority(tenant)}/adminconsent`)
        const all = {
          client_id: provider.app.clientId,
          redirect_uri: REDIRECT_URI,
          state: 'state-1',
          ...params,
        }
        for (const [name, value] of Object.entries(all)) {
          if (value !== '') url.searchParams.set(name, value)
        }
        return url
      },
  )
  .extend(
    'consentV2Url',
    ({ adminConsentUrl }) =>
      (params: Record<string, string>, tenant?: string) => {
        const url = adminConsentUrl(params, tenant)
        url.pathname = url.pathname.replace('/adminconsent', '/v2.0/adminconsent')
        return url
      },
  )
  /** Lets Sam answer a request with scopes. */
  .extend(
    'approve',
    ({ provider, consentV2Url }) =>
      (params: Record<string, string>, tenant?: string, options: SignInOptions = {}) =>
        provider.signIn(consentV2Url(params, tenant), { as: 'sam', ...options }),
  )
  /** Starts a sign-in whose user presses Cancel on every consent page. */
  .extend(
    'signInSilently',
    ({ provider }) =>
      (as: string, tenant?: string) =>
        provider.signIn(authorizeUrl(provider, { scope: SCOPE }, tenant), { as, consent: false }),
  )

test.for([undefined, 'common', 'organizations'])(
  'an administrator approves for all users of the tenant, at %s',
  async (tenant, { provider, adminConsentUrl, signInSilently }) => {
    const { url } = await provider.signIn(adminConsentUrl({}, tenant), { as: 'sam' })

    expect(url.origin + url.pathname).toBe(REDIRECT_URI)
    expect(Object.fromEntries(url.searchParams)).toEqual({
      tenant: provider.user('sam').tenant,
      admin_consent: 'True',
      state: 'state-1',
    })
    expect((await signInSilently('alex')).url.searchParams.has('code')).toBe(true)
    // A guest also belongs to the tenant, but the administrator of their own tenant did not approve
    // anything.
    expect((await signInSilently('kim')).url.searchParams.has('code')).toBe(true)
    const fabrikam = await signInSilently('kim', 'fabrikam.onmicrosoft.com')
    expect(fabrikam.url.searchParams.get('error')).toBe('access_denied')
  },
)

describe('/v2.0/adminconsent', () => {
  test.for([undefined, 'organizations', 'common', 'contoso.example'])(
    'grants only the scopes of the request, at %s',
    async (tenant, { provider, approve, signInSilently }) => {
      const scope = `openid ${TODO_API}/Todos.Read https://graph.microsoft.com/Directory.Read.All`
      const { url } = await approve({ scope }, tenant)

      expect(url.origin + url.pathname).toBe(REDIRECT_URI)
      expect(Object.fromEntries(url.searchParams)).toEqual({
        tenant: provider.user('sam').tenant,
        admin_consent: 'True',
        scope,
        state: 'state-1',
      })
      expect((await signInSilently('alex')).url.searchParams.has('code')).toBe(true)
      const other = authorizeUrl(provider, { scope: 'openid User.Read' })
      const reply = await provider.signIn(other, { as: 'alex', consent: false })
      expect(reply.url.searchParams.get('error')).toBe('access_denied')
    },
  )

  test('with .default grants the permissions of the registration', async ({
    provider,
    approve,
  }) => {
    const { url } = await approve({ scope: 'https://graph.microsoft.com/.default' })
    const scope = `openid User.Read Directory.Read.All ${TODO_API}/Todos.Read`
    const reply = await provider.signIn(authorizeUrl(provider, { scope }), { consent: false })

    expect(url.searchParams.get('scope')).toBe('https://graph.microsoft.com/.default')
    expect(reply.url.searchParams.has('code')).toBe(true)
  })

  test('Cancel returns access_denied and grants nothing', async ({
    provider,
    approve,
    signInSilently,
  }) => {
    const { url } = await approve({ scope: SCOPE }, undefined, { consent: false })

    expect(Object.fromEntries(url.searchParams)).toEqual({
      error: 'access_denied',
      error_description: expect.stringMatching(/^AADSTS65004: .* Trace ID: /),
      error_uri: `${provider.origin}/error?code=65004`,
      admin_consent: 'True',
      state: 'state-1',
    })
    expect((await signInSilently('alex')).url.searchParams.get('error')).toBe('access_denied')
  })

  test.for([
    ['without scope', {}, 'AADSTS900144'],
    ['for an unknown scope', { scope: 'Todos.Red' }, 'AADSTS650053'],
    ['for an unknown API', { scope: 'api://nobody/Read' }, 'AADSTS500011'],
  ] as const)('%s is an error page', async ([_name, params, code], { consentV2Url }) => {
    const response = await fetch(consentV2Url(params))

    expect(response.status).toBe(400)
    expect(await response.text()).toContain(code)
  })
})

test('tokens contain the approved permissions afterwards', async ({
  provider,
  adminConsentUrl,
}) => {
  await provider.signIn(adminConsentUrl(), { as: 'sam' })
  const tokens = await getTokens(provider, { scope: 'openid Directory.Read.All' })

  expect(String(claimsOf(tokens.access_token)['scp']).split(' ')).toEqual(
    expect.arrayContaining(['User.Read', 'Directory.Read.All']),
  )
})

test('Cancel returns permission_denied and grants nothing', async ({
  provider,
  adminConsentUrl,
  signInSilently,
}) => {
  const { url } = await provider.signIn(adminConsentUrl(), { as: 'sam', consent: false })

  expect(url.searchParams.get('error')).toBe('permission_denied')
  expect(url.searchParams.get('error_description')).toBeTruthy()
  expect(url.searchParams.get('state')).toBe('state-1')
  expect(url.searchParams.has('admin_consent')).toBe(false)
  expect((await signInSilently('alex')).url.searchParams.get('error')).toBe('access_denied')
})

test('an account that is not an administrator is rejected', async ({
  provider,
  adminConsentUrl,
}) => {
  await expect(provider.signIn(adminConsentUrl(), { as: 'alex' })).rejects.toThrow(/AADSTS90094/)
})

test('a user who requests permissions for administrators gets AADSTS90094', async ({
  provider,
}) => {
  const { url } = await provider.signIn(authorizeUrl(provider, { scope: SCOPE }), { as: 'alex' })

  expect(url.searchParams.get('error')).toBe('access_denied')
  expect(url.searchParams.get('error_description')).toContain('AADSTS90094')
  expect(url.searchParams.has('error_subcode')).toBe(false)
})

test.for([
  [
    'a redirect URI that is not registered',
    { redirect_uri: 'https://evil.example/' },
    'AADSTS50011',
  ],
  ['a missing redirect URI', { redirect_uri: '' }, 'AADSTS900144'],
  ['an unknown app', { client_id: '99999999-9999-4999-8999-999999999999' }, 'AADSTS700016'],
] as const)(
  '%s shows a page instead of a redirect',
  async ([_name, params, code], { adminConsentUrl }) => {
    const response = await fetch(adminConsentUrl(params), { redirect: 'manual' })

    expect(response.status).toBe(400)
    expect(await response.text()).toContain(code)
  },
)

test.for(['/adminconsent', '/v2.0/adminconsent'])(
  'approval requires the session of the administrator, at %s',
  async (path, { provider, adminConsentUrl, signInSilently }) => {
    const url = adminConsentUrl({ scope: SCOPE })
    url.pathname = url.pathname.replace('/adminconsent', path)
    const cookies: ProviderCookies = new Map()
    await provider.signIn(authorizeUrl(provider), { as: 'alex', cookies })
    const { cookie } = cookieHeader(cookies)
    const approve = (headers: Record<string, string>) =>
      fetch(url, {
        method: 'POST',
        headers,
        redirect: 'manual',
        body: new URLSearchParams({
          decision: 'accept',
          approver: provider.user('sam').username,
        }),
      })

    for (const headers of [{}, { cookie }]) {
      const response = await approve(headers)
      expect(response.status).toBe(200)
      expect(await response.text()).toContain('data-page="account"')
    }
    expect((await signInSilently('alex')).url.searchParams.get('error')).toBe('access_denied')
  },
)

test('the page lists the permissions and can switch to another account', async ({
  provider,
  adminConsentUrl,
}) => {
  const cookies: ProviderCookies = new Map()
  await provider.signIn(authorizeUrl(provider), { as: 'sam', cookies })
  const headers = cookieHeader(cookies)
  const page = await (await fetch(adminConsentUrl(), { headers })).text()
  const body = new URLSearchParams({ action: 'switch' })
  const picker = await fetch(adminConsentUrl(), { method: 'POST', headers, body })

  for (const permission of ['Directory.Read.All', 'Todos.Read.All']) {
    expect(page).toContain(permission)
  }
  expect(await picker.text()).toContain('data-page="account"')
})

describe("Microsoft's consent policy", () => {
  test.for([
    ['Mail.Read', 'access_denied'],
    ['User.Read calendars.readwrite', 'access_denied'],
    ['https://graph.microsoft.com/Tasks.Read', 'access_denied'],
    ['https://outlook.office.com/IMAP.AccessAsUser.All', 'access_denied'],
    ['https://outlook.office.com/Mail.Read', 'code'],
    ['Contacts.Read Mail.Send Files.ReadWrite', 'code'],
    [`${TODO_API}/Mail.Read ${TODO_API}/IMAP.AccessAsUser.All`, 'code'],
  ] as const)('%s: %s', async ([scope, expected], { outcome }) => {
    expect(await outcome('kim', scope)).toBe(expected)
  })

  test('only an administrator of the tenant can grant', async ({ outcome, approve }) => {
    const scope = 'https://graph.microsoft.com/Mail.Read'
    expect(await outcome('sam', scope)).toBe('access_denied')
    expect(await outcome('jo', scope)).toBe('code')
    expect(await outcome('kim', scope)).toBe('access_denied')
    await approve({ scope }, FABRIKAM, { as: 'jo' })
    expect(await outcome('kim', scope)).toBe('code')
  })

  test('earlier grants stay, without more scopes', async ({ provider, outcome }) => {
    provider.configure({ ...config, tenants: [{ id: FABRIKAM, consentPolicy: 'all' }] })
    expect(await outcome('kim', 'Mail.Read')).toBe('code')
    provider.configure(config)
    const scope = 'openid offline_access Mail.Read'
    const tokens = await getTokens(provider, { scope }, { as: 'kim', tenant: FABRIKAM })
    const more = await refresh(provider, tokens.refresh_token, { scope: 'Tasks.Read' }, FABRIKAM)
    expect(more.body).toMatchObject({ error: 'invalid_grant', suberror: 'consent_required' })
  })

  test('a user cannot accept the page for administrators', async ({ provider }) => {
    const page = await fetch(authorizeUrl(provider, { scope: 'Mail.Read' }, FABRIKAM))
    const [, action] = /action="([^"]+)"/.exec(await page.text()) ?? []
    const send = async (body: URLSearchParams) =>
      (await fetch(provider.origin + action, { method: 'POST', body })).text()
    await send(new URLSearchParams({ account: provider.user('kim').username }))
    const accepted = await send(new URLSearchParams({ decision: 'accept' }))
    expect(accepted).toContain('Only an administrator can grant it.')
  })

  test('Contoso grants all, and one line says so', async ({ provider, providerLog }) => {
    for (const as of ['alex', 'robin']) await getTokens(provider, { scope: 'Chat.Read' }, { as })
    const lines = providerLog.filter((line) => line.includes('Chat.Read'))
    expect(lines).toEqual([expect.stringMatching(/^A user granted .* set consentPolicy/)])
    const home = await (await fetch(provider.origin)).text()
    expect(home).toMatch(/Contoso \(consent policy: all\)[^]*Fabrikam \(consent policy: microsoft/)
  })
})
