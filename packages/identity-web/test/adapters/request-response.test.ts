import { Auth, type AuthOptions } from 'identity-web/fetch'
import { Browser } from '../support/browser.ts'
import { serveRequests } from '../support/request-server.ts'
import { SESSION_SECRET, signIn } from '../support/site.ts'
import { expect, test as base } from '../support/fixtures.ts'
import type { ForwardRequest } from '../../src/web/index.ts'
import { runRoute } from '../../src/adapters/request-response.ts'

type App = (request: Request) => Promise<Response>

const test = base
  .extend('optionsFor', ({ provider, clock }) => (origin: string): AuthOptions => ({
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: `${origin}/redirect`,
    session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
    now: clock.now,
  }))
  /** A server whose application is made of an `Auth`; it signs in at `/`. */
  .extend(
    'open',
    ({ optionsFor }) =>
      async (
        createApp: (auth: Auth) => App,
      ): Promise<{ readonly origin: string; close(): Promise<void> }> => {
        let app: App | undefined
        return serveRequests((request, origin) => {
          app ??= createApp(new Auth(optionsFor(origin)))
          return app(request)
        })
      },
  )

const sessionCookies = (setCookies: readonly string[]): string[] =>
  setCookies.filter((cookie) => cookie.startsWith('identity'))

test('a response that a handler gives to everybody carries nobody’s cookies to others', async ({
  provider,
  clock,
  open,
}) => {
  const shared = new Response(null, { status: 204, headers: { 'x-own': '1' } })
  const site = await open((auth) => {
    const guarded = auth.loginRequired(() => shared)
    return (request) =>
      auth.respond(request, () =>
        new URL(request.url).pathname === '/open' ? shared : guarded(request),
      )
  })
  const browser = await signIn(site, provider)
  clock.advance(4000)

  const own = await browser.navigate(`${site.origin}/`)
  const other = await new Browser().navigate(`${site.origin}/open`)

  expect(sessionCookies(own.setCookies).length).toBeGreaterThan(0)
  expect(own.headers['x-own']).toBe('1')
  expect(other.setCookies).toEqual([])
  expect(shared.headers.get('cache-control')).toBeNull()
  await site.close()
})

test('a response whose headers can’t be changed gets its cookies all the same', async ({
  provider,
  clock,
  open,
}) => {
  const site = await open((auth) => {
    const guarded = auth.loginRequired(() => fetch(`${provider.origin}/no-such-page`))
    return (request) => auth.respond(request, () => guarded(request))
  })
  const browser = await signIn(site, provider)
  clock.advance(4000)

  const answer = await browser.navigate(`${site.origin}/`)

  expect(answer.status).toBe(404)
  expect(answer.headers['cache-control']).toContain('no-store')
  expect(sessionCookies(answer.setCookies).length).toBeGreaterThan(0)
  await site.close()
})

test('a sign-out within a guarded handler wins over what the guard renewed', async ({
  provider,
  clock,
  open,
}) => {
  const site = await open((auth) => {
    const leave = auth.loginRequired((request) => auth.logout(request))
    const home = auth.loginRequired(() => new Response('in'))
    return (request) =>
      auth.respond(request, () =>
        new URL(request.url).pathname === '/leave' ? leave(request) : home(request),
      )
  })
  const browser = await signIn(site, provider)
  clock.advance(4000)

  const { setCookies } = await browser.navigate(`${site.origin}/leave`, { method: 'POST' })

  expect(sessionCookies(setCookies).every((cookie) => cookie.includes('Max-Age=0'))).toBe(true)
  expect(browser.cookies.has('identity')).toBe(false)
  await site.close()
})

test('a guarded handler may let caches of the browser keep its answer, and no others', async ({
  provider,
  open,
}) => {
  const site = await open((auth) => {
    const guarded = auth.loginRequired(
      (request) =>
        new Response('in', {
          headers: { 'cache-control': new URL(request.url).searchParams.get('cache') ?? '' },
        }),
    )
    return (request) => auth.respond(request, () => guarded(request))
  })
  const browser = await signIn(site, provider)
  const cacheOf = async (cache: string): Promise<unknown> =>
    (await browser.navigate(`${site.origin}/?cache=${cache}`)).headers['cache-control']

  expect(await cacheOf('private, max-age=60')).toBe('private, max-age=60')
  expect(await cacheOf('public, max-age=60')).toBe('private, no-store')
  await site.close()
})

test('a user is known outside of respond and of guards, until the session must be refreshed', async ({
  provider,
  clock,
  open,
}) => {
  const site = await open((auth) => {
    const guarded = auth.loginRequired(() => new Response('in'))
    return async (request) => {
      if (new URL(request.url).pathname === '/user') {
        return Response.json((await auth.getUser(request)) ?? null)
      }
      return (await auth.handle(request)) ?? guarded(request)
    }
  })
  const browser = await signIn(site, provider)
  const refreshes = (): number =>
    provider.requests.filter(({ grantType }) => grantType === 'refresh_token').length
  clock.advance(3500)
  expect((await browser.navigate(`${site.origin}/user`)).json()).toMatchObject({
    name: 'Alex Rivera',
  })
  clock.advance(500)

  const unstored = await browser.navigate(`${site.origin}/user`)
  expect([unstored.json(), unstored.setCookies, refreshes()]).toEqual([null, [], 0])
  const stored = await browser.navigate(`${site.origin}/`)
  expect([stored.status, sessionCookies(stored.setCookies).length > 0]).toEqual([200, true])
  expect((await browser.navigate(`${site.origin}/user`)).json()).toMatchObject({
    name: 'Alex Rivera',
  })
  expect(refreshes()).toBe(1)
  await site.close()
})

test('a handler that answers nothing is a fault, not an empty page', async ({
  optionsFor,
  provider,
  open,
}) => {
  const auth = new Auth(optionsFor('http://localhost:3000'))
  // oxlint-disable-next-line typescript/no-unsafe-argument -- what JavaScript can do
  const guarded = auth.loginRequired({ challenge: 'redirect' }, (() => undefined) as never)

  const answer = await guarded(new Request('http://localhost:3000/'))
  expect(answer.status).toBe(302)
  const site = await open((own) => {
    const broken = own.loginRequired((() => undefined) as never)
    return (request) =>
      own.respond(request, () =>
        broken(request).catch((error: Error) => new Response(error.message, { status: 500 })),
      )
  })
  const browser = await signIn(site, provider)
  expect((await browser.navigate(`${site.origin}/`)).text).toContain('must return a Response')
  await site.close()
})

test('what a server gives its handlers besides goes to the guarded handler', async ({
  provider,
  open,
}) => {
  const site = await open((auth) => {
    const guarded = auth.loginRequired((_request, { claims }, greeting: string, mark: string) =>
      Response.json(`${greeting}, ${claims.name}${mark}`),
    )
    return (request) => auth.respond(request, () => guarded(request, 'Hello', '!'))
  })
  const browser = await signIn(site, provider)

  expect((await browser.navigate(`${site.origin}/`)).json()).toBe('Hello, Alex Rivera!')
  await site.close()
})

test('options that are not given are read from the environment that is given', async ({
  provider,
}) => {
  const auth = new Auth(
    { redirectUri: 'http://localhost:3000/redirect' },
    {
      IDENTITY_AUTHORITY: provider.authority(),
      IDENTITY_CLIENT_ID: 'from-the-bindings',
      IDENTITY_SESSION_SECRET: SESSION_SECRET,
    },
  )

  const answer = await auth.login(new Request('http://localhost:3000/login'))

  const { searchParams } = new URL(answer.headers.get('location') ?? '')
  expect(searchParams.get('client_id')).toBe('from-the-bindings')
})

test('a route that forwards learns that the client has gone, also if this happened before', async () => {
  const gone: string[] = []
  const send = (name: string, signal: AbortSignal): Promise<Response> => {
    const route = Object.assign(() => Promise.reject(new Error('This route forwards.')), {
      forward: async (request: ForwardRequest) => {
        request.onClientGone(() => gone.push(name))
        return new Response()
      },
    })
    return runRoute(new Request('http://localhost/api/x', { signal }), route)
  }
  const later = new AbortController()

  await send('before', AbortSignal.abort())
  await send('later', later.signal)
  expect(gone).toEqual(['before'])
  later.abort()
  expect(gone).toEqual(['before', 'later'])
})
