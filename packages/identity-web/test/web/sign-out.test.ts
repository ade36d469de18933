import type { DevProvider } from 'identity-web-dev'
import type { AuthOptions } from 'identity-web/express'
import { memoryStore, type SessionStore } from 'identity-web'
import { describe, expect, test as base, type OpenSite } from '../support/fixtures.ts'
import { Browser } from '../support/browser.ts'
import { SESSION_SECRET, sendToCallback, type Site } from '../support/site.ts'

type Cookies = Map<string, string>

const JWT = /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$/

async function signOutUrl(site: Site, browser: Browser): Promise<URL> {
  const { location = '' } = await browser.navigate(`${site.origin}/logout`)
  return new URL(location)
}

/** The response of the provider to a browser. */
async function atProvider(url: URL, cookies: Cookies) {
  const cookie = [...cookies].map((pair) => pair.join('=')).join('; ')
  const response = await fetch(url, { headers: { cookie }, redirect: 'manual' })
  return {
    status: response.status,
    location: response.headers.get('location'),
    text: await response.text(),
  }
}

const test = base
  .extend('behaviour', { consent: 'skip' })
  .extend(
    'signInTwoAccounts',
    ({ openSite, provider }) =>
      async (): Promise<[Site, Browser, Cookies]> => {
        const cookies: Cookies = new Map()
        const site = await openSite({ prompt: 'select_account' })
        let browser = new Browser()
        for (const as of ['alex', 'robin']) {
          browser = new Browser()
          const { location = '' } = await browser.navigate(`${site.origin}/`)
          await sendToCallback(browser, await provider.signIn(location, { as, cookies }))
        }
        return [site, browser, cookies]
      },
  )

describe('the provider learns who signs out', () => {
  test.for<
    readonly [
      string,
      string,
      (provider: DevProvider) => AuthOptions,
      'logout_hint' | 'id_token_hint',
    ]
  >([
    ['Entra ID', 'alex', () => ({}), 'logout_hint'],
    [
      'many tenants',
      'alex',
      (provider) => ({ authority: provider.authority('common') }),
      'logout_hint',
    ],
    [
      'External ID',
      'nora',
      (provider) => ({ authority: provider.externalIdAuthority }),
      'logout_hint',
    ],
    [
      'Azure AD B2C',
      'mia',
      (provider) => ({ authority: provider.b2cAuthority() }),
      'id_token_hint',
    ],
    ['AD FS', 'alex', (provider) => ({ authority: provider.adfsAuthority }), 'id_token_hint'],
    [
      'any other provider',
      'alex',
      (provider) => ({ authority: undefined, oidcAuthority: provider.oidcAuthority }),
      'id_token_hint',
    ],
  ])('at %s', async ([, as, options, hint], { openSite, provider }) => {
    const site = await openSite(options(provider))
    const browser = await site.signIn({ as })

    const url = await signOutUrl(site, browser)

    const hints = ['logout_hint', 'id_token_hint'].filter((name) => url.searchParams.has(name))
    expect(hints).toEqual([hint])
    expect(url.searchParams.get(hint)).toMatch(hint === 'logout_hint' ? /^O\.[\w-]+$/ : JWT)
    const { url: back } = await provider.signIn(url, { as })
    expect((await browser.navigate(back.href)).location).toBe(`${site.origin}/`)
  })

  test('but not at Entra ID without the login_hint claim, never by a user name', async ({
    provider,
    openSite,
  }) => {
    provider.tamper = {
      idToken: ({ login_hint: _hint, ...claims }, sign) => sign(claims),
    }
    const site = await openSite()
    const browser = await site.signIn()

    const { searchParams } = await signOutUrl(site, browser)

    expect([...searchParams.keys()].toSorted()).toEqual([
      'client_id',
      'post_logout_redirect_uri',
      'state',
    ])
  })

  test('but not from a login_hint that is not a string', async ({ provider, openSite }) => {
    provider.tamper = { idToken: (claims, sign) => sign({ ...claims, login_hint: { a: 1 } }) }
    const site = await openSite()
    const browser = await site.signIn()

    const { searchParams } = await signOutUrl(site, browser)

    expect(searchParams.has('logout_hint')).toBe(false)
  })
})

describe('a sign-out with two accounts at the provider', () => {
  test('signs out the account of the session, without a picker', async ({
    signInTwoAccounts,
    openSite,
    provider,
  }) => {
    const [site, browser, cookies] = await signInTwoAccounts()

    const response = await atProvider(await signOutUrl(site, browser), cookies)

    expect(response.status).toBe(302)
    expect(response.location).toContain(`${site.origin}/?state=`)
    // Only the other account is left, so it signs in silently.
    const plain = await openSite()
    const other = new Browser()
    const { location = '' } = await other.navigate(`${plain.origin}/`)
    await sendToCallback(other, await provider.signIn(location, { as: 'robin', cookies }))
    const { user } = (await other.navigate(`${plain.origin}/`)).json() as { user: object }
    expect(user).toMatchObject({ name: 'Alex Rivera' })
  })

  test('shows a picker without the hint', async ({ signInTwoAccounts }) => {
    const [site, browser, cookies] = await signInTwoAccounts()
    const url = await signOutUrl(site, browser)
    url.searchParams.delete('logout_hint')

    const response = await atProvider(url, cookies)

    expect(response.text).toContain('Which account do you want to sign out of?')
  })
})

describe.for([
  ['a store', (store: SessionStore) => ({ secret: SESSION_SECRET, store })],
  ['a deny-list', (denyList: SessionStore) => ({ secret: SESSION_SECRET, denyList })],
] as const)('a sign-out after revokeSessions, with %s,', ([, toSession]) => {
  /** A site whose page /everywhere ends all sessions of the user, and one that another client has revoked. */
  const everywhere = async (openSite: OpenSite, options: AuthOptions) => {
    const site = await openSite({ session: toSession(memoryStore()), ...options })
    const { app, auth } = site
    app.post(
      '/everywhere',
      auth.loginRequired(async (req, res, { user }) => {
        await auth.revokeSessions({ user })
        await auth.logout(req, res)
      }),
    )
    return site
  }
  const post = (site: Site, browser: Browser, path: string) =>
    browser.navigate(site.origin + path, { method: 'POST', headers: { origin: site.origin } })

  test.for<readonly [string, (provider: DevProvider) => AuthOptions, string]>([
    ['Entra ID', () => ({}), 'logout_hint'],
    [
      'another provider',
      (provider) => ({ authority: undefined, oidcAuthority: provider.oidcAuthority }),
      'id_token_hint',
    ],
  ])(
    'in the same request ends the session at %s',
    async ([, toOptions, hint], { openSite, provider }) => {
      const site = await everywhere(openSite, toOptions(provider))
      const browser = await site.signIn()

      const { location = '' } = await post(site, browser, '/everywhere')

      expect([...browser.cookies.keys()]).toEqual([])
      const url = new URL(location)
      expect(url.searchParams.get(hint)).toBeTruthy()
      const { url: back } = await provider.signIn(url, { as: 'alex' })
      expect((await browser.navigate(back.href)).location).toBe(`${site.origin}/`)
    },
  )

  test('in an earlier request ends the session at the provider without a hint, because a copy of the cookie is worthless', async ({
    openSite,
    provider,
  }) => {
    const options = { authority: undefined, oidcAuthority: provider.oidcAuthority }
    const site = await everywhere(openSite, options)
    const browser = await site.signIn()
    const { claims } = (await browser.navigate(`${site.origin}/`)).json() as {
      readonly claims: { readonly sub: string }
    }
    await site.auth.revokeSessions({ sub: claims.sub })

    const { location = '' } = await post(site, browser, '/logout')

    const { searchParams } = new URL(location)
    expect(searchParams.has('id_token_hint')).toBe(false)
    expect(searchParams.get('client_id')).toBe(provider.app.clientId)
    expect(searchParams.get('post_logout_redirect_uri')).toBe(`${site.origin}/`)
    expect([...browser.cookies.keys()]).toEqual([])
  })
})
