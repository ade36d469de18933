import { describe, expect, test as base } from '../support/fixtures.ts'
import type { SignInResult } from 'identity-web-dev'
import { Browser, startSignIn, sendToCallback, signIn } from '../support/site.ts'

const flowsOf = (browser: Browser): string[] =>
  [...browser.cookies.keys()].filter((name) => name.startsWith('identity-flow-'))

/** An order that is no order, the same at every run. */
function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((entry, at) => ({ entry, place: (at * 7919 + 13) % 31 }))
    .toSorted((left, right) => left.place - right.place)
    .map(({ entry }) => entry)
}

const test = base.extend(
  'tokenRequests',
  ({ provider }) =>
    (): number =>
      provider.requests.filter(({ endpoint }) => endpoint === 'token').length,
)

describe('many tabs', () => {
  test('return to their own pages, in any order', async ({ site, provider, tokenRequests }) => {
    const browser = new Browser()
    const pages = Array.from({ length: 20 }, (_, at) => `/other?tab=${at}`)
    const tabs: { page: string; back: SignInResult }[] = []
    for (const page of pages) {
      const redirect = await browser.navigate(
        `${site.origin}/login?return_to=${encodeURIComponent(page)}`,
      )
      tabs.push({ page, back: await provider.signIn(redirect.location ?? '') })
    }

    for (const { page, back } of shuffled(tabs)) {
      const response = await sendToCallback(browser, back)
      expect([response.status, response.location]).toEqual([302, page])
    }

    expect(tokenRequests()).toBe(20)
    expect(flowsOf(browser)).toEqual([])
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
  })

  test('return to their own pages, also at the same time', async ({ site, provider }) => {
    const browser = new Browser()
    const pages = Array.from({ length: 20 }, (_, at) => `/other?tab=${at}`)
    const tabs = await Promise.all(
      pages.map((path) => startSignIn(site, provider, browser, { path })),
    )

    const responses = await Promise.all(shuffled(tabs).map((back) => sendToCallback(browser, back)))

    expect(responses.map(({ location }) => location)).toEqual(shuffled(pages))
  })

  test('do not share a flow: each has its own nonce, verifier and state', async ({ site }) => {
    const browser = new Browser()
    const locations = await Promise.all(
      Array.from({ length: 5 }, async () => (await browser.navigate(`${site.origin}/`)).location),
    )

    for (const name of ['state', 'nonce', 'code_challenge']) {
      const values = locations.map((location) => new URL(location ?? '').searchParams.get(name))
      expect(new Set(values).size).toBe(5)
    }
  })
})

describe('unfinished sign-ins', () => {
  test('do not prevent a sign-in after a hundred of them, without status 431', async ({
    clock,
    site,
    provider,
  }) => {
    const browser = new Browser()
    for (let at = 0; at < 100; at++) {
      clock.advance(1)
      expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
    }

    const response = await sendToCallback(
      browser,
      await startSignIn(site, provider, browser, { path: '/other' }),
    )

    expect([response.status, response.location]).toEqual([302, '/other'])
    expect(flowsOf(browser).length).toBeLessThanOrEqual(50)
    expect(flowsOf(browser).length).toBeGreaterThan(40)
  })

  test('are forgotten from the oldest to the newest', async ({
    site,
    provider,
    clock,
    tokenRequests,
  }) => {
    const browser = new Browser()
    const first = await startSignIn(site, provider, browser, { path: '/other?tab=first' })
    const [firstFlow] = flowsOf(browser)
    for (let at = 0; at < 60; at++) {
      clock.advance(1)
      await browser.navigate(`${site.origin}/`)
    }
    const last = await startSignIn(site, provider, browser, { path: '/other?tab=last' })
    clock.advance(1)
    const newest = await startSignIn(site, provider, browser)

    await sendToCallback(browser, newest)

    expect(flowsOf(browser)).not.toContain(firstFlow)
    expect((await sendToCallback(browser, last)).location).toBe('/other?tab=last')
    expect(tokenRequests()).toBe(2)
    // Its cookie is gone, but the user is signed in: it goes on to its page.
    expect((await sendToCallback(browser, first)).location).toBe('/other?tab=first')
    expect(tokenRequests()).toBe(2)
  })

  test('add cookies only to the callback', async ({ site }) => {
    const browser = new Browser()
    await browser.navigate(`${site.origin}/`)

    expect([...browser.cookies.values()].map(({ path }) => path)).toEqual(['/redirect'])
  })

  test('store at most a hundred bytes each in the browser', async ({ site }) => {
    const { setCookies } = await new Browser().navigate(`${site.origin}/`)

    const [pair = ''] = (setCookies[0] ?? '').split(';')
    expect(pair.length).toBeLessThan(100)
  })
})

describe('the back button', () => {
  test('on the callback continues to the page and does not redeem a code', async ({
    site,
    provider,
    tokenRequests,
  }) => {
    const browser = new Browser()
    const back = await startSignIn(site, provider, browser, { path: '/other' })
    await sendToCallback(browser, back)

    const responses = [await sendToCallback(browser, back), await sendToCallback(browser, back)]

    expect(responses.map(({ location }) => location)).toEqual(['/other', '/other'])
    expect(tokenRequests()).toBe(1)
  })

  test('on the callback after a sign-out restarts the sign-in and leads to the page', async ({
    site,
    provider,
    tokenRequests,
  }) => {
    const browser = new Browser()
    const back = await startSignIn(site, provider, browser, { path: '/other' })
    await sendToCallback(browser, back)
    await browser.navigate(`${site.origin}/logout`)

    const again = await sendToCallback(browser, back)

    expect(again.location).toContain('/authorize')
    expect(tokenRequests()).toBe(1)
    const response = await sendToCallback(browser, await provider.signIn(again.location ?? ''))
    expect(response.location).toBe('/other')
  })

  test('before the provider leaves a sign-in that still works', async ({ site, provider }) => {
    const browser = new Browser()
    const first = await startSignIn(site, provider, browser, { path: '/other' })
    await startSignIn(site, provider, browser, { path: '/other' })

    expect((await sendToCallback(browser, first)).location).toBe('/other')
  })
})

describe('a request in the background', () => {
  const quiet = [
    ['Sec-Purpose: prefetch', { 'sec-purpose': 'prefetch' }],
    ['Sec-Purpose: prefetch;prerender', { 'sec-purpose': 'prefetch;prerender' }],
    ['Purpose: prefetch', { purpose: 'prefetch' }],
    ['X-Moz: prefetch', { 'x-moz': 'prefetch' }],
    ['fetch()', { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty', accept: '*/*' }],
    ['an image', { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }],
    [
      'XMLHttpRequest',
      {
        'sec-fetch-mode': undefined,
        'sec-fetch-dest': undefined,
        'x-requested-with': 'XMLHttpRequest',
      },
    ],
    [
      'a client that wants JSON',
      { 'sec-fetch-mode': undefined, 'sec-fetch-dest': undefined, accept: 'application/json' },
    ],
  ] as const

  test.for(quiet)('does not start a sign-in: %s', async ([, headers], { site, provider }) => {
    for (const path of ['/other', '/login?return_to=/other']) {
      const response = await new Browser().navigate(site.origin + path, { headers })

      expect(response.status).toBe(401)
      expect(response.setCookies).toEqual([])
      expect(response.headers['content-type']).toContain('application/json')
      const { error, loginUrl } = response.json() as { error: string; loginUrl: string }
      expect(error).toBe('login_required')
      expect(loginUrl.startsWith(`${site.origin}/login?return_to=`)).toBe(true)
    }
    expect(provider.requests.filter(({ endpoint }) => endpoint === 'authorize')).toEqual([])
  })

  test('gets a working login URL with the scopes of its route', async ({ site, provider }) => {
    const browser = new Browser()
    const refused = await browser.script(`${site.origin}/mail`, {
      headers: { referer: `${site.origin}/other` },
    })
    const { loginUrl } = refused.json() as { loginUrl: string }

    const redirect = await browser.navigate(loginUrl)
    const response = await sendToCallback(browser, await provider.signIn(redirect.location ?? ''))

    expect(new URL(redirect.location ?? '').searchParams.get('scope')).toContain('Mail.Read')
    expect(response.location).toBe('/other')
  })

  test('is accepted with a session, also as a prefetch', async ({ site, provider }) => {
    const browser = await signIn(site, provider)

    for (const [, headers] of quiet) {
      expect((await browser.navigate(`${site.origin}/`, { headers })).status).toBe(200)
    }
  })
})
