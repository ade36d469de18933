import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createAdaptorServer } from '@hono/node-server'
import express5, { type Request, type Response as ExpressResponse } from 'express'
// @ts-expect-error Express 4 has another name here and no types. Those of Express 5 fit.
import express4 from 'express4'
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { Hono, type Context } from 'hono'
import { Auth as ExpressAuth } from 'identity-web/express'
import { Auth as FastifyAuth } from 'identity-web/fastify'
import { Auth as FetchAuth } from 'identity-web/fetch'
import { Auth as HonoAuth } from 'identity-web/hono'
import { Auth as KoaAuth } from 'identity-web/koa'
import { Auth as NextAuth } from 'identity-web/next'
import Koa3, { type Middleware, type ParameterizedContext } from 'koa'
// @ts-expect-error Koa 2 has another name here and no types. Those of Koa 3 fit.
import Koa2 from 'koa2'
import type { NextRequest } from 'next/server.js'
import { close, listen } from '../../support/server.ts'
import { serveRequests } from '../../support/request-server.ts'
import { startNestVictim } from './nest-host.ts'
import {
  OWN_ROUTES,
  endlessStream,
  ownCalls,
  serveUpgrades,
  type StartVictim,
  type Victim,
} from './victim.ts'

function startExpress(express: typeof express5): StartVictim {
  return async (optionsFor) => {
    const app = express()
    const server = createServer(app)
    const origin = await listen(server)
    const errors: unknown[] = []
    // An access log reads the address of the client when the response is sent.
    app.use((req, res, next) => {
      res.on('close', () => void `${req.ip} ${req.socket.remotePort}`)
      next()
    })
    const auth = new ExpressAuth(app, optionsFor(origin, 'auth'))
    const own = ownCalls(new ExpressAuth(app, optionsFor(origin, 'own')))
    // As the documentation shows it: nothing handles the promise in Express 4.
    for (const [path, member] of OWN_ROUTES) {
      app.all(`/own/${path}`, (req, res) => own[member](req, res))
    }
    app.get(
      '/',
      auth.loginRequired((_req, res) => void res.send('in')),
    )
    app.post('/middleware', auth.loginRequired(), (_req, res) => void res.send('in'))
    app.get(
      '/stream',
      auth.loginRequired((_req, res) => void endlessStream().pipe(res)),
    )
    app.use((error: unknown, _req: Request, res: ExpressResponse, _next: unknown) => {
      errors.push(error)
      res.status(500).end()
    })
    serveUpgrades(server, auth)
    return { origin, errors, close: () => close(server) }
  }
}

const startFastify: StartVictim = async (optionsFor) => {
  const server = createServer()
  const origin = await listen(server)
  const errors: unknown[] = []
  const app = Fastify({ serverFactory: (handler) => server.on('request', handler) })
  app.setErrorHandler((error, _request, reply) => {
    errors.push(error)
    return reply.code(500).send()
  })
  // The application does not read the bodies of requests to its routes.
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
  const auth = new FastifyAuth(app, optionsFor(origin, 'auth'))
  const ownAuth = new FastifyAuth(optionsFor(origin, 'own'))
  const own = ownCalls(ownAuth)
  await app.register(ownAuth.plugin())
  app.addHttpMethod('TRACE', { hasBody: false, overrideExisting: true })
  for (const [path, member] of OWN_ROUTES) {
    app.all(`/own/${path}`, (request: FastifyRequest, reply: FastifyReply) =>
      own[member](request, reply),
    )
  }
  app.get(
    '/',
    auth.loginRequired(async () => 'in'),
  )
  app.post('/middleware', { onRequest: auth.loginRequired() }, async () => 'in')
  app.get(
    '/stream',
    auth.loginRequired((_request, reply) => reply.send(endlessStream())),
  )
  await app.ready()
  serveUpgrades(server, auth)
  return { origin, errors, close: () => close(server) }
}

/** Koa also reports how connections end while a response is open. */
function isOfConnection(error: Error): boolean {
  const { code = '', syscall } = error as NodeJS.ErrnoException
  return code.startsWith('HPE_') || code === 'ERR_STREAM_PREMATURE_CLOSE' || syscall !== undefined
}

function startKoa(Koa: typeof Koa3): StartVictim {
  return async (optionsFor) => {
    const app = new Koa()
    const server = createServer((req, res) => void app.callback()(req, res))
    const origin = await listen(server)
    const errors: unknown[] = []
    app.on('error', (error: Error) => {
      if (!isOfConnection(error)) errors.push(error)
    })
    const auth = new KoaAuth(app, optionsFor(origin, 'auth'))
    const own = ownCalls(new KoaAuth(app, optionsFor(origin, 'own')))
    const pages = new Map<string, Middleware<any, any>>([
      ...OWN_ROUTES.map(
        ([path, member]) =>
          [`/own/${path}`, (ctx: ParameterizedContext) => own[member](ctx)] as const,
      ),
      ['/', auth.loginRequired((ctx) => void (ctx.body = 'in'))],
      ['/middleware', auth.loginRequired()],
      ['/stream', auth.loginRequired((ctx) => void (ctx.body = endlessStream()))],
    ])
    app.use((ctx, next) => pages.get(ctx.path)?.(ctx, next) ?? next())
    serveUpgrades(server, auth)
    return { origin, errors, close: () => close(server) }
  }
}

const startHono: StartVictim = async (optionsFor) => {
  const app = new Hono()
  const server = createAdaptorServer(app) as Server
  const origin = await listen(server)
  const errors: unknown[] = []
  app.onError((error, c) => {
    errors.push(error)
    return c.body(null, 500)
  })
  const auth = new HonoAuth(app, optionsFor(origin, 'auth'))
  const own = ownCalls(new HonoAuth(app, optionsFor(origin, 'own')))
  for (const [path, member] of OWN_ROUTES) {
    app.all(`/own/${path}`, (c: Context) => own[member](c))
  }
  app.get(
    '/',
    auth.loginRequired((c) => c.text('in')),
  )
  app.post('/middleware', auth.loginRequired(), (c) => c.text('in'))
  app.get(
    '/stream',
    auth.loginRequired((c) => c.body(Readable.toWeb(endlessStream()) as ReadableStream)),
  )
  serveUpgrades(server, auth)
  return { origin, errors, close: () => close(server) }
}

type Answer = (request: globalThis.Request) => Promise<globalThis.Response>

/** Serves pages by their path. It records the promises that they reject. */
async function startPages(create: (origin: string) => Map<string, Answer>): Promise<Victim> {
  const errors: unknown[] = []
  let pages: Map<string, Answer> | undefined
  const running = await serveRequests(async (request, origin) => {
    pages ??= create(origin)
    const page = pages.get(new URL(request.url).pathname)
    try {
      return (await page?.(request)) ?? new Response(null, { status: 404 })
    } catch (error) {
      errors.push(error)
      return new Response(null, { status: 500 })
    }
  })
  return { ...running, errors }
}

const startFetch: StartVictim = (optionsFor) =>
  startPages((origin) => {
    const auth = new FetchAuth(optionsFor(origin, 'auth'))
    const own = ownCalls(new FetchAuth(optionsFor(origin, 'own')))
    return new Map<string, Answer>([
      ...OWN_ROUTES.flatMap(([path, member]): [string, Answer][] => [
        [
          `/auth/${path}`,
          (request) => auth.respond(request, () => new Response(null, { status: 404 })),
        ],
        [`/own/${path}`, (request) => own[member](request)],
      ]),
      ['/', auth.loginRequired(() => new Response('in'))],
      ['/middleware', auth.loginRequired(() => new Response('in'))],
      [
        '/stream',
        auth.loginRequired(() => new Response(Readable.toWeb(endlessStream()) as ReadableStream)),
      ],
    ])
  })

/** Adds a header that the server of Next.js adds to every request. */
function addForwarded({ headers }: globalThis.Request): void {
  headers.set('x-forwarded-proto', 'http')
}

// Guards of Next.js need a request of the Next.js server. The contract of test/adapters runs them there.
const startNext: StartVictim = (optionsFor) =>
  startPages((origin) => {
    const auth = new NextAuth(optionsFor(origin, 'auth'))
    const own = ownCalls(new NextAuth(optionsFor(origin, 'own')))
    return new Map<string, Answer>(
      OWN_ROUTES.flatMap(([path, member]): [string, Answer][] => [
        [
          `/auth/${path}`,
          async (request) => {
            addForwarded(request)
            const { GET, POST } = auth.handlers
            if (request.method === 'GET') return GET(request as NextRequest)
            if (request.method === 'POST') return POST(request as NextRequest)
            return new Response(null, { status: 405 })
          },
        ],
        [
          `/own/${path}`,
          (request) => {
            addForwarded(request)
            return own[member](request as NextRequest)
          },
        ],
      ]),
    )
  })

/** A server without a framework. It uses the entry of Express, whose requests and responses are those of Node.js. */
const startBare: StartVictim = async (optionsFor) => {
  const server = createServer()
  const origin = await listen(server)
  const errors: unknown[] = []
  const auths = {
    auth: new ExpressAuth(optionsFor(origin, 'auth')),
    own: new ExpressAuth(optionsFor(origin, 'own')),
  }
  type Args = [Request, ExpressResponse]
  const routes = new Map<string, (...args: Args) => Promise<void>>(
    Object.entries(auths).flatMap(([folder, auth]) =>
      OWN_ROUTES.map(([path, member]) => [`/${folder}/${path}`, ownCalls(auth)[member]]),
    ),
  )
  const answer = async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const args = [req, res] as unknown as Args
    const route = routes.get(req.url?.split('?')[0] ?? '')
    if (route !== undefined) return route(...args)
    const session = await auths.auth.authenticate(req, { res })
    if (!session.ok) return auths.auth.sendResponse(...args, session.error)
    try {
      await pipeline(endlessStream(), res)
    } catch (error) {
      return auths.auth.sendResponse(...args, error)
    }
  }
  server.on('request', (req, res) => void answer(req, res))
  serveUpgrades(server, auths.auth)
  return { origin, errors, close: () => close(server) }
}

/** The frameworks, and what they do not have here: a server of Node.js, or guards. */
export const VICTIMS: readonly (readonly [name: string, start: StartVictim, without?: string])[] = [
  ['Express 5', startExpress(express5)],
  ['Express 4', startExpress(express4 as typeof express5)],
  ['Fastify', startFastify],
  ['Koa 3', startKoa(Koa3)],
  ['Koa 2', startKoa(Koa2 as typeof Koa3)],
  ['Hono', startHono],
  ['NestJS on Express', startNestVictim('Express')],
  ['NestJS on Fastify', startNestVictim('Fastify')],
  ['fetch', startFetch, 'Node.js'],
  ['Next.js', startNext, 'Node.js and guards'],
  ['a server without a framework', startBare],
]
