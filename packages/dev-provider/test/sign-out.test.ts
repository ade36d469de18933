import { defaultConfig, startDevProvider } from '../src/index.js'
import { authorizeUrl, claimsOf, getTokens, refresh, cookieHeader } from './support/flow.js'
import { expect, test as base } from './support/fixtures.js'

const HOME = 'http://localhost:3999/'

const test = base
  /** The person at the browser of the test. */
  .extend('user', ({ provider, cookies }) => ({
    async signOut(params: Record<string, string>, method = 'GET', server = provider) {
      const url = new URL(`${server.authority()}/oauth2/v2.0/logout`)
      const form = new URLSearchParams(params)
      if (method === 'GET') url.search = form.toString()
      const response = await fetch(url, {
        method,
        redirect: 'manual',
        headers: cookieHeader(cookies),
        ...(method === 'POST' && { body: form }),
      })
      return { location: response.headers.get('location'), page: await response.text() }
    },
    async isSignedIn(name: string): Promise<boolean> {
      const { username } = provider.user(name)
      const url = authorizeUrl(provider, { prompt: 'none', login_hint: username })
      return (await provider.signIn(url, { cookies })).url.searchParams.has('code')
    },
    /** Signs in as Alex, and then as Robin. @returns The ID token of Robin. */
    async signInTwice(): Promise<string> {
      await getTokens(provider, {}, { as: 'alex', cookies })
      const tokens = await getTokens(provider, { prompt: 'login' }, { as: 'robin', cookies })
      return tokens.id_token ?? ''
    },
  }))

test.for([
  undefined,
  'common',
  'organizations',
  'consumers',
  'contosocustomers.onmicrosoft.com',
  'fabrikamb2c.onmicrosoft.com/B2C_1_susi',
  'tfp/fabrikamb2c.onmicrosoft.com/B2C_1_susi',
])(
  'at the end_session_endpoint of the version 1 document signs out, at %s',
  async (tenant, { provider, cookies }) => {
    const authority = provider.authority(tenant)
    await provider.signIn(authorizeUrl(provider, { scope: 'openid' }, tenant), { cookies })
    const response = await fetch(`${authority}/.well-known/openid-configuration`)
    const document = (await response.json()) as Record<string, string>
    const url = new URL(document['end_session_endpoint'] ?? '')
    url.searchParams.set('post_logout_redirect_uri', HOME)
    const { url: home } = await provider.signIn(url, { cookies })
    const silent = authorizeUrl(provider, { scope: 'openid', prompt: 'none' }, tenant)
    const { url: reply } = await provider.signIn(silent, { cookies })

    expect(url.pathname).toMatch(/\/oauth2\/logout$/)
    expect(home.href).toBe(HOME)
    expect(reply.searchParams.has('code')).toBe(false)
    expect(reply.searchParams.get('error')).toMatch(/^(login|interaction)_required$/)
  },
)

test.for(['GET', 'POST'])(
  'by %s ends the session and returns with state',
  async (method, { provider, cookies, user }) => {
    await getTokens(provider, {}, { cookies })
    const { location } = await user.signOut(
      { post_logout_redirect_uri: HOME, state: 'a b' },
      method,
    )

    expect(location).toBe(`${HOME}?state=a%20b`)
    expect(await user.isSignedIn('alex')).toBe(false)
  },
)

test.for(['https://evil.example/', 'javascript:alert(1)', '//evil.example', 'x'])(
  'the URL %s is not used',
  async (uri, { provider, cookies, user }) => {
    await getTokens(provider, {}, { cookies })
    const { location, page } = await user.signOut({ post_logout_redirect_uri: uri })

    expect(location).toBeNull()
    expect(page).toContain('You signed out')
    expect(await user.isSignedIn('alex')).toBe(false)
  },
)

test('several accounts without a hint show a page', async ({ provider, cookies, user }) => {
  await user.signInTwice()
  const { page } = await user.signOut({ post_logout_redirect_uri: HOME, state: 's' })
  expect(page).toContain('Which account do you want to sign out of?')

  const { url } = await provider.signIn(
    `${provider.authority()}/oauth2/v2.0/logout?post_logout_redirect_uri=${encodeURIComponent(HOME)}&state=s`,
    { as: 'robin', cookies },
  )
  expect(url.href).toBe(`${HOME}?state=s`)
  expect(await user.isSignedIn('robin')).toBe(false)
  expect(await user.isSignedIn('alex')).toBe(true)
})

test('logout_hint with the login_hint claim does not need a page', async ({ user }) => {
  const hint = String(claimsOf(await user.signInTwice())['login_hint'])
  const { location } = await user.signOut({ post_logout_redirect_uri: HOME, logout_hint: hint })

  expect(location).toBe(HOME)
  expect(await user.isSignedIn('robin')).toBe(false)
  expect(await user.isSignedIn('alex')).toBe(true)
})

test('a user name is not a valid logout_hint', async ({ provider, user }) => {
  await user.signInTwice()
  const { page } = await user.signOut({ logout_hint: provider.user('robin').username })

  expect(page).toContain('Choose an account')
})

test('id_token_hint identifies the account, unless it is forged', async ({ user }) => {
  const token = await user.signInTwice()

  expect((await user.signOut({ id_token_hint: `${token.slice(0, -8)}AAAAAAAA` })).page).toContain(
    'Choose an account',
  )
  await user.signOut({ id_token_hint: token })
  expect(await user.isSignedIn('robin')).toBe(false)
  expect(await user.isSignedIn('alex')).toBe(true)
})

test('only registered URLs are used, compared exactly', async ({ user }) => {
  const [app] = defaultConfig.apps
  const other = await startDevProvider({ config: { apps: [{ ...app!, redirectUris: [HOME] }] } })

  expect((await user.signOut({ post_logout_redirect_uri: HOME }, 'GET', other)).location).toBe(HOME)
  expect(
    (await user.signOut({ post_logout_redirect_uri: `${HOME}x` }, 'GET', other)).location,
  ).toBeNull()
  await other.close()
})

test('refresh tokens stay valid after a sign-out, as at Entra ID', async ({
  provider,
  cookies,
  user,
}) => {
  const tokens = await getTokens(provider, {}, { cookies })
  await user.signOut({})

  expect((await refresh(provider, tokens.refresh_token)).status).toBe(200)
})

test('the simulated browser signs out too, despite front-channel iframes', async ({ cookies }) => {
  const [app] = defaultConfig.apps
  const other = await startDevProvider({
    config: { apps: [{ ...app!, frontChannelLogoutUri: 'http://localhost:3999/front-channel' }] },
  })
  await getTokens(other, {}, { cookies })
  const url = new URL(`${other.authority()}/oauth2/v2.0/logout`)
  url.searchParams.set('post_logout_redirect_uri', HOME)

  expect((await other.signIn(url, { cookies })).url.href).toBe(HOME)
  expect((await other.signIn(url, { cookies })).url.href).toBe(HOME)
  url.search = ''
  expect((await other.signIn(url, { cookies })).url.href).toBe(url.href)
  await other.close()
})
