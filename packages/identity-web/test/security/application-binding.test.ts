import { deviceCode } from 'identity-web/device-code'
import type { SessionOptions } from '../../src/options/session-options.ts'
import type { AuthOptions } from 'identity-web/express'
import { memoryStore } from 'identity-web'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { openCodePage, poll } from '../support/device.ts'
import { Browser, SESSION_SECRET, atSite, sendToCallback, type Site } from '../support/site.ts'
import { isSignedIn } from '../support/steps.ts'

// Applications of one client with one secret, such as a shop and its administration, or staging and production.

const KINDS: [string, () => SessionOptions][] = [
  ['in cookies', () => ({})],
  ['in a store', () => ({ store: memoryStore() })],
  ['in cookies, with a deny-list', () => ({ denyList: memoryStore() })],
]

const test = base.extend('behaviour', { consent: 'skip' }).extend(
  'open',
  ({ openSite }) =>
    (session: SessionOptions, options: AuthOptions = {}): Promise<Site> =>
      openSite({ ...options, session: { secret: SESSION_SECRET, ...session } }),
)

describe.each(KINDS)('a session %s', (_kind, sessionWith) => {
  test('does not open at another origin', async ({ open }) => {
    const session = sessionWith()
    const shop = await open(session)
    const admin = await open(session)
    const browser = await shop.signIn()

    expect(await isSignedIn(shop, browser)).toBe(true)
    expect(await isSignedIn(admin, browser)).toBe(false)
  })

  test('opens on every server with the same settings, and with a secret that is being replaced', async ({
    open,
  }) => {
    const session = sessionWith()
    const first = await open(session)
    const redirectUri = `${first.origin}/redirect`
    const second = await open(session, { redirectUri })
    const third = await open(
      { ...session, secret: ['another-secret-of-thirty-two-characters', SESSION_SECRET] },
      { redirectUri },
    )
    const browser = await first.signIn({ path: '/token' })

    expect(await isSignedIn(second, browser)).toBe(true)
    expect((await browser.navigate(`${third.origin}/token`)).status).toBe(200)
  })

  test('opens at the subdomains that share it on purpose, and not at others', async ({
    openSite,
  }) => {
    const session = sessionWith()
    const start = (options: SessionOptions, host?: string): Promise<Site> =>
      openSite((origin) => ({
        redirectUri: `${host ?? origin.replace('http:', 'https:')}/redirect`,
        session: { secret: SESSION_SECRET, ...session, ...options },
      }))
    const shop = await start({ cookie: { name: 'identity', domain: 'localhost' } })
    const admin = await start({ cookie: { name: 'identity', domain: '.LocalHost' } })
    const alone = await start({ cookie: { name: 'identity' } })
    const fabrikam = { name: 'identity', domain: 'fabrikam.example' }
    const elsewhere = await start({ cookie: fabrikam }, 'https://shop.fabrikam.example')
    const browser = new Browser()
    const back = await shop.startSignIn(browser)
    back.url.protocol = 'http:'
    await sendToCallback(browser, atSite(shop, back))

    expect(await isSignedIn(shop, browser)).toBe(true)
    expect(await isSignedIn(admin, browser)).toBe(true)
    expect(await isSignedIn(elsewhere, browser)).toBe(false)
    // Without a domain, the cookie has another prefix.
    renameCookies(browser, '__Secure-identity', '__Host-identity')
    expect(await isSignedIn(alone, browser)).toBe(false)
  })
})

function renameCookies(browser: Browser, from: string, to: string): void {
  for (const [name, cookie] of browser.cookies) {
    if (name.startsWith(from)) browser.cookies.set(name.replace(from, to), cookie)
  }
}

describe('another application of the same client and secret', () => {
  test('does not accept the state of a sign-in, also if they share their sessions', async ({
    open,
  }) => {
    const cookie = { domain: 'localhost' }
    const [shop, admin] = [await open({ cookie }), await open({ cookie })]
    const browser = new Browser()

    const response = await sendToCallback(browser, atSite(admin, await shop.startSignIn(browser)))

    expect(response.status).toBe(400)
    expect(await isSignedIn(admin, browser)).toBe(false)
  })

  test('does not accept a login URL and the state of a sign-out', async ({
    openSite,
    provider,
  }) => {
    const options = {
      authority: undefined,
      oidcAuthority: provider.oidcAuthority,
      session: { secret: SESSION_SECRET },
    }
    const [shop, admin] = [await openSite(options), await openSite(options)]
    const browser = await shop.signIn()
    const { text } = await new Browser().script(`${shop.origin}/mail`)
    const request = /[?&]request=([\w.%-]+)/.exec(text)?.[1] ?? 'none'
    const { location = '' } = await browser.navigate(`${shop.origin}/logout`)
    const state = new URL(location).searchParams.get('state') ?? 'none'

    const ownLogin = await new Browser().navigate(`${shop.origin}/login?request=${request}`)
    const login = await new Browser().navigate(`${admin.origin}/login?request=${request}`)
    const signedOut = await new Browser().navigate(`${admin.origin}/?state=${state}`)
    const own = await new Browser().navigate(`${shop.origin}/?state=${state}`)

    expect(request.length).toBeGreaterThan(40)
    expect(state).toMatch(/^signed-out\.[\w-]{40}/)
    expect([signedOut.location, own.location]).toEqual([`${admin.origin}/`, `${shop.origin}/`])
    expect(ownLogin.location).toContain('Mail.Read')
    expect(login.location).not.toContain('Mail.Read')
  })

  // There, the library does not know the origin of the application.
  test('is separated in the device code flow by the name of the cookie', async ({ openSite }) => {
    const start = (name: string): Promise<Site> =>
      openSite({
        signIn: deviceCode(),
        redirectUri: undefined,
        session: { secret: SESSION_SECRET, cookie: { name } },
      })
    const [shop, twin, admin] = [await start('shop'), await start('shop'), await start('admin')]
    const browser = new Browser()
    const { device } = await openCodePage(shop, browser)
    const isPending = async (site: Site): Promise<boolean> =>
      (await poll(site, browser, device)).text.includes('"pending"')

    expect(await isPending(shop)).toBe(true)
    expect(await isPending(twin)).toBe(true)
    renameCookies(browser, 'shop-flow-', 'admin-flow-')
    expect(await isPending(admin)).toBe(false)
  })
})
