import type { AuthOptions } from 'identity-web/express'
import { Browser } from '../support/browser.ts'
import { signInAtPlain } from '../support/plain-provider.ts'
import { describe, expect, test as base } from '../support/plain-fixtures.ts'

const test = base
  .extend('open', ({ openPlainSite }) => async (options: AuthOptions = {}) => {
    const site = await openPlainSite(options)
    // The example of the documentation.
    site.app.get('/public', async (req, res) => {
      const user = await site.auth.getUser(req)
      if (user === undefined && req.query['login_error'] === undefined) {
        return site.auth.login(req, res, { onlySilent: true, returnTo: '/public?tab=1#top' })
      }
      return res.send(`Hello, ${user?.sub ?? 'visitor'}`)
    })
    site.app.get('/loop', (req, res) =>
      site.auth.login(req, res, { onlySilent: true, returnTo: '/loop' }),
    )
    site.app.get('/wrong', (req, res) =>
      site.auth.login(req, res, { onlySilent: true, prompt: 'login' }),
    )
    return site
  })
  .extend('site', ({ open }) => open())

describe('auth.login({ onlySilent: true })', () => {
  test('signs in a user with a session at the provider, without a page', async ({
    site,
    browser,
    plain,
  }) => {
    const back = await signInAtPlain(site, plain, browser, '/public')

    expect(plain.to('/authorize')[0]?.query.get('prompt')).toBe('none')
    expect(back.location).toBe('/public?tab=1#top')
    expect((await browser.navigate(`${site.origin}/public`)).text).toBe('Hello, ada')
  })

  test.for([
    'login_required',
    'interaction_required',
    'consent_required',
    'account_selection_required',
  ])(
    'returns to the application with %s, and does not try again',
    async (error, { open, plain }) => {
      plain.rules.authorizationError = () => error
      const site = await open()
      const browser = new Browser()

      const back = await signInAtPlain(site, plain, browser, '/public')

      expect(back.status).toBe(302)
      expect(back.location).toBe(`/public?tab=1&login_error=${error}#top`)
      expect(back.setCookies.join()).toMatch(/identity-flow[^=]*=;.*Max-Age=0/i)
      expect((await browser.navigate(site.origin + back.location)).text).toBe('Hello, visitor')
      expect(site.logs.join('\n')).toMatch(/"type":"sign_in\.failed","level":"info"/)
    },
  )

  test.for(['server_error', 'access_denied', 'invalid_scope', 'made_up'])(
    'returns with "failed" for %s, which is logged',
    async (error, { open, plain }) => {
      plain.rules.authorizationError = () => error
      const site = await open()

      const back = await signInAtPlain(site, plain, new Browser(), '/public')

      expect(back.location).toBe('/public?tab=1&login_error=failed#top')
      expect(site.logs.join('\n')).toContain('sign_in.failed')
    },
  )

  test('returns with "failed" for a token that is not valid, without a session', async ({
    open,
    plain,
  }) => {
    plain.rules.idToken = { aud: 'other' }
    const site = await open()
    const browser = new Browser()

    const back = await signInAtPlain(site, plain, browser, '/public')

    expect(back.location).toContain('login_error=failed')
    expect((await browser.navigate(`${site.origin}/open`)).json()).toEqual({ user: null })
  })

  test('returns with "failed" while the provider is down', async ({ site, plain }) => {
    await plain.close()

    const response = await new Browser().navigate(`${site.origin}/public`)

    expect(response.location).toBe('/public?tab=1&login_error=failed#top')
  })

  test('returns with "failed" to a browser that does not keep cookies', async ({ site, plain }) => {
    const { location } = await new Browser().navigate(`${site.origin}/public`)

    const back = await new Browser().navigate(await plain.authorize(location ?? ''))

    expect(back.location).toBe('/public?tab=1&login_error=failed#top')
  })

  test('removes the result of an earlier attempt from the return path', async ({ site, plain }) => {
    site.app.get('/again', (req, res) =>
      site.auth.login(req, res, { onlySilent: true, returnTo: '/?login_error=failed&a=1' }),
    )

    const back = await signInAtPlain(site, plain, new Browser(), '/again')

    expect(back.location).toBe('/?a=1')
  })

  test('keeps the session of a signed-in user when it fails', async ({ site, browser, plain }) => {
    await signInAtPlain(site, plain, browser)
    plain.rules.authorizationError = () => 'login_required'

    await signInAtPlain(site, plain, browser, '/loop')

    expect((await browser.navigate(site.origin)).status).toBe(200)
  })

  test('is an error for a page that ignores the result, because it would not stop', async ({
    open,
    plain,
  }) => {
    plain.rules.authorizationError = () => 'login_required'
    const site = await open()
    const browser = new Browser()
    const back = await signInAtPlain(site, plain, browser, '/loop')

    const response = await browser.navigate(site.origin + back.location)

    expect(response.status).toBe(500)
    expect(response.text).toContain('login_error')
  })

  test('is an error together with a page of the provider', async ({ site }) => {
    const response = await new Browser().navigate(`${site.origin}/wrong`)

    expect(response.status).toBe(500)
    expect(site.logs.join()).toContain('Remove prompt from auth.login({ onlySilent: true })')
  })

  test('is not a parameter of the login route', async ({ site, plain }) => {
    const { location } = await new Browser().navigate(
      `${site.origin}/login?onlySilent=true&only_silent=true`,
    )

    expect(new URL(location ?? '').searchParams.has('prompt')).toBe(false)
    plain.rules.authorizationError = () => 'access_denied'
    expect((await new Browser().navigate(location ?? '')).location).not.toContain('login_error')
  })
})
