import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { HTTPException } from 'hono/http-exception'
import { ApiAuth, Auth, loginRequired, type AuthOptions } from 'identity-web/hono'
import { onTestFinished } from 'vitest'
import { Browser } from '../support/browser.ts'
import { serveRequests } from '../support/request-server.ts'
import { SESSION_SECRET, signIn } from '../support/site.ts'
import { expect, test as base, vi } from '../support/fixtures.ts'

const test = base
  .extend('optionsFor', ({ provider, clock }) => (origin: string): AuthOptions => ({
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: `${origin}/redirect`,
    session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
    now: clock.now,
  }))
  .extend(
    'open',
    ({ optionsFor }) =>
      async (createApp: (options: AuthOptions) => Hono): Promise<{ origin: string }> => {
        let app: Hono | undefined
        const site = await serveRequests(async (request, origin) => {
          app ??= createApp(optionsFor(origin))
          return app.fetch(request)
        })
        onTestFinished(() => site.close())
        return site
      },
  )

/** The redirect URI of an application that is mounted under `/part`. */
const MOUNTED = 'http://localhost:3000/part/auth/redirect'

/** The folders of Hono that its application does not import. */
const UNUSED = /^(types|cjs|jsx|middleware|adapter|client)\b/

const namesOf = (setCookies: readonly string[]): string[] =>
  setCookies.map((cookie) => cookie.slice(0, cookie.indexOf('=')))

test('middleware that has the response made before its time takes no cookie of a sign-in', async ({
  open,
  provider,
  clock,
}) => {
  const site = await open((options) => {
    const app = new Hono()
    app.use(cors())
    app.use((c, next) => {
      c.res.headers.append('set-cookie', 'early=1')
      return next()
    })
    const auth = new Auth(app, options)
    app.get(
      '/',
      auth.loginRequired(() => new Response('raw')),
    )
    app.get('/user', async (c) => c.json(await auth.getUser(c)))
    return app
  })
  const browser = await signIn(site, provider)
  clock.advance(4000)

  const raw = await browser.navigate(`${site.origin}/`)
  clock.advance(4000)
  const user = await browser.navigate(`${site.origin}/user`)

  for (const answer of [raw, user]) {
    expect(namesOf(answer.setCookies)).toEqual(
      expect.arrayContaining(['early', 'identity', 'identity-tokens']),
    )
    expect(answer.headers['access-control-allow-origin']).toBe('*')
  }
  expect(raw.text).toBe('raw')
})

test('the response to an error keeps the cookies of the sign-in, and what the application has set', async ({
  open,
}) => {
  const site = await open((options) => {
    const app = new Hono()
    app.use(cors())
    app.use((c, next) => {
      c.res.headers.append('set-cookie', 'early=1')
      return next()
    })
    const auth = new Auth(app, options)
    app.get('/thrown', async (c) => c.json(await auth.getTokenForUser(c, ['Mail.Read'])))
    app.get('/caught', async (c) => {
      c.header('x-own', '1')
      return auth.toResponse(
        c,
        await auth.getTokenForUser(c, ['Mail.Read']).catch((error: unknown) => error),
      )
    })
    app.onError((error, c) => auth.toResponse(c, error))
    return app
  })

  for (const path of ['/thrown', '/caught']) {
    const { status, setCookies, headers } = await new Browser().navigate(site.origin + path)

    expect(status).toBe(302)
    expect(namesOf(setCookies)).toEqual(['early', expect.stringMatching(/^identity-/)])
    expect(headers['access-control-allow-origin']).toBe('*')
  }
})

test('an HTTPException of a handler, and of one behind the middleware, is answered as Hono does', async ({
  open,
  provider,
}) => {
  const site = await open((options) => {
    const app = new Hono()
    const auth = new Auth(app, options)
    const fail = (): never => {
      throw new HTTPException(409, { message: 'taken' })
    }
    app.get('/', auth.loginRequired(fail))
    app.get('/behind', auth.loginRequired(), fail)
    return app
  })
  const browser = await signIn(site, provider).catch((error: unknown) => error)
  expect(browser).toBeInstanceOf(Browser)

  for (const path of ['/', '/behind']) {
    const answer = await (browser as Browser).navigate(site.origin + path)
    expect([answer.status, answer.text]).toEqual([409, 'taken'])
  }
})

test('a part of the application guards by what the whole has', async ({ open, provider }) => {
  const part = new Hono().get(
    '/orders/:id',
    loginRequired((c, { claims }) => c.json([c.req.param('id'), claims.name])),
  )
  const site = await open((options) => {
    const app = new Hono()
    void new Auth(app, options)
    app.get(
      '/',
      loginRequired((c) => c.text('home')),
    )
    return app.route('/part', part)
  })
  const browser = await signIn(site, provider)

  expect((await browser.navigate(`${site.origin}/part/orders/7`)).json()).toEqual([
    '7',
    'Alex Rivera',
  ])
})

test('an Auth without an application says that initApp was not called', async () => {
  const app = new Hono()
  const auth = new Auth({ clientId: 'x', logger: {} })
  app.onError((error, c) => c.text(error.message, 418))
  app.get(
    '/',
    auth.loginRequired((c) => c.text('in')),
  )
  app.get(
    '/standalone',
    loginRequired((c) => c.text('in')),
  )

  for (const path of ['/', '/standalone']) {
    const answer = await app.request(path)
    expect([answer.status, await answer.text()]).toEqual([
      418,
      expect.stringContaining('auth.initApp(app)'),
    ])
  }
})

test('options may be a function of the environment, which is asked once', async ({
  optionsFor,
}) => {
  vi.stubEnv('IDENTITY_CLIENT_ID', 'of-the-environment')
  onTestFinished(() => void vi.unstubAllEnvs())
  const app = new Hono()
  const toOptions = vi.fn<(env: { readonly IDENTITY_CLIENT_ID?: string }) => AuthOptions>(
    ({ IDENTITY_CLIENT_ID }) => ({
      ...optionsFor('http://localhost:3000'),
      clientId: `${IDENTITY_CLIENT_ID}!`,
    }),
  )
  const auth = new Auth(app, toOptions)
  app.get(
    '/',
    auth.loginRequired((c) => c.text('in')),
  )
  expect(() => auth.paths.login).toThrow('not known before the first request')

  const answers = [await app.request('/'), await app.request('/')]

  for (const answer of answers) {
    const { searchParams } = new URL(answer.headers.get('location') ?? '')
    expect(searchParams.get('client_id')).toBe('of-the-environment!')
  }
  expect(toOptions).toHaveBeenCalledTimes(1)
  expect(auth.paths.login).toBe('/login')
})

test('faults of a route show when it is declared, where the environment is known', ({
  optionsFor,
  provider,
}) => {
  const auth = new Auth(optionsFor('http://localhost:3000'))
  const api = new ApiAuth({ authority: provider.authority(), clientId: 'x' })

  expect(() => auth.loginRequired({ scopes: ['api://a/A', 'api://b/B'] })).toThrow(
    'belong to several',
  )
  expect(() => api.authorizationRequired({ scope: ['A'] } as never)).toThrow('scope')
  expect(() =>
    auth.orBearer(api).required({ authorisation: {} } as never, (c) => c.text('')),
  ).toThrow('authorisation')
})

test('a context without a response is an error of Hono, as without an Auth', async ({
  optionsFor,
}) => {
  const app = new Hono()
  void new Auth(app, optionsFor('http://localhost:3000'))
  app.use(async () => undefined)
  app.onError((error, c) => c.text(error.message, 500))

  const answer = await app.request('/')

  expect([answer.status, await answer.text()]).toEqual([
    500,
    expect.stringContaining('Context is not finalized'),
  ])
})

test('the application may use another copy of Hono than the library', async ({ optionsFor }) => {
  const folder = mkdtempSync(join(tmpdir(), 'identity-web-hono-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const hono = fileURLToPath(new URL('.', import.meta.resolve('hono')))
  const filter = (path: string): boolean => !UNUSED.test(path.slice(hono.length))
  cpSync(hono, folder, { recursive: true, filter })
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
  const copy = (await import(pathToFileURL(join(folder, 'index.js')).href)) as { Hono: typeof Hono }
  expect(copy.Hono).not.toBe(Hono)
  const part = new copy.Hono()
  const auth = new Auth(part, { ...optionsFor('http://localhost:3000'), redirectUri: MOUNTED })
  part.get(
    '/',
    auth.loginRequired((c) => c.text('in')),
  )

  const answer = await new copy.Hono().route('/part', part).request('/part')

  expect(answer.status).toBe(302)
  expect(answer.headers.get('location')).toContain('redirect_uri=')
})

test('a handler that does not wait responds without a promise', async ({ provider, clock }) => {
  const app = new Hono()
  const api = new ApiAuth({
    authority: provider.authority(),
    clientId: provider.api.clientId,
    audience: provider.api.idUri,
    now: clock.now,
  })
  app.get(
    '/',
    api.authorizationRequired({ scopes: ['Todos.Read'] }, (c) => c.text('in')),
  )
  const token = await provider.accessToken({ as: 'alex' })
  const call = () =>
    app.fetch(new Request('http://localhost/', { headers: { authorization: `Bearer ${token}` } }))
  // The API caches a token when it is used again, after the keys of the provider were fetched.
  for (let count = 0; count < 3; count++) expect((await call()).status).toBe(200)

  const answer = call()

  expect(answer).toBeInstanceOf(Response)
  expect(await (answer as Response).text()).toBe('in')
})

test('a response that the handler sets on the context is private and keeps its headers', async ({
  open,
  provider,
  clock,
}) => {
  const site = await open((options) => {
    const app = new Hono()
    app.use((c, next) => {
      c.header('x-before', '1')
      c.header('cache-control', 'public, max-age=60')
      return next()
    })
    const auth = new Auth(app, options)
    app.get(
      '/',
      auth.loginRequired((c) => c.text('home')),
    )
    app.get(
      '/set',
      auth.loginRequired((c) => {
        c.res = new Response('set', { headers: { 'x-own': '1', 'cache-control': 'public' } })
        return c.res
      }),
    )
    // Guards can be nested. Each request has one set of cookies.
    app.get(
      '/nested',
      auth.loginRequired(),
      auth.loginRequired((c) => c.text('nested', 200, { 'x-own': '1' })),
    )
    return app
  })
  const browser = await signIn(site, provider)

  for (const path of ['/set', '/nested']) {
    const known = await browser.navigate(site.origin + path)
    clock.advance(4000)
    const refreshed = await browser.navigate(site.origin + path)

    for (const { text, headers } of [known, refreshed]) {
      expect(text).toBe(path.slice(1))
      expect(headers['x-own']).toBe('1')
      expect(headers['cache-control']).toBe('private, no-store')
    }
    expect(known.setCookies).toEqual([])
    expect(namesOf(refreshed.setCookies).toSorted()).toEqual(['identity', 'identity-tokens'])
  }
  expect((await browser.navigate(`${site.origin}/nested`)).headers['x-before']).toBe('1')
})

test('a page of an error stores the refreshed session', async ({ open, provider, clock }) => {
  const site = await open((options) => {
    const app = new Hono()
    app.onError((error, c) => c.text(error.message, 418))
    const auth = new Auth(app, options)
    app.get(
      '/',
      auth.loginRequired((c) => {
        if (c.req.query('fail') !== undefined) throw new Error('failed')
        return c.text('home')
      }),
    )
    return app
  })
  const browser = await signIn(site, provider)
  clock.advance(4000)

  const answer = await browser.navigate(`${site.origin}/?fail`)

  expect([answer.status, answer.text]).toEqual([418, 'failed'])
  expect(answer.headers['cache-control']).toBe('private, no-store')
  expect(namesOf(answer.setCookies)).toContain('identity')
})
