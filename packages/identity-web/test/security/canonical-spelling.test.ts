import { deviceCode } from 'identity-web/device-code'
import type { AuthOptions } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import type { BrowserResponse } from '../support/browser.ts'
import { openCodePage, poll } from '../support/device.ts'
import { Browser, SESSION_SECRET, sendToCallback } from '../support/site.ts'
import { lenientSpellingsOf } from '../support/spellings.ts'

// A value with several spellings evades logs, caches and lists that compare strings.

const test = base
  .extend('behaviour', { consent: 'skip' })
  .extend('siteOptions', ({ provider, store }): AuthOptions => ({
    authority: undefined,
    oidcAuthority: provider.oidcAuthority,
    session: { secret: SESSION_SECRET, denyList: store },
  }))

/** Returns the other spellings of a token in which one part is spelled in another way. */
function spellingsOfToken(token: string): string[] {
  const parts = token.split('.')
  return parts.flatMap((part, at) =>
    lenientSpellingsOf(part)
      .filter((spelling) => !spelling.includes('.'))
      .map((spelling) => parts.with(at, spelling).join('.')),
  )
}

describe('another spelling', () => {
  test('of the state of a sign-in is rejected', async ({ site, browser }) => {
    const back = await site.startSignIn(browser)
    const state = back.url.searchParams.get('state') ?? ''
    const spellings = lenientSpellingsOf(state)
    const statuses: number[] = []

    for (const spelling of spellings) {
      back.url.searchParams.set('state', spelling)
      statuses.push((await sendToCallback(browser, back)).status)
    }
    back.url.searchParams.set('state', state)
    const own = await sendToCallback(browser, back)

    expect(spellings.length).toBeGreaterThan(5)
    expect(statuses).toEqual(spellings.map(() => 400))
    expect([own.status, own.location]).toEqual([302, '/'])
  })

  test('of a session cookie is not a session', async ({ site, signedIn }) => {
    const cookie = signedIn.cookies.get('identity')?.value ?? ''
    const spellings = lenientSpellingsOf(cookie.slice(2)).filter((one) => /^[!-~]*$/.test(one))
    const open = (value: string): Promise<BrowserResponse> =>
      new Browser().navigate(`${site.origin}/`, { headers: { cookie: `identity=${value}` } })

    const statuses = await Promise.all(
      spellings.map(async (one) => (await open(`1.${one}`)).status),
    )

    expect(cookie).toMatch(/^1\./)
    expect(spellings.length).toBeGreaterThan(5)
    expect(statuses).toEqual(spellings.map(() => 302))
    expect((await open(cookie)).status).toBe(200)
  })

  test('of the state of a sign-out is rejected', async ({ openSite }) => {
    const site = await openSite((origin) => ({ postLogoutRedirectUri: `${origin}/?bye=1` }))
    const browser = await site.signIn()
    const { location = '' } = await browser.navigate(`${site.origin}/logout`)
    const state = new URL(location).searchParams.get('state') ?? ''
    const prefix = 'signed-out.'
    const visit = async (value: string): Promise<string | undefined> =>
      (await new Browser().navigate(`${site.origin}/?state=${encodeURIComponent(value)}`)).location

    const spellings = lenientSpellingsOf(state.slice(prefix.length)).map((one) => prefix + one)

    expect(spellings.length).toBeGreaterThan(5)
    expect(await Promise.all(spellings.map(visit))).toEqual(spellings.map(() => `${site.origin}/`))
    expect(await visit(state)).toBe(`${site.origin}/?bye=1`)
  })

  test('of a device code flow is not polled', async ({ openSite, browser }) => {
    const site = await openSite({
      signIn: deviceCode(),
      redirectUri: undefined,
      session: { secret: SESSION_SECRET },
    })
    const { device } = await openCodePage(site, browser)
    const isPending = async (value: string): Promise<boolean> =>
      (await poll(site, browser, value)).text.includes('"pending"')

    for (const spelling of lenientSpellingsOf(device)) expect(await isPending(spelling)).toBe(false)
    expect(await isPending(device)).toBe(true)
  })

  test('of a logout token is rejected', async ({ site, provider }) => {
    provider.register({ backChannelLogoutUri: `${site.origin}/back-channel-logout` })
    const browser = await site.signIn()
    const token = await provider.logoutToken({ as: 'alex' })
    const post = async (value: string): Promise<number> => {
      const response = await new Browser().send(`${site.origin}/back-channel-logout`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ logout_token: value }).toString(),
      })
      return response.status
    }

    const spellings = spellingsOfToken(token)
    const statuses = await Promise.all(spellings.map(post))

    expect(spellings.length).toBeGreaterThan(15)
    expect(statuses).toEqual(spellings.map(() => 400))
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
    expect(await post(token)).toBe(200)
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
  })

  test.for([0, 2])('of an ID token is rejected: %i', async (at, { site, provider, browser }) => {
    provider.tamper = {
      idToken: async (claims, sign) => {
        const token = await sign(claims)
        const signature = token.slice(token.lastIndexOf('.') + 1)
        const spelling = lenientSpellingsOf(signature)[at * 5] ?? ''
        return token.slice(0, token.lastIndexOf('.') + 1) + spelling
      },
    }

    const response = await sendToCallback(browser, await site.startSignIn(browser))

    expect(response.status).toBe(401)
    expect(site.logs.join()).toContain('it is not a JSON Web Token')
  })

  test('of an access token is rejected, also while the token is cached', async ({
    api,
    provider,
  }) => {
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
    for (let times = 0; times < 3; times++) expect((await api.call('/', token)).status).toBe(200)

    const spellings = spellingsOfToken(token).filter((one) => /^[!-~]*$/.test(one))
    const statuses: number[] = []
    for (const spelling of spellings) statuses.push((await api.call('/', spelling)).status)

    expect(spellings.length).toBeGreaterThan(15)
    expect(new Set(statuses)).toEqual(new Set([400, 401]))
    expect((await api.call('/', token)).status).toBe(200)
  })
})
