import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { serve } from '@hono/node-server'
import express from 'express'
import { Hono } from 'hono'
import { Auth as ExpressAuth, type AuthOptions } from 'identity-web/express'
import { Auth as HonoAuth } from 'identity-web/hono'
import { Auth as KoaAuth } from 'identity-web/koa'
import Koa from 'koa'
import { onTestFinished } from 'vitest'
import { freePort } from '../support/port.ts'
import { SESSION_SECRET, close, listen } from '../support/site.ts'
import { connectEvents, connectSocketIo, connectWebSocket } from './clients.ts'
import { connectionContract, type HostSettings, type RunningHost } from './contract.ts'
import { sendEvents as sendEventsByExpress } from './examples/events-express.ts'
import { sendEvents as sendEventsByHono } from './examples/events-hono.ts'
import { serveHonoSockets } from './examples/hono-ws.ts'
import { serveSocketIo } from './examples/socket-io.ts'
import { serveSockets } from './examples/ws.ts'

// These tests run the examples of docs/websockets.md.

function optionsFor(
  { provider, idleTimeoutSeconds }: HostSettings,
  origin: string,
): AuthOptions & { logger: false } {
  return {
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: `${origin}/redirect`,
    session: { secret: SESSION_SECRET, idleTimeoutSeconds, cookie: { name: 'identity' } },
    logger: false,
  }
}

/** Starts an Express application, to which a function adds the connections. */
function startExpress(
  addConnections: (server: Server, auth: ExpressAuth, app: express.Express) => unknown,
): (settings: HostSettings) => Promise<RunningHost> {
  return async (settings) => {
    const app = express()
    const server = createServer(app)
    const origin = await listen(server)
    onTestFinished(() => close(server))
    addConnections(server, new ExpressAuth(app, optionsFor(settings, origin)), app)
    return { origin }
  }
}

const CLOSED = 4401

connectionContract('ws with Express', {
  start: startExpress((server, auth) => serveSockets(server, auth)),
  connect: connectWebSocket,
  endsWith: CLOSED,
})

connectionContract('ws with Koa', {
  async start(settings) {
    const port = await freePort()
    const origin = `http://localhost:${port}`
    const app = new Koa()
    const auth = new KoaAuth(app, optionsFor(settings, origin))
    const handle = app.callback()
    const server = createServer((req, res) => void handle(req, res)).listen(port)
    await once(server, 'listening')
    onTestFinished(() => close(server))
    serveSockets(server, auth)
    return { origin }
  },
  connect: connectWebSocket,
  endsWith: CLOSED,
})

connectionContract('Hono on Node.js', {
  async start(settings) {
    const port = await freePort()
    const origin = `http://localhost:${port}`
    const app = new Hono()
    const server = serveHonoSockets(app, new HonoAuth(app, optionsFor(settings, origin)), port)
    await once(server, 'listening')
    onTestFinished(() => close(server as Server))
    return { origin }
  },
  connect: connectWebSocket,
  endsWith: CLOSED,
  // @hono/node-server sends a rejection without its body.
  sendsLoginUrl: false,
})

connectionContract('Socket.IO', {
  start: startExpress((server, auth) => {
    const sockets = serveSocketIo(server, auth)
    onTestFinished(() => sockets.close())
  }),
  connect: connectSocketIo,
  endsWith: 'io server disconnect',
  // It authenticates after the handshake, so that the browser gets the login URL.
  setsCookies: false,
})

connectionContract('server-sent events with Express', {
  start: startExpress((_server, auth, app) => sendEventsByExpress(app, auth)),
  connect: connectEvents,
  endsWith: 'ended',
  checksOrigin: false,
})

connectionContract('server-sent events with Hono', {
  async start(settings) {
    const app = new Hono()
    const server = serve({ fetch: app.fetch, port: 0 }) as Server
    await once(server, 'listening')
    onTestFinished(() => close(server))
    const { port } = server.address() as { port: number }
    const origin = `http://localhost:${port}`
    sendEventsByHono(app, new HonoAuth(app, optionsFor(settings, origin)))
    return { origin }
  },
  connect: connectEvents,
  endsWith: 'ended',
  checksOrigin: false,
})
