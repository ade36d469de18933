import type { DevProvider, SignInResult } from 'identity-web-dev'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { requestCount, expectNoSession, expectRejected, signedInUser } from '../support/attack.ts'
import { Browser, SESSION_SECRET, sendToCallback } from '../support/site.ts'

const OTHER_APP = '22222222-3333-4444-8555-666666666666'
const OTHER_SECRET = 'another-session-secret-of-another-site-01'

/** The name of the browser's only flow cookie. */
function flowOf(browser: Browser): string {
  const [name = '', ...others] = [...browser.cookies.keys()].filter((one) =>
    one.startsWith('identity-flow-'),
  )
  expect(others).toEqual([])
  return name
}

function withState({ url }: SignInResult, change: (state: string) => string): SignInResult {
  const changed = new URL(url)
  changed.searchParams.set('state', change(url.searchParams.get('state') ?? ''))
  return { url: changed }
}

function flipCharacter(text: string, at: number): string {
  return text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
}

const test = base.extend('isSignedIn', ({ site }) => async (browser: Browser): Promise<boolean> => {
  return (await browser.navigate(`${site.origin}/`)).status === 200
})

describe('the state of a sign-in', () => {
  test('signs in with the right response, and leads to the requested page', async ({
    site,
    isSignedIn,
  }) => {
    const browser = new Browser()

    const response = await sendToCallback(
      browser,
      await site.startSignIn(browser, { path: '/other?a=1&b=%2F' }),
    )

    expect(response.status).toBe(302)
    expect(response.location).toBe('/other?a=1&b=%2F')
    expect(await isSignedIn(browser)).toBe(true)
  })

  test('is required in a response', async ({ site, provider, browser }) => {
    const back = await site.startSignIn(browser)
    back.url.searchParams.delete('state')

    const response = await sendToCallback(browser, back)

    await expectRejected(site, browser, response, 400)
    expect(requestCount(provider, 'token')).toBe(0)
  })

  test.for([
    ['empty', () => ''],
    ['garbage', () => 'garbage'],
    ['of characters beyond base64', () => '\u0000☃<script>'],
    ['long garbage', () => 'A'.repeat(4000)],
    ['cut short', (state: string) => state.slice(0, -30)],
    ['only its first bytes', (state: string) => state.slice(0, 20)],
    ['changed in its version', (state: string) => flipCharacter(state, 0)],
    ['changed in its nonce', (state: string) => flipCharacter(state, 5)],
    ['changed in its ciphertext', (state: string) => flipCharacter(state, 100)],
    ['changed in its tag', (state: string) => flipCharacter(state, state.length - 10)],
    ['doubled', (state: string) => state + state],
  ] as const)(
    'rejects a state that is %s, and does not redeem the code',
    async ([, change], { site, provider, browser }) => {
      const back = withState(await site.startSignIn(browser), change)

      const response = await sendToCallback(browser, back)

      await expectRejected(site, browser, response, 400)
      expect(requestCount(provider, 'token')).toBe(0)
    },
  )

  test.for(['code', 'state', 'session_state', 'unheard-of'])(
    'rejects a response that repeats the parameter %s',
    async (name, { site, provider, browser }) => {
      const back = await site.startSignIn(browser)
      const value = back.url.searchParams.get(name) ?? 'x'
      back.url.searchParams.delete(name)
      back.url.searchParams.append(name, value)
      back.url.searchParams.append(name, value)

      const response = await sendToCallback(browser, back)

      await expectRejected(site, browser, response, 400)
      expect(requestCount(provider, 'token')).toBe(0)
    },
  )

  test('an encrypted session is not a state, and an encrypted state is not a session', async ({
    site,
  }) => {
    const browser = await site.signIn()
    const session = browser.cookies.get('identity')?.value.slice(2) ?? ''
    const other = new Browser()
    const back = await site.startSignIn(other)
    const state = back.url.searchParams.get('state') ?? ''

    const response = await sendToCallback(
      other,
      withState(back, () => session),
    )
    const withStateAsCookie = await other.navigate(`${site.origin}/open`, {
      headers: { cookie: `identity=1.${state}` },
    })

    await expectRejected(site, other, response, 400)
    expect(withStateAsCookie.json()).toEqual({ user: null })
  })

  test('starts another session, which does not accept the tokens of the previous one', async ({
    site,
  }) => {
    const browser = await site.signIn({ path: '/token', as: 'alex' })
    const before = new Map(browser.cookies)
    await site.signIn({ path: '/login', as: 'sam' }, browser)
    expect(browser.cookies.get('identity')?.value).not.toBe(before.get('identity')?.value)

    for (const [name, cookie] of before) {
      if (name.startsWith('identity-tokens')) browser.cookies.set(name, cookie)
    }
    const response = await browser.script(`${site.origin}/token`)

    expect(await signedInUser(site, browser)).toBe('sam@contoso.onmicrosoft.com')
    expect(response.status).toBe(401)
    expect(response.json()).toMatchObject({ error: 'interaction_required' })
  })
})

describe('the state of another Auth', () => {
  test.for([
    ['with another session secret', () => ({ session: { secret: OTHER_SECRET } })],
    ['of another client', () => ({ clientId: OTHER_APP })],
    [
      'of another authority',
      (provider: DevProvider) => ({ authority: provider.authority('common') }),
    ],
    [
      'of another kind of provider',
      (provider: DevProvider) => ({ authority: undefined, oidcAuthority: provider.oidcAuthority }),
    ],
  ] as const)('%s is rejected', async ([, options], { openSite, provider, site, browser }) => {
    const other = await openSite({
      redirectUri: `${site.origin}/redirect`,
      ...options(provider),
    })
    const foreign = await other.startSignIn(browser)
    const own = await site.startSignIn(browser)

    const response = await sendToCallback(
      browser,
      withState(own, () => foreign.url.searchParams.get('state') ?? ''),
    )

    await expectRejected(site, browser, response, 400)
    expect(requestCount(provider, 'token')).toBe(0)
  })

  test('with the same options is accepted, for several processes of an application', async ({
    openSite,
    site,
    isSignedIn,
  }) => {
    const sibling = await openSite({ redirectUri: `${site.origin}/redirect` })
    const browser = new Browser()

    const response = await sendToCallback(browser, await sibling.startSignIn(browser))

    expect(response.location).toBe('/')
    expect(await isSignedIn(browser)).toBe(true)
  })

  test('with a secret that is being replaced is accepted', async ({ openSite, site, browser }) => {
    const rotated = await openSite({
      redirectUri: `${site.origin}/redirect`,
      session: { secret: [OTHER_SECRET, SESSION_SECRET] },
    })
    const back = await site.startSignIn(browser)
    back.url.host = new URL(rotated.origin).host

    const response = await sendToCallback(browser, back)

    expect(response.location).toBe('/')
    expect(await signedInUser(rotated, browser)).toBe('alex@contoso.onmicrosoft.com')
  })
})

describe('a response in another browser', () => {
  test('starts another sign-in, and its code is not redeemed', async ({
    site,
    provider,
    isSignedIn,
  }) => {
    const victim = new Browser()
    const back = await site.startSignIn(new Browser(), { as: 'sam' })

    const response = await sendToCallback(victim, back)

    expect(response.location).toContain('/oauth2/v2.0/authorize')
    expect(requestCount(provider, 'token')).toBe(0)
    expect(await isSignedIn(victim)).toBe(false)
  })

  test('shows a page with the likely cause the second time', async ({ site, provider }) => {
    const victim = new Browser()
    const first = await sendToCallback(victim, await site.startSignIn(new Browser()))
    const second = await provider.signIn(first.location ?? '', { as: 'alex' })
    victim.cookies.clear()

    const response = await sendToCallback(victim, second)

    await expectRejected(site, victim, response, 400)
    expect(response.text).toContain('allow cookies')
    expect(requestCount(provider, 'token')).toBe(0)
  })

  test.for([
    ['of another flow', (value: string) => flipCharacter(value, 3)],
    ['that is empty', () => ''],
    ['with additional characters after it', (value: string) => `${value}x`],
    ['with additional characters before it', (value: string) => `x${value}`],
  ] as const)('is rejected also with a cookie %s', async ([, change], { site, provider }) => {
    const browser = new Browser()
    const back = await site.startSignIn(browser)
    const name = flowOf(browser)
    const cookie = browser.cookies.get(name)!
    browser.cookies.set(name, { ...cookie, value: change(cookie.value) })

    const response = await sendToCallback(browser, back)

    expect(response.location).toContain('/authorize')
    expect(requestCount(provider, 'token')).toBe(0)
    await expectNoSession(site, browser, response)
  })

  test('is rejected also with a cookie whose name only ends like the right one', async ({
    site,
    provider,
  }) => {
    const browser = new Browser()
    const back = await site.startSignIn(browser)
    const name = flowOf(browser)
    const cookie = browser.cookies.get(name)!
    browser.cookies.delete(name)
    browser.cookies.set(`x${name}`, cookie)

    const response = await sendToCallback(browser, back)

    expect(response.location).toContain('/authorize')
    expect(requestCount(provider, 'token')).toBe(0)
  })

  test('does not replace the session of the signed-in user', async ({ site, provider }) => {
    const victim = await site.signIn({ as: 'alex' })
    const back = await site.startSignIn(new Browser(), { as: 'sam', path: '/other' })

    const response = await sendToCallback(victim, back)

    expect(response.location).toBe('/other')
    expect(await signedInUser(site, victim)).toBe('alex@contoso.onmicrosoft.com')
    expect(requestCount(provider, 'token')).toBe(1)
  })

  test('keeps the return path that was checked before its encryption', async ({
    site,
    provider,
  }) => {
    const victim = new Browser()
    const back = await site.startSignIn(new Browser(), {
      path: '/login?return_to=https%3A%2F%2Fevil.example',
    })
    const again = await sendToCallback(victim, back)

    const response = await sendToCallback(victim, await provider.signIn(again.location ?? ''))

    expect(response.location).toBe('/')
  })
})

describe('two flows of one browser', () => {
  test('end on their own pages, in any order', async ({ site, browser }) => {
    const first = await site.startSignIn(browser, { path: '/?first' })
    const second = await site.startSignIn(browser, { path: '/login?return_to=/other' })

    expect((await sendToCallback(browser, second)).location).toBe('/other')
    expect((await sendToCallback(browser, first)).location).toBe('/?first')
  })

  test('do not accept each other’s codes', async ({ site, browser }) => {
    const first = await site.startSignIn(browser)
    const second = await site.startSignIn(browser, { path: '/other', as: 'sam' })
    first.url.searchParams.set('code', second.url.searchParams.get('code') ?? '')

    const response = await sendToCallback(browser, first)

    // The provider rejects the verifier, and the sign-in restarts.
    expect(response.location).toContain('/authorize')
    await expectNoSession(site, browser, response)
  })

  test('do not accept each other’s codes, and show a page at the second attempt', async ({
    site,
    provider,
  }) => {
    const browser = new Browser()
    const first = await site.startSignIn(browser)
    const foreign = await site.startSignIn(new Browser(), { as: 'sam' })
    const code = foreign.url.searchParams.get('code') ?? ''
    first.url.searchParams.set('code', 'used-up')
    const again = await sendToCallback(browser, first)
    const second = await provider.signIn(again.location ?? '')
    second.url.searchParams.set('code', code)

    const response = await sendToCallback(browser, second)

    await expectRejected(site, browser, response, 401)
  })

  test('do not accept each other’s ID tokens when the provider does not support PKCE', async ({
    site,
    provider,
  }) => {
    const browser = new Browser()
    const redirect = await browser.navigate(`${site.origin}/`)
    const foreign = await new Browser().navigate(`${site.origin}/`)
    const withoutChallenge = (location: string | undefined): URL => {
      const url = new URL(location ?? '')
      url.searchParams.delete('code_challenge')
      url.searchParams.delete('code_challenge_method')
      return url
    }
    const code = await provider.signIn(withoutChallenge(foreign.location), { as: 'sam' })
    const state = new URL(redirect.location ?? '').searchParams.get('state') ?? ''

    const response = await sendToCallback(
      browser,
      withState(code, () => state),
    )

    expect(requestCount(provider, 'token')).toBe(1)
    expect(await signedInUser(site, browser)).toBeUndefined()
    expect(response.location ?? '').not.toBe('/')
  })

  test('are limited to fifty, so that the header does not become too large', async ({ site }) => {
    const browser = new Browser()
    for (let flow = 0; flow < 55; flow++) await browser.navigate(`${site.origin}/`)

    await site.signIn({}, browser)

    expect(browser.cookies.size).toBeLessThanOrEqual(50 + 2)
  })
})

describe('a repeated response', () => {
  test('continues to the page while the session exists', async ({ site, provider, browser }) => {
    const back = await site.startSignIn(browser, { path: '/other' })
    await sendToCallback(browser, back)

    const again = await sendToCallback(browser, back)

    expect(again.location).toBe('/other')
    expect(requestCount(provider, 'token')).toBe(1)
  })

  test('restarts the sign-in without a session, and does not redeem its code', async ({
    site,
    provider,
  }) => {
    const browser = new Browser()
    const back = await site.startSignIn(browser, { path: '/other' })
    await sendToCallback(browser, back)
    browser.cookies.clear()

    const again = await sendToCallback(browser, back)

    expect(again.location).toContain('/authorize')
    expect(requestCount(provider, 'token')).toBe(1)
    await expectNoSession(site, browser, again)
  })

  test('deletes its cookie, also after a rejection', async ({ site, provider, browser }) => {
    const back = await site.startSignIn(browser)
    const name = flowOf(browser)
    provider.tamper = { idToken: () => 'forged' }
    const refused = await sendToCallback(browser, back)

    expect(refused.setCookies.join()).toMatch(
      new RegExp(`^${name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax$`),
    )
    expect(browser.cookies.has(name)).toBe(false)
  })

  test('with a saved cookie fails because the code was already redeemed', async ({ site }) => {
    const browser = new Browser()
    const back = await site.startSignIn(browser)
    const thief = new Browser()
    thief.cookies.set(flowOf(browser), browser.cookies.get(flowOf(browser))!)
    await sendToCallback(browser, back)

    const again = await sendToCallback(thief, back)

    expect(again.location).toContain('/authorize')
    await expectNoSession(site, thief, again)
  })

  test('at the same time starts one session', async ({ site, browser }) => {
    const back = await site.startSignIn(browser, { path: '/other' })

    const responses = await Promise.all(
      Array.from({ length: 5 }, () => sendToCallback(browser, back)),
    )

    expect(responses.filter(({ location }) => location === '/other')).toHaveLength(1)
    expect(responses.every(({ status }) => status === 302)).toBe(true)
  })
})

describe('a flow that took too long', () => {
  test.for([
    ['ends after ten minutes, even if the browser keeps the cookie', 601, false],
    ['continues shortly before', 590, true],
  ] as const)('%s', async ([, seconds, isGood], { openSite, clock, provider, browser }) => {
    const slow = await openSite()
    const redirect = await browser.navigate(`${slow.origin}/`)
    clock.advance(seconds)
    // The clock of the provider does not move, so its response is recent.

    const response = await sendToCallback(browser, await provider.signIn(redirect.location ?? ''))

    expect(requestCount(provider, 'token')).toBe(isGood ? 1 : 0)
    expect((await signedInUser(slow, browser)) !== undefined).toBe(isGood)
    expect(response.location?.includes('/authorize')).toBe(!isGood)
  })

  test('restarts as often as the user is too slow', async ({ openSite, clock, provider }) => {
    const slow = await openSite()
    const browser = new Browser()
    let { location } = await browser.navigate(`${slow.origin}/`)
    for (let time = 0; time < 3; time++) {
      clock.advance(601)
      const late = await sendToCallback(browser, await provider.signIn(location ?? ''))
      ;({ location } = late)
      expect(late.text).not.toContain('cookie')
    }

    await sendToCallback(browser, await provider.signIn(location ?? ''))

    expect(await signedInUser(slow, browser)).toBeDefined()
  })
})
