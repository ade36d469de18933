import { Hono } from 'hono'
import type { DevProvider } from 'identity-web-dev'
import { AccessDenied, Auth as FetchAuth, type AuthOptions } from 'identity-web/fetch'
import { Auth as HonoAuth } from 'identity-web/hono'
import { onTestFinished } from 'vitest'
import { Browser } from '../support/browser.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { serveRequests } from '../support/request-server.ts'
import { SESSION_SECRET, signIn } from '../support/site.ts'

// The guards of fetch and Hono change the response of a handler instead of a copy of it. These tests check that the data of
// a user does not get into other responses.

type Page = () => Response | PromiseLike<Response>

/** The pages of an application, by path. */
interface Pages {
  readonly guarded: Readonly<Record<string, Page>>
  readonly open?: Readonly<Record<string, Page>>
  /** Responds to the errors of handlers. Its page is guarded. */
  readonly onError?: Page
}

type Serve = (request: Request) => Response | Promise<Response>
type CreateApp = (options: AuthOptions, pages: Pages) => Serve

const createFetchApp: CreateApp = (options, { guarded, open = {}, onError }) => {
  const auth = new FetchAuth(options)
  const guard = (page: Page) => auth.loginRequired(page as () => Promise<Response>)
  const pages = Object.entries(guarded).map(([path, page]) => [path, guard(page)] as const)
  const byPath = new Map(pages)
  return async (request) => {
    try {
      return await auth.respond(request, async () => {
        const { pathname } = new URL(request.url)
        return byPath.get(pathname)?.(request) ?? (open[pathname] as Page)()
      })
    } catch (error) {
      if (onError === undefined) throw error
      return guard(onError)(request)
    }
  }
}

/** Uses guards without `auth.respond`. */
const createGuardsOnly: CreateApp = (options, { guarded, open = {}, onError }) => {
  const auth = new FetchAuth(options)
  const guard = (page: Page) => auth.loginRequired(page as () => Promise<Response>)
  return async (request) => {
    const { pathname } = new URL(request.url)
    const page = guarded[pathname]
    const response = await auth.handle(request)
    if (response !== undefined) return response
    if (page === undefined) return (open[pathname] as Page)()
    try {
      return await guard(page)(request)
    } catch (error) {
      if (onError === undefined) throw error
      return guard(onError)(request)
    }
  }
}

const createHonoApp: CreateApp = (options, { guarded, open = {}, onError }) => {
  const app = new Hono()
  const auth = new HonoAuth(app, options)
  const guard = (page: Page) => auth.loginRequired(page as () => Promise<Response>)
  for (const [path, page] of Object.entries(guarded)) app.get(path, guard(page))
  for (const [path, page] of Object.entries(open)) app.get(path, page as () => Promise<Response>)
  if (onError !== undefined) {
    app.onError((_error, c) => guard(onError)(c, async () => undefined))
  }
  return app.fetch
}

/** The seconds after which a session must be refreshed, so that its response has cookies. */
const DUE = 4000

const test = base.extend(
  'serve',
  ({ provider, clock }) =>
    async (createApp: CreateApp, pages: Pages): Promise<{ readonly origin: string }> => {
      let app: Serve | undefined
      const site = await serveRequests(async (request, origin) => {
        app ??= createApp(optionsFor(provider, origin, clock.now), pages)
        return app(request)
      })
      onTestFinished(() => site.close())
      return site
    },
)

function optionsFor(provider: DevProvider, origin: string, now: () => number): AuthOptions {
  return {
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: `${origin}/redirect`,
    session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
    logger: false,
    now,
  }
}

const ours = (setCookies: readonly string[]): string[] =>
  setCookies.filter((cookie) => cookie.startsWith('identity='))

const home = (): Response => new Response('home')

describe.for([
  ['fetch', createFetchApp],
  ['fetch without respond', createGuardsOnly],
  ['Hono', createHonoApp],
] as const)('%s', ([, createApp]) => {
  test('keeps the cookies of each user out of a response that all requests share', async ({
    serve,
    provider,
    clock,
  }) => {
    const shared = new Response(null, { status: 204, headers: { 'x-own': '1' } })
    const site = await serve(createApp, {
      guarded: { '/': home, '/shared': () => shared },
      open: { '/open': () => shared },
    })
    const browsers = await Promise.all(
      ['alex', 'sam', 'alex', 'sam'].map((as) => signIn(site, provider, { as })),
    )
    clock.advance(DUE)

    const answers = await Promise.all([
      ...browsers.map((browser) => browser.navigate(`${site.origin}/shared`)),
      new Browser().navigate(`${site.origin}/open`),
    ])

    const cookies = answers.map(({ setCookies }) => ours(setCookies))
    expect(cookies.map(({ length }) => length)).toEqual([1, 1, 1, 1, 0])
    expect(new Set(cookies.flat()).size).toBe(4)
    expect(answers.map(({ headers }) => headers['x-own'])).toEqual(['1', '1', '1', '1', '1'])
    expect([...shared.headers.keys()]).toEqual(['x-own'])
  })

  test('makes a shared response private for every request, because it shows a user', async ({
    serve,
    provider,
  }) => {
    const shared = new Response(null, {
      status: 204,
      headers: { 'cache-control': 'public, max-age=60' },
    })
    const site = await serve(createApp, {
      guarded: { '/': home, '/shared': () => shared },
      open: { '/open': () => shared },
    })
    const browser = await signIn(site, provider)

    const before = await new Browser().navigate(`${site.origin}/open`)
    const own = await browser.navigate(`${site.origin}/shared`)
    const after = await new Browser().navigate(`${site.origin}/open`)

    expect([before, own, after].map(({ headers }) => headers['cache-control'])).toEqual([
      'public, max-age=60',
      'private, no-store',
      'private, no-store',
    ])
  })

  const isPublic = { headers: { 'cache-control': 'public, max-age=60' } }
  test.for<[string, Page]>([
    ['a response', () => new Response('in', isPublic)],
    ['a promise', async () => Response.json('in', isPublic)],
    [
      'a promise of a library',
      () => ({
        // oxlint-disable-next-line unicorn/no-thenable -- as libraries have them
        then: ((resolve: (response: Response) => void) =>
          resolve(new Response('in', isPublic))) as never,
      }),
    ],
    ['a stream', () => new Response(new Blob(['in']).stream(), isPublic)],
    ['a redirect, whose headers are immutable', () => Response.redirect('http://localhost/')],
    ['a response of fetch(), whose headers are immutable', () => fetch('data:text/plain,in')],
  ])(
    'never lets caches store %s, and stores a refreshed session with it',
    async ([, page], { serve, provider, clock }) => {
      const site = await serve(createApp, { guarded: { '/': home, '/page': page } })
      const browser = await signIn(site, provider)

      const unchanged = await browser.navigate(`${site.origin}/page`)
      clock.advance(DUE)
      const refreshed = await browser.navigate(`${site.origin}/page`)

      for (const { headers, status } of [unchanged, refreshed]) {
        expect(status).toBeLessThan(400)
        expect(headers['cache-control']).toBe('private, no-store')
      }
      expect(ours(unchanged.setCookies)).toEqual([])
      expect(ours(refreshed.setCookies)).toHaveLength(1)
    },
  )

  test('treats the response to a HEAD request in the same way', async ({
    serve,
    provider,
    clock,
  }) => {
    const page = (): Response => new Response('in', isPublic)
    const site = await serve(createApp, { guarded: { '/': home, '/page': page } })
    const browser = await signIn(site, provider)
    clock.advance(DUE)

    const answer = await browser.navigate(`${site.origin}/page`, { method: 'HEAD' })

    expect([answer.status, answer.text]).toEqual([200, ''])
    expect(answer.headers['cache-control']).toBe('private, no-store')
    expect(ours(answer.setCookies)).toHaveLength(1)
  })

  test.for<[string, Page]>([
    [
      'at once',
      () => {
        throw new Error('from the handler')
      },
    ],
    ['later', () => Promise.reject(new Error('from the handler'))],
  ])(
    'hides the guarded page for an error that a handler throws %s',
    async ([, fails], { serve, provider, clock }) => {
      const site = await serve(createApp, {
        guarded: { '/': home, '/page': fails },
        onError: () => new Response('error page', isPublic),
      })
      const browser = await signIn(site, provider)
      clock.advance(DUE)

      const answer = await browser.navigate(`${site.origin}/page`)
      const next = await browser.navigate(`${site.origin}/page`)

      expect(answer.text).toBe('error page')
      expect(ours(answer.setCookies)).toHaveLength(1)
      for (const { headers } of [answer, next]) {
        expect(headers['cache-control']).toBe('private, no-store')
      }
    },
  )

  test('responds to the error of a promise of a library', async ({ serve, provider }) => {
    const denied = (): PromiseLike<Response> => ({
      // oxlint-disable-next-line unicorn/no-thenable -- as libraries have them
      then: ((_resolve: unknown, reject: (error: Error) => void) =>
        reject(new AccessDenied({ message: 'Only for members.' }))) as never,
    })
    const site = await serve(createApp, { guarded: { '/': home, '/page': denied } })
    const browser = await signIn(site, provider)

    expect((await browser.navigate(`${site.origin}/page`)).status).toBe(403)
  })

  test.for<[string, () => Response]>([
    ['whose headers it can change', home],
    ['to an upgrade', () => Object.defineProperty(new Response(null), 'status', { value: 101 })],
    ['of Response.error()', () => Response.error()],
  ])('passes a response %s on without a copy', async ([, create], { serve, provider, clock }) => {
    const given = create()
    const apps: Serve[] = []
    const createAndKeep: CreateApp = (options, pages) => {
      const app = createApp(options, pages)
      apps.push(app)
      return app
    }
    const site = await serve(createAndKeep, { guarded: { '/': home, '/page': () => given } })
    const browser = await signIn(site, provider)
    if (given.status < 200) clock.advance(DUE)

    const answer = await apps[0]?.(requestOf(browser, `${site.origin}/page`))

    expect(answer).toBe(given)
    expect(given.headers.getSetCookie()).toEqual([])
  })
})

function requestOf(browser: Browser, url: string): Request {
  const cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
  return new Request(url, { headers: { cookie } })
}
