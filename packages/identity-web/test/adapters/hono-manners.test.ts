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
  expect(() => auth.loginPath).toThrow('not known before the first request')

  const answers = [await app.request('/'), await app.request('/')]

  for (const answer of answers) {
    const { searchParams } = new URL(answer.headers.get('location') ?? '')
    expect(searchParams.get('client_id')).toBe('of-the-environment!')
  }
  expect(toOptions).toHaveBeenCalledTimes(1)
  expect(auth.loginPath).toBe('/login')
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
