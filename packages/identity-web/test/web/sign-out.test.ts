import type { DevProvider } from 'identity-web-dev'
import type { AuthOptions } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { Browser } from '../support/browser.ts'
import { sendToCallback, signIn, type Site } from '../support/site.ts'

type Cookies = Map<string, string>

const JWT = /^eyJ[\w-]+\.eyJ[\w-]+\.[\w-]+$/

async function signOutUrl(site: Site, browser: Browser): Promise<URL> {
  const { location = '' } = await browser.navigate(`${site.origin}/logout`)
  return new URL(location)
}

/** What the provider answers a browser. */
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
    const browser = await signIn(site, provider, { as })

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
    const browser = await signIn(site, provider)

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
    const browser = await signIn(site, provider)

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
    // The other account is the only one left: it signs in silently.
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
