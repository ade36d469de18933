import { deviceCode } from 'identity-web/device-code'
import {
  Auth,
  type AuthOptions,
  type GuardedHandler,
  type TokenContext,
} from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { asGraph, claimsChallenge, startApi } from '../support/api.ts'
import { Browser, type BrowserResponse } from '../support/browser.ts'
import { sendToCallback, SESSION_SECRET, type Site } from '../support/site.ts'

const test = base
  .extend('behaviour', { consent: 'skip' })

  /** Follows all redirects without a click, as a browser with a session at the provider does. */
  .extend(
    'follow',
    ({ provider }) =>
      async (
        site: Site,
        browser: Browser,
        path: string,
        before: () => void = () => undefined,
      ): Promise<{ readonly response: BrowserResponse; readonly signIns: number }> => {
        let signIns = 0
        let response = await browser.navigate(site.origin + path)
        while (response.status === 302 && signIns < 12) {
          const url = new URL(response.location ?? '', site.origin)
          if (url.origin === site.origin) {
            response = await browser.navigate(url.href)
          } else {
            signIns++
            before()
            response = await sendToCallback(
              browser,
              await provider.signIn(url.href, { as: 'alex' }),
            )
          }
        }
        return { response, signIns }
      },
  )

describe('a page that needs two tokens, from a provider whose refresh tokens are limited to the last scopes', () => {
  test('is shown, although both do not fit into the cookies', async ({
    openSite,
    provider,
    follow,
  }) => {
    const site = await openSite({ authority: undefined, oidcAuthority: provider.oidcAuthority })
    site.app.get(
      '/both',
      site.auth.loginRequired(async (req, res) => {
        const one = await site.auth.getTokenForUser(req, 'Mail.Read')
        const two = await site.auth.getTokenForUser(req, 'User.Read')
        res.json([one.scopes, two.scopes])
      }),
    )
    provider.tamper = {
      tokenResponse: (body) => ({
        ...body,
        access_token: `${String(body['access_token'])}${'x'.repeat(3000)}`,
      }),
    }
    const browser = await site.signIn()

    const { response, signIns } = await follow(site, browser, '/both')

    expect([response.status, signIns]).toEqual([200, 2])
  })
})

describe('a page that needs tokens of two APIs', () => {
  test('shows an error page when tokens cannot be refreshed and both do not fit into the cookies', async ({
    openSite,
    provider,
    follow,
  }) => {
    const site = await openSite({
      // A policy that requires the user each time.
      fetch: (input, init) =>
        new URLSearchParams(init?.body as string).get('grant_type') === 'refresh_token'
          ? Promise.resolve(Response.json({ error: 'interaction_required' }, { status: 400 }))
          : fetch(input, init),
    })
    site.app.get(
      '/both',
      site.auth.loginRequired(async (req, res) => {
        await site.auth.getTokenForUser(req, 'api://todos.contoso.example/Todos.Read')
        await site.auth.getTokenForUser(req, 'User.Read')
        res.json({})
      }),
    )
    provider.tamper = {
      tokenResponse: (body) => ({
        ...body,
        access_token: `${String(body['access_token'])}${'x'.repeat(2500)}`,
      }),
    }
    const browser = await site.signIn()

    const { response, signIns } = await follow(site, browser, '/both')

    expect([response.status, signIns]).toEqual([401, 4])
    expect(response.text).toContain('One more step is required')
  })
})

describe('a page behind two guards', () => {
  test.for([
    ['at once', 1, 4],
    ['after the user has acted', 40, 6],
  ] as const)(
    'shows an error page if the provider confirms only one of their contexts, %s',
    async ([, pause, count], { provider, clock, follow, site }) => {
      site.app.use('/both', site.auth.loginRequired({ acrs: 'c1' }))
      site.app.get(
        '/both',
        site.auth.loginRequired({ acrs: 'c2' }, (_req, res) => void res.json({})),
      )
      provider.tamper = {
        idToken: (claims, sign) => sign({ ...claims, acrs: [claims['acrs']].flat().slice(0, 1) }),
      }
      const browser = await site.signIn()

      const { response, signIns } = await follow(site, browser, '/both', () => clock.advance(pause))

      expect([response.status, signIns]).toEqual([401, count])
      expect(response.text).toContain('One more step is required')
    },
  )
})

describe('a step-up whose flow cookie the browser does not keep', () => {
  test('shows an error page', async ({ follow, site }) => {
    site.app.get(
      '/vault',
      site.auth.loginRequired({ acrs: 'c1' }, (_req, res) => void res.json({})),
    )
    const browser = await site.signIn()

    const { response, signIns } = await follow(site, browser, '/vault', () => {
      for (const name of browser.cookies.keys()) {
        if (name.includes('flow')) browser.cookies.delete(name)
      }
    })

    expect([response.status, signIns]).toEqual([400, 2])
  })

  test('starts again although the same sign-in succeeded earlier', async ({
    provider,
    clock,
    site,
  }) => {
    site.app.get(
      '/recent',
      site.auth.loginRequired({ maxAgeSeconds: 600 }, (_req, res) => void res.json({})),
    )
    const browser = await site.signIn()
    clock.advance(1000)
    await site.signIn({ path: '/recent' }, browser)
    expect((await browser.navigate(`${site.origin}/recent`)).status).toBe(200)
    clock.advance(1000)
    const redirect = await browser.navigate(`${site.origin}/recent`)
    const result = await provider.signIn(redirect.location ?? '', { as: 'alex' })
    for (const name of browser.cookies.keys()) {
      if (name.includes('flow')) browser.cookies.delete(name)
    }

    const response = await sendToCallback(browser, result)

    expect(response.location).toContain(`${provider.authority()}/oauth2`)
  })

  test('ends when the callback is reloaded', async ({ provider, site }) => {
    site.app.get(
      '/vault',
      site.auth.loginRequired({ acrs: 'c1' }, (_req, res) => void res.json({})),
    )
    const browser = await site.signIn()
    const redirect = await browser.navigate(`${site.origin}/vault`)
    const result = await provider.signIn(redirect.location ?? '', { as: 'alex' })
    await sendToCallback(browser, result)

    const again = await sendToCallback(browser, result)

    expect(again.location).toBe('/vault')
  })
})

describe('an API that rejects the tokens of a session', () => {
  test('gets one with the requested claims, although the session has two', async ({
    openSite,
    provider,
  }) => {
    const old: string[] = []
    const api = await startApi(({ token }) =>
      old.includes(token)
        ? claimsChallenge({ access_token: { nbf: { essential: true, value: '1' } } })
        : { status: 200 },
    )
    const site = await openSite({
      clientCapabilities: ['cp1'],
      scopes: 'User.Read',
      ...asGraph(api),
    })
    const note: GuardedHandler<TokenContext> = (_req, res, { accessToken }) => {
      old.push(accessToken)
      res.json({})
    }
    site.app.get('/wide', site.auth.loginRequired({ scopes: 'User.Read Mail.Read' }, note))
    site.app.get('/narrow', site.auth.loginRequired({ scopes: 'User.Read' }, note))
    site.app.get(
      '/call',
      site.auth.loginRequired({ scopes: 'User.Read' }, async (_req, res, { fetch }) => {
        res.json({ status: (await fetch(api.url)).status })
      }),
    )
    const browser = await site.signIn({ path: '/wide' })
    // Another sign-in gets fewer scopes. Both tokens are valid.
    provider.tamper = { tokenResponse: (body) => ({ ...body, scope: 'User.Read' }) }
    await site.signIn({ path: '/login' }, browser)
    await browser.navigate(`${site.origin}/wide`)
    await browser.navigate(`${site.origin}/narrow`)
    expect(new Set(old).size).toBe(2)

    const page = await browser.navigate(`${site.origin}/call`)

    expect(page.json()).toEqual({ status: 200 })
  })

  test('does not cause a redirect when the provider does not repeat the scopes', async ({
    openSite,
    provider,
  }) => {
    const site = await openSite({ authority: undefined, oidcAuthority: provider.oidcAuthority })
    const api = await startApi((_call, { length }) =>
      length === 0 ? claimsChallenge({ access_token: { nbf: null } }) : { status: 200 },
    )
    site.app.get(
      '/call',
      site.auth.loginRequired({ scopes: 'User.Read' }, async (_req, res, { fetch }) => {
        res.json({ status: (await fetch(api.url)).status })
      }),
    )
    const browser = await site.signIn({ path: '/call' })
    provider.tamper = { tokenResponse: ({ scope: _scope, ...body }) => body }

    const page = await browser.navigate(`${site.origin}/call`)

    expect([page.status, page.text]).toEqual([200, '{"status":200}'])
  })
})

describe('options that prevent every sign-in', () => {
  test.for<[string, AuthOptions, RegExp]>([
    [
      'a callback at the path of another route',
      { redirectUri: 'http://localhost:3000/auth/front-channel-logout' },
      /redirectUri must not end in/,
    ],
    [
      'a cookie for other sites that is not Secure because HTTPS is unknown',
      { session: { cookie: { sameSite: 'none' } }, signIn: deviceCode() },
      /sameSite 'none' requires a redirectUri/,
    ],
  ])('are reported at startup: %s', ([, options, problem], { provider }) => {
    const errors: string[] = []
    const { session, ...rest } = options

    const auth = new Auth({
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientSecret: provider.app.clientSecret,
      session: { secret: SESSION_SECRET, ...session },
      logger: { error: (message) => errors.push(message) },
      ...rest,
    })

    expect(auth).toBeDefined()
    expect(errors).toHaveLength(1)
    expect(errors[0]).toMatch(problem)
  })
})
