import { createServer, type RequestListener } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { Module } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import express from 'express'
import Fastify from 'fastify'
import { Hono } from 'hono'
import { Auth as ExpressAuth, type AuthOptions } from 'identity-web/express'
import { Auth as FastifyAuth } from 'identity-web/fastify'
import { Auth as HonoAuth } from 'identity-web/hono'
import { Auth as KoaAuth } from 'identity-web/koa'
import { Auth as NestAuth, IdentityModule } from 'identity-web/nestjs'
import Koa from 'koa'
import mount from 'koa-mount'
import { Browser } from '../support/browser.ts'
import { vi } from 'vitest'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { startFrontServer, type Route } from '../support/front-server.ts'
import { close, listen } from '../support/server.ts'
import { SESSION_SECRET, sendToCallback, startSignIn } from '../support/site.ts'
import { linkUrl } from '../support/steps.ts'

/** Builds an application from the options of its `Auth`. Its home page shows `home`, and `/orders` is guarded. */
type Build = (auth: AuthOptions) => RequestListener | Promise<RequestListener>

/** A listener that reports its errors itself. */
function toListener(handler: (request: Request) => Response | Promise<Response>): RequestListener {
  const listener = getRequestListener(handler)
  return (request, response) => void listener(request, response)
}

/** What is in front of the application: a function that returns the route of a request to a port. */
type Front = (port: number) => Route

interface Place {
  /** The path of the redirect URI in the browser. */
  readonly redirectPath: string
  readonly front?: Front
  readonly options?: AuthOptions
}

const test = base.extend('serve', ({ provider, clock }, { onCleanup }) => {
  const open: { close(): Promise<void> }[] = []
  onCleanup(async () => void (await Promise.all(open.map((server) => server.close()))))
  return async (build: Build, { redirectPath, front, options }: Place) => {
    let listener: RequestListener | undefined
    const logs: string[] = []
    const server = createServer((req, res) => listener?.(req, res))
    const direct = await listen(server)
    open.push({ close: () => close(server) })
    const frontServer = front && (await startFrontServer(front(Number(new URL(direct).port))))
    if (frontServer !== undefined) open.push(frontServer)
    const origin = frontServer?.origin ?? direct
    listener = await build({
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: origin + redirectPath,
      session: { secret: SESSION_SECRET },
      logger: { info: (message) => logs.push(message), warn: (message) => logs.push(message) },
      now: clock.now,
      ...options,
    })
    return { origin, logs, seen: frontServer?.seen ?? [] }
  }
})

/** Reads the home page and follows the redirects of servers that add or remove the slash. */
async function openPage(browser: Browser, url: string): Promise<{ url: URL; text: string }> {
  const response = await browser.navigate(url)
  if (response.location === undefined) return { url: new URL(url), text: response.text }
  return openPage(browser, new URL(response.location, url).href)
}

const EXPRESS: Build = (options) => {
  const app = express()
  addExpressPages(app, options)
  return app
}

function addExpressPages(app: express.Router, options: AuthOptions, folder = ''): void {
  const auth = new ExpressAuth(app, options)
  app.get(`${folder}/`, (_req, res) => void res.send('home'))
  app.get(
    `${folder}/orders`,
    auth.loginRequired((_req, res) => void res.send('orders')),
  )
}

const MOUNTED: Build = (options) => {
  const app = express()
  const router = express.Router()
  addExpressPages(router, options)
  app.use('/expenses', router)
  app.get('/', (_req, res) => void res.send('another application'))
  return app
}

const WHOLE_PATHS: Build = (options) => {
  const app = express()
  addExpressPages(app, options, '/expenses')
  return app
}

const KOA: Build = (options) => {
  const inner = new Koa()
  const auth = new KoaAuth(inner, options)
  const guard = auth.loginRequired((ctx) => void (ctx.body = 'orders'))
  inner.use((ctx, next) => {
    if (ctx.path === '/orders') return guard(ctx, next)
    if (ctx.path === '/') ctx.body = 'home'
    return undefined
  })
  const outer = new Koa()
  outer.use(mount('/expenses', inner))
  const handle = outer.callback()
  return (req, res) => void handle(req, res)
}

const FASTIFY: Build = async (options) => {
  const app = Fastify()
  await app.register(
    async (part) => {
      const auth = new FastifyAuth(options)
      await part.register(auth.plugin())
      part.get('/', async () => 'home')
      part.get(
        '/orders',
        auth.loginRequired(async () => 'orders'),
      )
    },
    { prefix: '/expenses' },
  )
  await app.ready()
  return (req, res) => app.routing(req, res)
}

function addHonoPages(app: Hono, options: AuthOptions): void {
  const auth = new HonoAuth(app, options)
  app.get('/', (c) => c.text('home'))
  app.get(
    '/orders',
    auth.loginRequired((c) => c.text('orders')),
  )
}

const HONO_ROUTE: Build = (options) => {
  const part = new Hono()
  addHonoPages(part, options)
  return toListener(new Hono().route('/expenses', part).fetch)
}

const HONO_BASE: Build = (options) => {
  const app = new Hono().basePath('/expenses') as Hono
  addHonoPages(app, options)
  return toListener(app.fetch)
}

const keeping: Front = (port) => (path) => ({ port, path })
const cutting =
  (prefix: string): Front =>
  (port) =>
  (path) =>
    path.startsWith(prefix)
      ? { port, path: path.slice(prefix.length) || '/' }
      : 'another application'
/** Vite serves the pages, and passes on the paths of the server. */
const vite =
  (...paths: string[]): Front =>
  (port) =>
  (path) =>
    paths.some((one) => path.startsWith(one)) ? { port, path } : 'home'

const BELOW = '/expenses/redirect'

describe('users stay inside the application', () => {
  test.for<[string, Build, Place & { readonly home: string; readonly guarded: string }]>([
    ['Express, mounted below a path', MOUNTED, below()],
    ['Express, mounted, behind a proxy', MOUNTED, below({ front: keeping })],
    [
      'Express behind a proxy that removes the path',
      EXPRESS,
      below({ front: cutting('/expenses'), options: { basePath: '/expenses' } }),
    ],
    [
      'Express with the whole paths, behind a proxy',
      WHOLE_PATHS,
      below({ front: keeping, options: { basePath: '/expenses' } }),
    ],
    [
      'Express, mounted, behind a proxy that removes another path',
      MOUNTED,
      {
        redirectPath: '/apps/expenses/redirect',
        front: cutting('/apps'),
        options: { basePath: '/apps/expenses' },
        home: '/apps/expenses/',
        guarded: '/apps/expenses/orders',
      },
    ],
    [
      'a home page of its own',
      EXPRESS,
      below({
        front: cutting('/expenses'),
        options: { basePath: '/expenses', homePath: '/expenses/?tab=1' },
        home: '/expenses/?tab=1',
      }),
    ],
    ['Koa, mounted', KOA, below()],
    ['Fastify with a prefix', FASTIFY, below()],
    [
      'Fastify with a prefix, behind a proxy that removes another path',
      FASTIFY,
      {
        redirectPath: '/apps/expenses/redirect',
        front: cutting('/apps'),
        options: { basePath: '/apps/expenses' },
        home: '/apps/expenses/',
        guarded: '/apps/expenses/orders',
      },
    ],
    ['Hono with route()', HONO_ROUTE, below({ home: '/expenses' })],
    ['Hono with basePath()', HONO_BASE, below({ home: '/expenses' })],
    [
      'Vite in front, sign-in in a folder',
      EXPRESS,
      {
        redirectPath: '/auth/redirect',
        front: vite('/auth/', '/orders'),
        home: '/',
        guarded: '/orders',
      },
    ],
    [
      'Vite in front, sign-in at the root',
      EXPRESS,
      {
        redirectPath: '/redirect',
        front: vite('/redirect', '/login', '/logout', '/orders'),
        options: { homePath: '/' },
        home: '/',
        guarded: '/orders',
      },
    ],
  ])('%s', async ([, build, { home, guarded, ...place }], { provider, serve, browser }) => {
    const { origin, seen } = await serve(build, place)
    const folder = place.redirectPath.slice(0, -'redirect'.length)
    const signInAt = async (path: string): Promise<string | undefined> => {
      const { location = '' } = await browser.navigate(origin + path)
      return (await sendToCallback(browser, await provider.signIn(location, { as: 'alex' })))
        .location
    }

    // After a sign-in.
    expect(await signInAt(`${folder}login`)).toBe(home)
    expect((await openPage(browser, origin + home)).text).toBe('home')

    // After a sign-out.
    const away = await browser.navigate(`${origin}${folder}logout`)
    const { url: back } = await provider.signIn(away.location ?? '', { as: 'alex' })
    const landed = await openPage(browser, back.href)
    expect(landed.text).toBe('home')
    expect(landed.url.href).toBe(origin + home)
    expect(landed.url.href).not.toContain('state=')
    expect(seen.filter((url) => url.includes('state='))).toEqual([])

    // After a guarded page.
    expect(await signInAt(guarded)).toBe(guarded)
    expect((await openPage(browser, origin + guarded)).text).toBe('orders')

    // After an error.
    const error = await browser.navigate(`${origin}${folder}redirect`)
    expect(error.status).toBe(400)
    expect(linkUrl(error, 'Back to the application')).toBe(origin + home)
    const again = linkUrl(error, 'Try again')
    expect(new URL(again).pathname).toBe(`${folder}login`)
    expect(await signInAt(again.slice(origin.length))).toBe(home)
  })
})

function below(
  place: Partial<Place> & { readonly home?: string } = {},
): Place & { readonly home: string; readonly guarded: string } {
  return { redirectPath: BELOW, home: '/expenses/', guarded: '/expenses/orders', ...place }
}

describe('developers learn that the home page is a guess', () => {
  const DOUBT =
    "redirectUri contains the directory /expenses, but basePath and homePath are not configured, so users return to / after sign-in and sign-out. If the whole application is below /expenses, set Auth({ basePath: '/expenses' }). If it is at the root, set Auth({ basePath: '' }). If another server handles /, set Auth({ homePath: '/' })."

  test.for<[string, Build, Partial<Place>, string[]]>([
    ['a directory', WHOLE_PATHS, {}, [DOUBT]],
    ['a base path', WHOLE_PATHS, { options: { basePath: '/expenses' } }, []],
    ['an empty base path', WHOLE_PATHS, { options: { basePath: '' } }, []],
    ['a home page', WHOLE_PATHS, { options: { homePath: '/' } }, []],
    ['a mount path', MOUNTED, {}, []],
    ['no directory', EXPRESS, { redirectPath: '/redirect' }, []],
  ])('%s', async ([, build, place, expected], { serve }) => {
    const { origin, logs } = await serve(build, { redirectPath: BELOW, ...place })
    const before = [...logs]
    for (const path of ['/x', '/expenses/', '/expenses/x']) await fetch(origin + path)

    expect(before).toEqual([])
    expect(logs).toEqual(expected)
  })
})

describe('a forwarded path outside that of the application is an error that names the right path', () => {
  const API = { target: 'https://todos.contoso.com', token: 'none' } as const
  const FROM_PAGE = { headers: { 'x-csrf': '1' } }
  const ERROR =
    "auth.forward('/api') cannot get requests, because the application is below /expenses. Use auth.forward('/expenses/api')"

  test('when it is declared, with basePath', () => {
    const options = {
      authority: 'http://localhost:1/contoso',
      clientId: 'x',
      clientCredential: 'secret',
      redirectUri: 'http://localhost:3000/expenses/redirect',
    }
    const withBase = new ExpressAuth({ ...options, basePath: '/expenses' })
    const atRoot = new ExpressAuth({ ...options, basePath: '' })

    expect(() => withBase.forward('/api', API)).toThrow(ERROR)
    withBase.forward('/expenses/api', API)
    atRoot.forward('/api', API)
  })

  test.for<[string, (path: string) => Build]>([
    [
      'Express',
      (path) => (options) => {
        const app = express()
        const router = express.Router()
        new ExpressAuth(router, options).forward(path, API)
        app.use('/expenses', router)
        app.use(((error, _req, res, _next) => {
          res.status(500).send((error as Error).message)
        }) as express.ErrorRequestHandler)
        return app
      },
    ],
    [
      'Hono',
      (path) => (options) => {
        const part = new Hono()
        new HonoAuth(part, options).forward(path, API)
        part.onError((error, c) => c.text(error.message, 500))
        return toListener(new Hono().route('/expenses', part).fetch)
      },
    ],
  ])('with the first request, below a path in %s', async ([, build], { serve }) => {
    const wrong = await serve(build('/api'), { redirectPath: BELOW })
    const right = await serve(build('/expenses/api'), { redirectPath: BELOW })

    const response = await fetch(`${wrong.origin}/expenses/x`)
    expect([response.status, await response.text()]).toEqual([500, expect.stringContaining(ERROR)])
    expect((await fetch(`${right.origin}/expenses/x`)).status).toBe(404)
    expect((await fetch(`${right.origin}/expenses/api/x`, FROM_PAGE)).status).toBe(401)
  })

  test('but not in NestJS, whose prefix does not restrict the library', async ({ serve }) => {
    const { origin } = await serve(
      async (options) => {
        class App {
          readonly title = 'of this test'
        }
        Module({ imports: [IdentityModule.forRoot({ auth: options })] })(App)
        const app = await NestFactory.create(App, { logger: false })
        app.setGlobalPrefix('expenses')
        app.get(NestAuth).forward('/api', API)
        await app.init()
        return app.getHttpAdapter().getInstance() as RequestListener
      },
      { redirectPath: BELOW },
    )

    expect((await fetch(`${origin}/api/x`, FROM_PAGE)).status).toBe(401)
  })
})

const FASTIFY_ROOT: Build = async (options) => {
  const app = Fastify()
  const auth = new FastifyAuth(options)
  await app.register(auth.plugin())
  app.get(
    '/orders',
    auth.loginRequired(async () => 'orders'),
  )
  await app.ready()
  return (req, res) => app.routing(req, res)
}

const KOA_ROOT: Build = (options) => {
  const app = new Koa()
  const auth = new KoaAuth(app, options)
  const guard = auth.loginRequired((ctx) => void (ctx.body = 'orders'))
  app.use((ctx, next) => (ctx.path === '/orders' ? guard(ctx, next) : undefined))
  const handle = app.callback()
  return (req, res) => void handle(req, res)
}

const HONO_ROOT: Build = (options) => {
  const app = new Hono()
  addHonoPages(app, options)
  return toListener(app.fetch)
}

describe('developers learn that a proxy changes the path of the callback', () => {
  const place: Place = {
    redirectPath: BELOW,
    front: cutting('/expenses'),
    // This test is not about the home page.
    options: { homePath: '/expenses/' },
  }
  const CUT =
    "A response of the provider arrived at /redirect, but redirectUri has the path /expenses/redirect, so the sign-in cannot end and the browser gets status 404. If a proxy in front of the application removes /expenses, set Auth({ basePath: '/expenses' }), or configure the proxy so that it keeps the path."
  const visit = { path: '/expenses/orders' }

  test.for<[string, Build]>([
    ['Express', EXPRESS],
    ['Fastify', FASTIFY_ROOT],
    ['Koa', KOA_ROOT],
    ['Hono', HONO_ROOT],
  ])('%s, once, without the query', async ([, build], { serve, provider }) => {
    const site = await serve(build, place)
    const statuses: number[] = []
    for (const browser of [new Browser(), new Browser()]) {
      const result = await startSignIn(site, provider, browser, visit)
      statuses.push((await sendToCallback(browser, result)).status)
    }

    expect(statuses).toEqual([404, 404])
    await vi.waitFor(() => expect(site.logs).toEqual([CUT]))
  })

  test('a form of the provider', async ({ serve, provider, browser }) => {
    const options: AuthOptions = { ...place.options, responseMode: 'form_post' }
    const site = await serve(EXPRESS, { ...place, options })
    const result = await startSignIn(site, provider, browser, visit)

    expect((await sendToCallback(browser, result)).status).toBe(404)
    await vi.waitFor(() => expect(site.logs).toEqual([CUT]))
  })

  test('a proxy that removes the whole path', async ({ serve, provider, browser }) => {
    const front: Front = (port) => (path) => ({ port, path: path.replace(/^\/expenses\/?/, '/') })
    const site = await serve(EXPRESS, { redirectPath: '/expenses', front })
    const result = await startSignIn(site, provider, browser, { path: '/expenses/orders' })

    await sendToCallback(browser, result)
    await vi.waitFor(() => expect(site.logs.join()).toContain('arrived at /, but redirectUri has'))
  })

  test('a proxy that adds a path', async ({ serve, provider, browser }) => {
    const front: Front = (port) => (path) => ({
      port,
      path: path.replace('/redirect', '/a/redirect'),
    })
    const site = await serve(EXPRESS, { redirectPath: '/redirect', front })
    const result = await startSignIn(site, provider, browser, { path: '/orders' })

    expect((await sendToCallback(browser, result)).status).toBe(404)
    await vi.waitFor(() => expect(site.logs).toHaveLength(1))
    expect(site.logs).toEqual([
      'A response of the provider arrived at /a/redirect, but redirectUri has the path /redirect, so the sign-in cannot end and the browser gets status 404. Configure the proxy in front of the application so that it does not change the path. If the path must change, set Auth({ redirectUri }) or IDENTITY_REDIRECT_URI to the URL that browsers request.',
    ])
  })

  test('but not about pages of the application, or about the callback of another one', async ({
    serve,
    provider,
  }) => {
    const site = await serve(EXPRESS, place)
    const other = await serve(EXPRESS, { ...place, options: { clientId: 'other', homePath: '/' } })
    const { url } = await startSignIn(site, provider, new Browser(), visit)
    const { search } = url
    const paths = [
      '/redirect',
      '/redirect?state=x',
      '/redirect?code=a&state=',
      `/orders/1${search}`,
    ]
    for (const path of paths) await fetch(`${site.origin}/expenses${path}`)
    await fetch(`${site.origin}/expenses/redirect`, {
      method: 'POST',
      body: new URLSearchParams(search),
    })
    await fetch(`${other.origin}/expenses/redirect${search}`)
    expect([site.logs, other.logs]).toEqual([[], []])

    // The log of a response of its own comes after those of the other requests.
    await fetch(`${site.origin}/expenses/redirect${search}`)
    await vi.waitFor(() => expect(site.logs).toHaveLength(1))
    expect([site.logs, other.logs]).toEqual([[CUT], []])
  })
})
