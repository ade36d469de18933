import { AccessDenied } from 'identity-web'
import type { BrowserResponse } from '../support/browser.ts'
import { describe, expect, signInAtPlatform, test } from '../support/platform-fixtures.ts'

const BROWSER = {
  browser: {
    path: '/api/session',
    sessionView: ({ name }: { readonly name?: string }) => ({ name }),
  },
}

describe('the session of scripts behind the platform', () => {
  test('names the URL of the platform, and estimates its times', async ({
    openPlatformSite,
    provider,
    browser,
    clock,
  }) => {
    const site = await openPlatformSite(BROWSER)
    const call = (method = 'GET'): Promise<BrowserResponse> =>
      browser.script(`${site.origin}/api/session`, {
        method,
        headers: { 'sec-fetch-site': 'same-origin' },
      })
    const loginUrl = '/.auth/login/aad?post_login_redirect_uri=%2F'

    expect((await call()).json()).toEqual({ user: null, loginUrl })
    await signInAtPlatform(site, provider, browser)
    const about = (seconds: number): unknown => expect.closeTo(seconds, -3)
    expect((await call()).json()).toEqual({
      user: { name: 'Alex Rivera' },
      // The platform does not tell when its session ends.
      expiresInSeconds: about(8 * 3600),
      absoluteExpiresInSeconds: about(8 * 3600),
      loginUrl,
      logoutUrl: '/logout',
    })
    clock.advance(1800)
    expect((await call('POST')).json()).toMatchObject({
      user: { name: 'Alex Rivera' },
      expiresInSeconds: about(8 * 3600 - 1800),
    })
  })

  test('is missing for a user whom onLogin rejects', async ({ openWithUser, browser }) => {
    const site = await openWithUser('/', {
      ...BROWSER,
      onLogin() {
        throw new AccessDenied({ message: 'Ask Robin for an account.' })
      },
    })

    for (const method of ['GET', 'POST']) {
      const response = await browser.script(`${site.origin}/api/session`, {
        method,
        headers: { 'sec-fetch-site': 'same-origin' },
      })
      expect([response.status, response.json()]).toMatchObject([200, { user: null }])
    }
  })

  test('is not for other sites', async ({ openWithUser, browser }) => {
    const site = await openWithUser('/', BROWSER)

    const response = await browser.script(`${site.origin}/api/session`, {
      headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    })

    expect([response.status, response.json()]).toMatchObject([403, { error: 'access_denied' }])
  })
})
