import { Auth, ApiAuth, toHttpResponseInit, type AuthOptions } from 'identity-web/azure-functions'
import type { DevProvider } from 'identity-web-dev'
import { tokenFor } from 'identity-web-dev/testing'
import { Browser } from '../support/browser.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { SESSION_SECRET, sendToCallback, signIn, startSignIn } from '../support/site.ts'
import {
  startFunctions,
  type FunctionsHost,
  type HostSettings,
  type RegisterFunctions,
} from './functions-host.ts'

const optionsOf = (provider: DevProvider, redirectUri: string): AuthOptions => ({
  authority: provider.authority(),
  clientId: provider.app.clientId,
  clientCredential: provider.app.clientSecret,
  redirectUri,
  session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
  logger: false,
})

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('start', ({}, { onCleanup }) => {
    return async (register: RegisterFunctions, settings?: HostSettings): Promise<FunctionsHost> => {
      const host = await startFunctions(register, settings)
      onCleanup(() => host.close())
      return host
    }
  })
  /** Starts an application as docs/serverless.md shows it, below the prefix of the routes. */
  .extend('startApp', ({ start, provider, clock }) => {
    return (settings: HostSettings = {}, options: AuthOptions = {}) => {
      const prefix = settings.routePrefix ?? 'api'
      return start(({ app }, origin) => {
        const site = prefix === '' ? origin : `${origin}/${prefix}`
        const auth = new Auth({
          ...optionsOf(provider, `${site}/auth/redirect`),
          now: clock.now,
          ...options,
        })
        app.http('identity', {
          route: 'auth/{*path}',
          methods: ['GET', 'POST'],
          handler: auth.handler,
        })
        app.http('account', {
          methods: ['GET', 'POST'],
          handler: auth.loginRequired(async (request, { user }, invocation) => {
            invocation.log(`The account of ${user.name}`)
            const note = request.method === 'POST' ? (await request.formData()).get('note') : null
            return {
              jsonBody: { name: user.name, note: note as unknown, id: request.params['id'] },
            }
          }),
        })
        app.http('order', {
          route: 'orders/{id}',
          handler: auth.loginRequired((request) => ({ jsonBody: request.params })),
        })
        app.http('zone', {
          handler: auth.loginRequired({ scopes: ['User.Read'] }, async (_request, context) =>
            context.fetch('/me'),
          ),
        })
      }, settings)
    }
  })

const at = (host: FunctionsHost, path: string) => ({ origin: `${host.origin}${path}` })

describe.each<[string, HostSettings, string]>([
  ['the route prefix api', {}, '/api'],
  ['another route prefix', { routePrefix: 'site' }, '/site'],
  ['an empty route prefix', { routePrefix: '' }, ''],
  ['HTTP streams', { stream: true }, '/api'],
])('a function app with %s', (_name, settings, prefix) => {
  test('signs users in, calls an API, reads a form and signs out', async ({
    startApp,
    provider,
  }) => {
    const host = await startApp(settings)
    const site = at(host, prefix)

    const browser = await signIn(site, provider, { path: '/account?tab=1' })
    const page = await browser.navigate(`${site.origin}/account`)
    const me = await browser.navigate(`${site.origin}/zone`)
    const stepUp = await provider.signIn(me.location ?? '', { as: 'alex', consent: true })
    const back = await sendToCallback(browser, stepUp)
    const called = await browser.navigate(`${site.origin}/zone`)
    const saved = await browser.navigate(`${site.origin}/account`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: 'note=Water+the+plants',
    })
    const out = await browser.navigate(`${site.origin}/auth/logout`)
    const after = await browser.script(`${site.origin}/account`)

    expect(page.json()).toEqual({ name: 'Alex Rivera', note: null })
    expect(page.headers['cache-control']).toBe('private, no-store')
    expect(host.logs).toContain('information: The account of Alex Rivera')
    expect(back.location).toBe(`${prefix}/zone`)
    expect([called.status, called.json()]).toMatchObject([200, { displayName: 'Alex Rivera' }])
    expect(saved.json()).toMatchObject({ note: 'Water the plants' })
    expect(out.location).toContain('/logout?')
    expect([after.status, after.json()]).toMatchObject([401, { error: 'login_required' }])
    expect(browser.cookies.has('identity')).toBe(false)
  })

  test('returns to the requested page, whose path has a parameter', async ({
    startApp,
    provider,
  }) => {
    const site = at(await startApp(settings), prefix)
    const browser = new Browser()

    const callback = await sendToCallback(
      browser,
      await startSignIn(site, provider, browser, { path: '/orders/a%20b?c=%2F' }),
    )
    const page = await browser.navigate(new URL(callback.location ?? '', site.origin).href)

    expect(callback.location).toBe(`${prefix}/orders/a%20b?c=%2F`)
    expect(page.json()).toEqual({ id: 'a b' })
  })

  test('accepts the authorization response in a form', async ({ startApp, provider }) => {
    const site = at(await startApp(settings, { responseMode: 'form_post' }), prefix)

    const browser = await signIn(site, provider, { path: '/account' })

    expect((await browser.navigate(`${site.origin}/account`)).status).toBe(200)
  })
})

describe('the cookies of a function', () => {
  // H10 of the findings: the callback sets three cookies, and a `Response` loses two of them here.
  test.for<HostSettings>([{}, { stream: true }])(
    'all reach the browser with their attributes: %j',
    async (settings, { startApp, provider, browser }) => {
      const site = at(await startApp(settings), '/api')

      const started = await startSignIn(site, provider, browser, { path: '/account' })
      const { setCookies } = await sendToCallback(browser, started)

      const written = setCookies.filter((cookie) => !/max-age=0/i.test(cookie))
      const deleted = setCookies.filter((cookie) => /max-age=0/i.test(cookie))
      expect(written.map((cookie) => cookie.slice(0, cookie.indexOf('=')))).toEqual([
        'identity',
        'identity-tokens',
      ])
      expect(deleted).toEqual([expect.stringMatching(/^identity-flow-/)])
      for (const cookie of setCookies) {
        expect(cookie).toMatch(/; path=\//i)
        expect(cookie).toMatch(/; httponly/i)
        expect(cookie).toMatch(/; samesite=lax/i)
      }
    },
  )

  test('of a Response keep their values and attributes', () => {
    const response = new Response('in', { status: 201, headers: { 'x-own': '1' } })
    response.headers.append('set-cookie', 'a=1%202; Max-Age=60; Path=/x; Secure; SameSite=None')
    response.headers.append('set-cookie', 'b=c=d; Domain=contoso.com; HttpOnly; SameSite=strict')
    response.headers.append(
      'set-cookie',
      'c=%; Expires=Wed, 21 Oct 2026 07:28:00 GMT; Priority=High',
    )

    const init = toHttpResponseInit(response)

    expect(init.status).toBe(201)
    expect([...(init.headers as Headers)]).toEqual([
      ['content-type', 'text/plain;charset=UTF-8'],
      ['x-own', '1'],
    ])
    expect(init.cookies).toEqual([
      { name: 'a', value: '1 2', maxAge: 60, path: '/x', secure: true, sameSite: 'None' },
      { name: 'b', value: 'c=d', domain: 'contoso.com', httpOnly: true, sameSite: 'Strict' },
      { name: 'c', value: '%', expires: new Date('2026-10-21T07:28:00Z'), priority: 'High' },
    ])
  })

  test('of the response replace those of a refreshed session', async ({
    start,
    provider,
    clock,
  }) => {
    const host = await start(({ app }, origin) => {
      const auth = new Auth({
        ...optionsOf(provider, `${origin}/api/auth/redirect`),
        now: clock.now,
      })
      app.http('identity', { route: 'auth/{*path}', handler: auth.handler })
      app.http('leave', {
        handler: auth.loginRequired(() => ({
          cookies: [{ name: 'identity', value: '', maxAge: 0 }],
        })),
      })
    })
    const browser = await signIn(at(host, '/api'), provider, { path: '/leave' })
    clock.advance(4000)

    const { setCookies } = await browser.navigate(`${host.origin}/api/leave`)

    expect(setCookies.filter((cookie) => cookie.startsWith('identity='))).toEqual([
      'identity=; max-age=0',
    ])
    expect(setCookies.some((cookie) => cookie.startsWith('identity-tokens='))).toBe(true)
  })
})

describe('a function without a guard', () => {
  test('knows the user, and respond() stores the refreshed session', async ({
    start,
    provider,
    clock,
  }) => {
    const host = await start(({ app }, origin) => {
      const auth = new Auth({
        ...optionsOf(provider, `${origin}/api/auth/redirect`),
        now: clock.now,
      })
      app.http('identity', { route: 'auth/{*path}', handler: auth.handler })
      app.http('home', {
        handler: (request) =>
          auth.respond(request, async () => Response.json((await auth.getUser(request)) ?? null)),
      })
      app.http('page', { handler: auth.loginRequired(() => ({})) })
    })
    const visitor = await new Browser().navigate(`${host.origin}/api/home`)
    const browser = await signIn(at(host, '/api'), provider, { path: '/page' })
    clock.advance(4000)

    const home = await browser.navigate(`${host.origin}/api/home`)

    expect(visitor.json()).toBeNull()
    expect(home.json()).toMatchObject({ name: 'Alex Rivera' })
    expect(home.setCookies.some((cookie) => cookie.startsWith('identity='))).toBe(true)
    expect(home.headers['cache-control']).toBe('private, no-store')
  })
})

describe('a function of an API', () => {
  test('requires an access token, and has no use for the keys of Azure Functions', async ({
    start,
    provider,
  }) => {
    const host = await start(({ app }) => {
      const api = new ApiAuth({
        authority: provider.authority(),
        clientId: provider.api.clientId,
        audience: provider.api.idUri,
        logger: false,
      })
      app.http('todos', {
        handler: api.authorizationRequired({ scopes: ['Todos.Read'] }, (_request, { user }) =>
          Response.json({ todosOf: user.oid }),
        ),
      })
    })
    const url = `${host.origin}/api/todos`
    const settings = { authority: provider.authority(), audience: provider.api.idUri }
    const { headers } = await tokenFor(settings, { as: 'alex', scopes: ['Todos.Read'] })

    const without = await new Browser().script(`${url}?code=a-function-key`)
    const response = await new Browser().script(url, { headers })

    expect(without.status).toBe(401)
    expect(without.headers['www-authenticate']).toContain('Bearer')
    expect(response.json()).toEqual({ todosOf: provider.user('alex').oid })
  })
})

describe('mistakes', () => {
  test('a redirectUri without the route prefix is a warning in the log', async ({
    start,
    provider,
  }) => {
    const host = await start(({ app }, origin) => {
      const auth = new Auth(optionsOf(provider, `${origin}/auth/redirect`))
      app.http('identity', { route: 'auth/{*path}', handler: auth.handler })
    })

    const callback = await new Browser().navigate(`${host.origin}/api/auth/redirect?code=SECRET`)
    const other = await new Browser().navigate(`${host.origin}/api/auth/favicon.ico`)

    expect([callback.status, other.status]).toEqual([404, 404])
    expect(host.logs).toEqual([
      expect.stringMatching(
        /^warning: .*for \/api\/auth\/redirect, but the path of redirectUri is \/auth\/redirect\./,
      ),
    ])
    expect(host.logs.join()).not.toContain('SECRET')
  })

  test('a handler without a response fails', async ({ start, provider }) => {
    const host = await start(({ app }, origin) => {
      const auth = new Auth(optionsOf(provider, `${origin}/api/auth/redirect`))
      app.http('identity', { route: 'auth/{*path}', handler: auth.handler })
      // @ts-expect-error a handler returns a response
      app.http('empty', { handler: auth.loginRequired(() => undefined) })
    })
    const browser = await signIn(at(host, '/api'), provider, { path: '/empty' })

    const { status } = await browser.navigate(`${host.origin}/api/empty`)

    expect(status).toBe(500)
    expect(host.logs.join()).toContain('must return a response')
  })

  test('wrong settings respond with 503 in production', async ({ start }) => {
    const host = await start(({ app }) => {
      const auth = new Auth({ environment: 'production', logger: false })
      app.http('account', { handler: auth.loginRequired(() => ({})) })
    })

    const response = await new Browser().navigate(`${host.origin}/api/account`)

    expect(response.status).toBe(503)
    expect(response.text).not.toContain('IDENTITY_')
  })
})
