import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import express from 'express'
// @ts-expect-error The alias for Express 4 has no types. Those of Express 5 fit.
import express4 from 'express4'
import { createServer } from 'node:http'
import { Auth, IdentityError, type AuthOptions } from 'identity-web/express'
import { Browser } from '../support/browser.ts'
import {
  SESSION_SECRET,
  startSignIn,
  sendToCallback,
  close,
  listen,
  signIn,
} from '../support/site.ts'

const test = base
  .extend(
    'refreshes',
    ({ provider }) =>
      (): number =>
        provider.requests.filter(({ grantType }) => grantType === 'refresh_token').length,
  )
  .extend('plain', ({ provider }) => (): AuthOptions => ({
    authority: undefined,
    oidcAuthority: provider.oidcAuthority,
  }))

describe('a guard', () => {
  test.for([undefined, null, '', 'route', 'router'])(
    'rejects every request when a page function is rejected with %j',
    async (reason, { openSite }) => {
      const { origin, app, auth } = await openSite({
        pages: { login: () => Promise.reject(reason) },
      })
      app.get('/secret', auth.loginRequired(), (_req, res) => void res.send('SECRET'))

      const response = await new Browser().navigate(`${origin}/secret`)

      expect(response.status).toBe(500)
      expect(response.text).not.toContain('SECRET')
    },
  )

  test('of a route that always redirects does not start a sign-in for a prefetch', async ({
    openSite,
  }) => {
    const { origin, app, auth } = await openSite()
    app.get('/page', auth.loginRequired({ challenge: 'redirect' }))

    const response = await new Browser().navigate(`${origin}/page`, {
      headers: { 'sec-purpose': 'prefetch' },
    })

    expect(response.status).toBe(401)
    expect(response.setCookies).toEqual([])
  })

  test('contacts a failing provider once for a token that is still valid', async ({
    provider,
    openSite,
    clock,
    refreshes,
  }) => {
    provider.behave({ refreshInSeconds: 10 })
    const { origin } = await openSite({ scopes: 'User.Read' })
    const browser = await signIn({ origin }, provider)
    clock.advance(20)
    provider.behave({ faults: { token: { kind: 'status', status: 500 } } })

    for (let visit = 0; visit < 5; visit++) {
      expect((await browser.navigate(`${origin}/token`)).status).toBe(200)
    }

    expect(refreshes()).toBe(1)
  })

  test('remembers a refresh for two minutes, for requests that still have the old cookie', async ({
    openSite,
    provider,
    clock,
    refreshes,
  }) => {
    const { origin } = await openSite({ scopes: 'User.Read' })
    const browser = await signIn({ origin }, provider)
    const old = new Map(browser.cookies)
    const visit = async (): Promise<number> => {
      const late = new Browser()
      for (const [name, cookie] of old) late.cookies.set(name, cookie)
      return (await late.navigate(`${origin}/token`)).status
    }
    clock.advance(3550)

    expect([await visit(), await visit()]).toEqual([200, 200])
    expect(refreshes()).toBe(1)
    clock.advance(121)
    expect(await visit()).toBe(200)
    expect(refreshes()).toBe(2)
  })

  test('keeps the Vary header of the application', async ({ openSite }) => {
    const { origin, app, auth } = await openSite()
    app.get(
      '/varied',
      (_req, res, next) => {
        res.vary('Origin')
        next()
      },
      auth.loginRequired(),
    )

    const response = await new Browser().navigate(`${origin}/varied`)

    expect(response.headers['vary']).toBe('Origin, Cookie')
  })

  test('returns the correlation ID of the provider to a script', async ({ openSite, provider }) => {
    const { origin } = await openSite()
    const browser = await signIn({ origin }, provider)
    const fault = { kind: 'error', error: 'invalid_client', status: 401 } as const
    provider.behave({ faults: { token: fault } })

    const response = await browser.script(`${origin}/token`)

    expect(response.status).toBe(500)
    expect(response.json()).toMatchObject({
      correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  test('requests the scope of the code at sign-in, even if the environment has another one', async ({
    openSite,
  }) => {
    vi.stubEnv('IDENTITY_SCOPE', 'Mail.Read')
    const { origin } = await openSite({ scopes: 'User.Read' })
    vi.unstubAllEnvs()

    const { location = '' } = await new Browser().navigate(`${origin}/`)

    const scope = new URL(location).searchParams.get('scope')
    expect(scope).toContain('User.Read')
    expect(scope).not.toContain('Mail.Read')
  })

  test('requests consent without the account picker, even if the options request one at sign-in', async ({
    openSite,
    provider,
  }) => {
    const { origin } = await openSite({ prompt: 'select_account' })
    const first = await new Browser().navigate(`${origin}/`)
    const browser = await signIn({ origin }, provider)

    const stepUp = await browser.navigate(`${origin}/me`)

    expect(new URL(first.location ?? '').searchParams.get('prompt')).toBe('select_account')
    expect(new URL(stepUp.location ?? '').searchParams.get('prompt')).toBeNull()
    expect(new URL(stepUp.location ?? '').searchParams.get('login_hint')).toBeTruthy()
  })

  test('contacts the provider once when a script polls without consent', async ({
    openSite,
    provider,
    refreshes,
  }) => {
    const { origin } = await openSite()
    const browser = await signIn({ origin }, provider)

    for (let poll = 0; poll < 10; poll++) {
      expect((await browser.script(`${origin}/me`)).json()).toMatchObject({
        error: 'interaction_required',
      })
    }

    expect(refreshes()).toBe(1)
  })

  test('refreshes a session without keeping a token that was not requested', async ({
    openSite,
    provider,
    clock,
    refreshes,
  }) => {
    const { origin } = await openSite()
    const browser = await signIn({ origin }, provider)
    const before = browser.cookies.get('identity-tokens')?.value.length ?? 0
    clock.advance(3700)

    expect((await browser.navigate(`${origin}/`)).status).toBe(200)

    expect(refreshes()).toBe(1)
    expect(browser.cookies.get('identity-tokens')?.value.length).toBeLessThan(before + 50)
  })

  test('serves a page whose access token does not fit into the cookies, and logs it', async ({
    provider,
    openSite,
  }) => {
    provider.tamper = {
      tokenResponse: (body) => ({ ...body, access_token: 'x'.repeat(7000) }),
    }
    const { origin, logs } = await openSite({ scopes: 'User.Read' })

    const browser = await signIn({ origin }, provider, { path: '/token' })

    expect((await browser.navigate(`${origin}/token`)).status).toBe(200)
    expect(logs.join()).toContain(
      'stored without access tokens, because its cookies do not have enough space',
    )
    expect(logs.join()).not.toContain('xxxx')
  })
})

describe('at a provider other than Microsoft', () => {
  test('a refresh without scopes grants those of the sign-in, not those of a route', async ({
    openSite,
    plain,
    provider,
  }) => {
    const { origin, app, auth } = await openSite(plain())
    app.get(
      '/admin',
      auth.loginRequired(
        { scopes: ['admin.write'] },
        (_req, res, { scopes }) => void res.json(scopes),
      ),
    )
    const browser = await signIn({ origin }, provider)
    provider.tamper = {
      tokenResponse: ({ scope: _scope, ...body }) => body,
    }

    const response = await browser.navigate(`${origin}/admin`)

    expect(response.status).toBe(302)
    expect(new URL(response.location ?? '').searchParams.get('scope')).toContain('admin.write')
  })

  test('a refresh token is requested only if the metadata lists the scope for it', async ({
    openSite,
    plain,
  }) => {
    const { origin } = await openSite({
      ...plain(),
      fetch: async (input, init) => {
        const response = await fetch(input, init)
        if (!new Request(input).url.endsWith('/openid-configuration')) return response
        return Response.json({
          ...((await response.json()) as object),
          scopes_supported: undefined,
        })
      },
    })

    const { location = '' } = await new Browser().navigate(`${origin}/`)

    expect(new URL(location).searchParams.get('scope')).toBe('openid profile email')
  })

  test('a visitor needs to consent to the scopes of the options and of the page', async ({
    openSite,
    plain,
  }) => {
    const { origin } = await openSite({ ...plain(), scopes: ['Mail.Read'] })

    const { location = '' } = await new Browser().navigate(`${origin}/me`)

    expect(new URL(location).searchParams.get('scope')?.split(' ')).toEqual(
      expect.arrayContaining(['Mail.Read', 'User.Read']),
    )
  })

  test('a step-up also requests the scopes of the session', async ({
    openSite,
    plain,
    provider,
  }) => {
    const { origin } = await openSite({ ...plain(), scopes: ['Mail.Read'] })
    const browser = await signIn({ origin }, provider)

    const stepUp = await browser.navigate(`${origin}/me`)

    expect(new URL(stepUp.location ?? '').searchParams.get('scope')?.split(' ')).toEqual(
      expect.arrayContaining(['Mail.Read', 'User.Read']),
    )
  })
})

describe('a form post', () => {
  test.for([
    ['Express 4', express4 as typeof express],
    ['Express 5', express],
  ] as const)(
    'is read although a parser of %s for another content type ran first',
    async ([, framework], { provider, browser }) => {
      const app = framework()
      const server = createServer(app)
      const origin = await listen(server)
      app.use(framework.json())
      const auth = new Auth(app, {
        authority: provider.authority(),
        clientId: provider.app.clientId,
        clientCredential: provider.app.clientSecret,
        redirectUri: `${origin}/redirect`,
        responseMode: 'form_post',
        session: { secret: SESSION_SECRET },
        logger: {},
      })
      app.get('/', auth.loginRequired())

      const response = await sendToCallback(
        browser,
        await startSignIn({ origin }, provider, browser),
      )

      expect(response.status).toBe(303)
      await close(server)
    },
  )

  test('that rejects a user ends the previous session, whose cookie is not sent', async ({
    openSite,
    provider,
  }) => {
    let isWelcome = true
    const { origin } = await openSite({
      responseMode: 'form_post',
      onLogin: (claims) => {
        if (!isWelcome) throw new IdentityError('access_denied', 'No longer on the list.')
        return claims
      },
    })
    const browser = await signIn({ origin }, provider)
    const redirect = await browser.navigate(`${origin}/login`)
    isWelcome = false

    const response = await sendToCallback(browser, await provider.signIn(redirect.location ?? ''))

    expect(response.status).toBe(403)
    expect(browser.cookies.has('identity')).toBe(false)
  })
})

describe('cacheEntries', () => {
  test('sets how many sessions stay decrypted', async ({ openSite }) => {
    /** Returns how many of four sessions are still decrypted at their next request. */
    const keptBy = async (cacheEntries: number): Promise<number> => {
      const site = await openSite({ cacheEntries })
      const claimsSeen = new Set<object>()
      let kept = 0
      site.app.get(
        '/claims',
        site.auth.loginRequired((_req, res, { claims }) => {
          if (claimsSeen.has(claims)) kept++
          claimsSeen.add(claims)
          res.end()
        }),
      )
      const browsers = [new Browser(), new Browser(), new Browser(), new Browser()]
      for (const browser of browsers) await site.signIn({}, browser)
      for (const browser of [...browsers, ...browsers]) {
        await browser.navigate(`${site.origin}/claims`)
      }
      return kept
    }

    expect([await keptBy(1), await keptBy(4)]).toEqual([0, 4])
  })
})
