import { describe, expect, test as base } from '../support/fixtures.ts'
import type { SignInResult } from 'identity-web-dev'
import type { AuthOptions } from 'identity-web/express'
import { Browser, SESSION_SECRET, sendToCallback } from '../support/site.ts'

const flowsOf = (browser: Browser): string[] =>
  [...browser.cookies.keys()].filter((name) => name.includes('identity-flow-'))

/** Returns the length of the `Cookie` header that the browser sends to every page. */
const headerLength = (browser: Browser): number =>
  [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ').length

/** Options of a site on https whose session cookies have about this number of characters. */
const withSessionOf =
  (length: number) =>
  (origin: string): AuthOptions<never> => ({
    redirectUri: `${origin.replace('http:', 'https:')}/redirect`,
    onLogin: () => ({ notes: 'x'.repeat(((length - 1300) * 3) / 4) }) as never,
  })

/** The site runs behind a proxy with https. */
function throughProxy({ url }: SignInResult): SignInResult {
  const local = new URL(url)
  local.protocol = 'http:'
  return { url: local }
}

/** A shuffled order that is the same in every run. */
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

  test('return to their own pages, also at the same time', async ({ site, browser }) => {
    const pages = Array.from({ length: 20 }, (_, at) => `/other?tab=${at}`)
    const tabs = await Promise.all(pages.map((path) => site.startSignIn(browser, { path })))

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
  }) => {
    const browser = new Browser()
    for (let at = 0; at < 100; at++) {
      clock.advance(1)
      expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
    }

    const response = await sendToCallback(
      browser,
      await site.startSignIn(browser, { path: '/other' }),
    )

    expect([response.status, response.location]).toEqual([302, '/other'])
    expect(flowsOf(browser).length).toBeLessThanOrEqual(50)
    expect(flowsOf(browser).length).toBeGreaterThan(40)
  })

  test('are forgotten from the oldest to the newest', async ({ site, clock, tokenRequests }) => {
    const browser = new Browser()
    const first = await site.startSignIn(browser, { path: '/other?tab=first' })
    const [firstFlow] = flowsOf(browser)
    for (let at = 0; at < 60; at++) {
      clock.advance(1)
      await browser.navigate(`${site.origin}/`)
    }
    const last = await site.startSignIn(browser, { path: '/other?tab=last' })
    clock.advance(1)
    const newest = await site.startSignIn(browser)

    await sendToCallback(browser, newest)

    expect(flowsOf(browser)).not.toContain(firstFlow)
    expect((await sendToCallback(browser, last)).location).toBe('/other?tab=last')
    expect(tokenRequests()).toBe(2)
    // Its cookie was deleted, but the user is signed in, so it continues to its page.
    expect((await sendToCallback(browser, first)).location).toBe('/other?tab=first')
    expect(tokenRequests()).toBe(2)
  })

  test.for([
    ['http://localhost/redirect', 'identity'],
    ['https://app.example.com/redirect', undefined],
    ['https://localhost:65535/redirect', undefined],
    ['https://app.example.com/redirect', 'a-name-with-eighteen'.slice(0, 18)],
    ['https://app.example.com/redirect', 'a-long-name-of-an-application-of-contoso'],
  ])('store at most 60 bytes each: %s, %s', async ([redirectUri, name], { openSite }) => {
    const site = await openSite({ redirectUri, session: { cookie: { name } } })

    const { setCookies } = await new Browser().navigate(`${site.origin}/`)

    const [pair = ''] = (setCookies[0] ?? '').split(';')
    expect(pair).toContain('-flow-')
    // The equals sign is neither the name nor the value.
    expect(pair.length - 1).toBeLessThanOrEqual(60)
  })

  test('of two applications with long names do not share cookies', async ({ openSite }) => {
    const starts = await Promise.all(
      ['contoso-expenses-staff', 'contoso-expenses-admin', 'fabrikam-expenses-admin'].map(
        async (name) => {
          const site = await openSite({ session: { secret: SESSION_SECRET, cookie: { name } } })
          const { setCookies } = await new Browser().navigate(`${site.origin}/`)
          return setCookies[0]?.split('-flow-')[0]
        },
      ),
    )

    expect(new Set(starts).size).toBe(3)
  })

  test('make room for the next one in the Cookie header', async ({ openSite, clock, browser }) => {
    const site = await openSite(withSessionOf(5600))
    await sendToCallback(browser, throughProxy(await site.startSignIn(browser)))
    const lengths: number[] = []
    for (let at = 0; at < 60; at++) {
      clock.advance(1)
      await browser.navigate(`${site.origin}/login`)
      lengths.push(headerLength(browser))
    }

    const back = await site.startSignIn(browser, { path: '/login?return_to=/other' })
    const response = await sendToCallback(browser, throughProxy(back))

    expect(Math.max(...lengths)).toBeGreaterThan(7400)
    expect(Math.max(...lengths)).toBeLessThan(7500)
    expect(response.location).toBe('/other')
  })

  test('of which one has no room beside other cookies still succeed one by one', async ({
    site,
  }) => {
    const browser = new Browser()
    const other = { value: 'x'.repeat(3900), path: '/', secure: false, sameSite: 'lax' }
    for (const name of ['one', 'two']) browser.cookies.set(name, other)

    for (const page of ['/other?tab=1', '/other?tab=2']) {
      const back = await site.startSignIn(browser, {
        path: `/login?return_to=${encodeURIComponent(page)}`,
      })
      expect(flowsOf(browser)).toHaveLength(1)
      expect((await sendToCallback(browser, back)).location).toBe(page)
    }
  })

  test('of more than a minute end when another tab signs in', async ({
    site,
    clock,
    tokenRequests,
  }) => {
    const browser = new Browser()
    const old = await site.startSignIn(browser, { path: '/other?tab=old' })
    clock.advance(61)
    const recent = await site.startSignIn(browser, { path: '/other?tab=recent' })
    // Less than a minute, because the clock also runs during the test.
    clock.advance(50)
    const last = await site.startSignIn(browser)
    expect(flowsOf(browser)).toHaveLength(3)

    await sendToCallback(browser, last)

    expect(flowsOf(browser)).toHaveLength(1)
    const responses = [await sendToCallback(browser, old), await sendToCallback(browser, recent)]
    expect(responses.map(({ location }) => location)).toEqual([
      '/other?tab=old',
      '/other?tab=recent',
    ])
    expect(tokenRequests()).toBe(2)
  })

  test('do not end when the sign-in of another tab fails', async ({
    site,
    clock,
    tokenRequests,
  }) => {
    const browser = new Browser()
    const old = await site.startSignIn(browser, { path: '/other' })
    clock.advance(61)
    const failing = await site.startSignIn(browser)
    failing.url.searchParams.delete('code')
    failing.url.searchParams.set('error', 'server_error')
    // An attacker can send the browser to the callback with a sign-in of another browser.
    const foreign = await site.startSignIn(new Browser())

    const responses = [
      await sendToCallback(browser, failing),
      await sendToCallback(browser, foreign),
    ]

    expect(responses.map(({ status }) => status)).toEqual([expect.any(Number), 302])
    expect((await sendToCallback(browser, old)).location).toBe('/other')
    expect(tokenRequests()).toBe(1)
  })
})

describe('fifty tabs that open at once in a browser without cookies', () => {
  const pages = Array.from({ length: 50 }, (_, at) => `/other?tab=${at}`)

  test.for([
    ['4 kB', 4200, 50],
    ['7 kB', 7100, 1],
  ] as const)(
    'all return to their pages, beside a session of %s',
    async ([, size, redeemed], { openSite, tokenRequests, browser }) => {
      const site = await openSite(withSessionOf(size))
      const tabs = await Promise.all(pages.map((path) => site.startSignIn(browser, { path })))
      expect(flowsOf(browser)).toHaveLength(50)
      const lengths = [headerLength(browser)]

      const locations: unknown[] = []
      for (const back of shuffled(tabs)) {
        locations.push((await sendToCallback(browser, throughProxy(back))).location)
        lengths.push(headerLength(browser))
      }

      expect(locations).toEqual(shuffled(pages))
      expect(flowsOf(browser)).toEqual([])
      expect(headerLength(browser)).toBeGreaterThan(size - 200)
      expect(Math.max(...lengths)).toBeLessThan(7500)
      expect(tokenRequests()).toBeGreaterThanOrEqual(redeemed)
    },
  )

  test('all return to their pages, also at the same time', async ({ openSite, tokenRequests }) => {
    const site = await openSite(withSessionOf(4200))
    const browser = new Browser()
    const tabs = await Promise.all(pages.map((path) => site.startSignIn(browser, { path })))

    const responses = await Promise.all(
      shuffled(tabs).map((back) => sendToCallback(browser, throughProxy(back))),
    )

    expect(responses.map(({ location }) => location)).toEqual(shuffled(pages))
    expect(tokenRequests()).toBe(50)
    expect(headerLength(browser)).toBeLessThan(7500)
  })
})

describe('the back button', () => {
  test('on the callback continues to the page and does not redeem a code', async ({
    site,
    tokenRequests,
  }) => {
    const browser = new Browser()
    const back = await site.startSignIn(browser, { path: '/other' })
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
    const back = await site.startSignIn(browser, { path: '/other' })
    await sendToCallback(browser, back)
    await browser.navigate(`${site.origin}/logout`)

    const again = await sendToCallback(browser, back)

    expect(again.location).toContain('/authorize')
    expect(tokenRequests()).toBe(1)
    const response = await sendToCallback(browser, await provider.signIn(again.location ?? ''))
    expect(response.location).toBe('/other')
  })

  test('before the provider leaves a sign-in that still works', async ({ site, browser }) => {
    const first = await site.startSignIn(browser, { path: '/other' })
    await site.startSignIn(browser, { path: '/other' })

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
    [
      'a frame of another site',
      {
        'sec-fetch-mode': 'navigate',
        'sec-fetch-dest': 'iframe',
        'sec-fetch-site': 'cross-site',
      },
    ],
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

  test('is accepted with a session, also as a prefetch', async ({ site, signedIn }) => {
    for (const [, headers] of quiet) {
      expect((await signedIn.navigate(`${site.origin}/`, { headers })).status).toBe(200)
    }
  })
})
