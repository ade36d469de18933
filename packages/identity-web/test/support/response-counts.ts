// Counts the native responses that requests to pages create, without and with the guard. It runs in its own process, because
// hosts replace the global `Response`.
import { createServer, type RequestListener } from 'node:http'
import type { EventHandler } from 'h3'
import { Hono, type Context } from 'hono'
import { Auth as FetchAuth, type AuthOptions } from 'identity-web/fetch'
import { Auth as H3Auth } from 'identity-web/h3'
import { Auth as HonoAuth } from 'identity-web/hono'
import { close, listen } from './server.ts'

/** The settings of the program, which is its first argument as JSON. */
export interface CountSettings {
  readonly host: CountedHost
  readonly options: AuthOptions
  /** The `Cookie` header of a session. */
  readonly cookie: string
}

/** By its path, the status of each page and the number of native responses that its request creates. */
export type ResponseCounts = Readonly<Record<string, readonly [status: number, created: number]>>

/** The result of the program, which it prints as JSON. */
export interface CountResult {
  readonly open: ResponseCounts
  readonly guarded: ResponseCounts
  /** The number of native responses of one response whose body is read, which shows that the host is counted. */
  readonly ofBody: number
}

let created = 0
countResponses()

/** Counts every call that creates a native response. Hosts keep the class that they find, so this comes before them. */
function countResponses(): void {
  const Native = globalThis.Response
  const { clone } = Native.prototype
  const factories: readonly unknown[] = [Native.json, Native.redirect, Native.error]
  globalThis.Response = new Proxy(Native, {
    construct(target, args, subclass) {
      created++
      return Reflect.construct(target, args, subclass) as Response
    },
    get(target, name) {
      const value: unknown = Reflect.get(target, name)
      if (!factories.includes(value)) return value
      return (...args: unknown[]): unknown => {
        created++
        return Reflect.apply(value as typeof Native.json, target, args)
      }
    },
  })
  Native.prototype.clone = function (): Response {
    created++
    return Reflect.apply(clone, this, [])
  }
}

const stream = (): ReadableStream => new Blob(['stream']).stream()
const html = '<p>html</p>'

type Pages<Page> = Readonly<Record<string, Page>>
type FetchHandler = (request: Request) => Response | Promise<Response>

const FETCH_PAGES: Pages<() => Response> = {
  '/text': () => new Response('text'),
  '/json': () => Response.json({ page: 'json' }),
  '/html': () => new Response(html, { headers: { 'content-type': 'text/html' } }),
  '/stream': () => new Response(stream()),
  '/redirect': () => new Response(null, { status: 303, headers: { location: '/' } }),
}
const HONO_PAGES: Pages<(c: Context) => Response | Promise<Response>> = {
  '/text': (c) => c.text('text'),
  '/json': (c) => c.json({ page: 'json' }),
  '/html': (c) => c.html(html),
  '/stream': (c) => c.body(stream()),
  '/redirect': (c) => c.redirect('/', 303),
}

/** Creates the application of a host. Without options, it does not use the library. */
type CreateApp<App> = (options?: AuthOptions) => App

const createFetchApp: CreateApp<FetchHandler> = (options) => {
  const page: FetchHandler = ({ url }) =>
    FETCH_PAGES[new URL(url).pathname]?.() ?? new Response(null, { status: 404 })
  return guardAll(page, options)
}

function guardAll(app: FetchHandler, options: AuthOptions | undefined): FetchHandler {
  if (options === undefined) return app
  const auth = new FetchAuth(options)
  const guarded = auth.loginRequired(app)
  return (request) => auth.respond(request, () => guarded(request))
}

const createHonoApp: CreateApp<FetchHandler> = (options) => {
  const app = new Hono()
  const auth = options && new HonoAuth(app, options)
  for (const [path, page] of Object.entries(HONO_PAGES))
    app.get(path, auth?.loginRequired(page) ?? page)
  return (request) => app.fetch(request)
}

async function onNodeServer(
  createApp: CreateApp<FetchHandler>,
  version: 1 | 2,
): Promise<CreateApp<RequestListener>> {
  const { getRequestListener } = await (version === 1
    ? import('hono-node-server-1')
    : import('@hono/node-server'))
  return (options) => getRequestListener(createApp(options))
}

/** Nitro 2 serves an application of h3 1 in this way. */
async function onH3Version1(): Promise<CreateApp<RequestListener>> {
  const { createApp, defineEventHandler, sendRedirect, toNodeListener } = await import('h3')
  const pages: Pages<EventHandler> = {
    '/text': () => 'text',
    '/json': () => ({ page: 'json' }),
    '/html': () => html,
    '/stream': () => stream(),
    '/redirect': (event) => sendRedirect(event, '/', 303),
  }
  return (options) => {
    const app = createApp()
    const auth = options && new H3Auth(options)
    for (const [path, page] of Object.entries(pages))
      app.use(path, auth?.loginRequired(page) ?? defineEventHandler(page))
    return toNodeListener(app)
  }
}

/** Nitro 3 serves an application of h3 2 in this way. */
async function onH3Version2(): Promise<CreateApp<RequestListener>> {
  const { H3, redirect, toNodeHandler } = await import('h3-2/node')
  const app = new H3()
    .get('/text', () => 'text')
    .get('/json', () => ({ page: 'json' }))
    .get('/html', () => html)
    .get('/stream', () => stream())
    .get('/redirect', () => redirect('/', 303))
  return (options) => {
    const fetch = guardAll(async (request) => app.fetch(request), options)
    return toNodeHandler({ fetch } as typeof app)
  }
}

const HOSTS = {
  'Hono on @hono/node-server 1': () => onNodeServer(createHonoApp, 1),
  'Hono on @hono/node-server 2': () => onNodeServer(createHonoApp, 2),
  'fetch on @hono/node-server 1': () => onNodeServer(createFetchApp, 1),
  'fetch on @hono/node-server 2': () => onNodeServer(createFetchApp, 2),
  'Nitro 2': onH3Version1,
  'Nitro 3': onH3Version2,
}
export type CountedHost = keyof typeof HOSTS

/** Counts at the second request to each page, because the first one may prepare something for later ones. */
async function countPages(listener: RequestListener, cookie: string): Promise<ResponseCounts> {
  const server = createServer(listener)
  const origin = await listen(server)
  const request = async (path: string): Promise<readonly [status: number, created: number]> => {
    created = 0
    const response = await fetch(origin + path, { headers: { cookie }, redirect: 'manual' })
    await response.text()
    return [response.status, created]
  }
  const counts: Record<string, readonly [status: number, created: number]> = {}
  for (const path of Object.keys(FETCH_PAGES)) {
    await request(path)
    counts[path] = await request(path)
  }
  await close(server)
  return counts
}

const { host, options, cookie } = JSON.parse(process.argv[2] ?? '') as CountSettings
const createApp = await HOSTS[host]()
const open = await countPages(createApp(), cookie)
const guarded = await countPages(createApp(options), cookie)
created = 0
await new Response('text').text()
const result: CountResult = { open, guarded, ofBody: created }
process.stdout.write(JSON.stringify(result))
