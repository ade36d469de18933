import { describe, expect, test } from '../support/fixtures.ts'
import { expectErrorPage } from '../support/attack.ts'
import { Browser, sendToCallback, signIn, startSignIn } from '../support/site.ts'

describe('the clock of a site', () => {
  test.for([
    ['ten minutes behind', -600, {}, 401],
    ['ten minutes behind, at the largest tolerance', -600, { clockToleranceSeconds: 300 }, 401],
    ['four minutes behind', -240, {}, 401],
    ['four minutes behind, with a tolerance', -240, { clockToleranceSeconds: 300 }, 302],
    ['59 seconds behind', -59, {}, 302],
    // Tokens are valid for an hour, so they look old but not expired.
    ['ten minutes ahead', 600, {}, 302],
  ] as const)('can be %s', async ([, offset, options, status], { openSite, provider, clock }) => {
    const site = await openSite({ ...options, now: () => clock.now() + offset * 1000 })
    const browser = new Browser()

    const response = await sendToCallback(browser, await startSignIn(site, provider, browser))

    expect(response.status, response.text).toBe(status)
    if (status === 302) {
      expect((await browser.navigate(`${site.origin}/me`)).status).toBe(302)
      return
    }
    expectErrorPage(site, response, status)
    expect(site.logs.join()).toContain('clockToleranceSeconds')
  })

  test('cannot be two hours ahead, and the error names both times', async ({
    openSite,
    provider,
    clock,
  }) => {
    const site = await openSite({ now: () => clock.now() + 7200_000 })
    const browser = new Browser()

    const response = await sendToCallback(browser, await startSignIn(site, provider, browser))

    expect(response.status).toBeGreaterThanOrEqual(400)
    expect(site.logs.join()).toMatch(
      /The time in the token is \S+Z, and the time of this server is \S+Z/,
    )
  })

  test('can change during a session, and the session continues', async ({
    openSite,
    provider,
    clock,
  }) => {
    let offset = 0
    const site = await openSite({ now: () => clock.now() + offset })
    const browser = await signIn(site, provider)
    const seen: number[] = []
    for (const seconds of [-600, 600, 0]) {
      offset = seconds * 1000
      seen.push((await browser.navigate(`${site.origin}/`)).status)
    }

    expect(seen).toEqual([200, 200, 200])
  })
})

describe('the clock of an API', () => {
  test.for([
    ['ten minutes behind', -600, {}, 401],
    ['ten minutes behind, at the largest tolerance', -600, { clockToleranceSeconds: 300 }, 401],
    ['four minutes behind, with a tolerance', -240, { clockToleranceSeconds: 300 }, 200],
    ['ten minutes ahead', 600, {}, 200],
    ['ten minutes ahead of a token that expires in five minutes', 600, { expiresIn: 300 }, 401],
    [
      'four minutes ahead of a token that has expired, with a tolerance',
      240,
      { expiresIn: 60, clockToleranceSeconds: 300 },
      200,
    ],
  ] as [string, number, { expiresIn?: number; clockToleranceSeconds?: number }, number][])(
    'can be %s',
    async ([, offset, { expiresIn = 3600, ...options }, status], { openApi, provider, clock }) => {
      const api = await openApi({ ...options, now: () => clock.now() + offset * 1000 })

      const response = await api.call('/', await provider.accessToken({ as: 'alex', expiresIn }))

      expect(response.status).toBe(status)
    },
  )
})
