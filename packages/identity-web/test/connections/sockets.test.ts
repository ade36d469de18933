import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, get, type IncomingMessage, type Server } from 'node:http'
import { connect } from 'node:net'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { DevProvider } from 'identity-web-dev'
import { Auth } from 'identity-web/hono'
import { io, type Socket } from 'socket.io-client'
import { onTestFinished } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { describe, expect, test } from '../support/fixtures.ts'
import { Browser, SESSION_SECRET, close, listen, signIn, type Site } from '../support/site.ts'
import { sendEvents as sendEventsByExpress } from './examples/events-express.ts'
import { sendEvents as sendEventsByHono } from './examples/events-hono.ts'
import { serveSocketIo } from './examples/socket-io.ts'
import { serveCallers } from './examples/token.ts'
import { serveSockets } from './examples/ws.ts'

// These tests run the examples of docs/websockets.md.

const EVIL = 'https://evil.example'

function cookieOf(browser: Browser): string {
  return [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
}

async function listening(server: Server): Promise<string> {
  const origin = await listen(server)
  onTestFinished(() => close(server))
  return origin
}

interface Opened {
  readonly ws: WebSocket
  /** The first message; `undefined` if the handshake was rejected. */
  readonly message: string | undefined
  readonly status: number
  readonly setCookies: readonly string[]
}

function open(origin: string, headers: Record<string, string>): Promise<Opened> {
  const ws = new WebSocket(`${origin.replace('http', 'ws')}/socket`, { headers })
  onTestFinished(() => ws.terminate())
  let setCookies: readonly string[] = []
  ws.on('upgrade', (response) => (setCookies = response.headers['set-cookie'] ?? []))
  return new Promise((resolve, reject) => {
    ws.on('message', (data: Buffer) =>
      resolve({ ws, message: data.toString(), status: 101, setCookies }),
    )
    ws.on('unexpected-response', (_request, { statusCode = 0 }) =>
      resolve({ ws, message: undefined, status: statusCode, setCookies }),
    )
    ws.on('error', reject)
  })
}

async function closeCodeOf(ws: WebSocket): Promise<number> {
  const [code] = (await once(ws, 'close')) as [number]
  return code
}

describe('a server of ws', () => {
  test('accepts the session cookie, and closes the socket at sign-out', async ({
    site,
    provider,
  }) => {
    const server = createServer()
    serveSockets(server, site.auth)
    const origin = await listening(server)
    const browser = await signIn(site, provider)

    const { ws, message } = await open(origin, { cookie: cookieOf(browser), origin: site.origin })
    const code = closeCodeOf(ws)
    await browser.navigate(`${site.origin}/logout`)

    expect(message).toBe('Hello, Alex Rivera')
    expect(await code).toBe(4401)
  })

  test('rejects another origin, and an upgrade without a session', async ({ site, provider }) => {
    const server = createServer()
    serveSockets(server, site.auth)
    const origin = await listening(server)
    const browser = await signIn(site, provider)

    expect(await open(origin, { cookie: cookieOf(browser), origin: EVIL })).toMatchObject({
      status: 403,
    })
    expect(await open(origin, { origin: site.origin })).toMatchObject({ status: 401 })
  })

  test('refreshes a session in cookies at the handshake', async ({ site, provider, clock }) => {
    provider.behave({ reuseDetection: true })
    const server = createServer()
    serveSockets(server, site.auth)
    const origin = await listening(server)
    const browser = await signIn(site, provider)
    clock.advance(3700)

    const { message, setCookies } = await open(origin, { cookie: cookieOf(browser) })

    expect(message).toBe('Hello, Alex Rivera')
    expect(setCookies.map((cookie) => cookie.split('=')[0])).toContain('identity')
  })

  test('survives broken upgrades without a session', async ({ site }) => {
    const server = createServer()
    serveSockets(server, site.auth)
    const origin = await listening(server)
    const upgrade =
      'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nCookie: identity=1.%\r\n\r\n'

    for (let count = 0; count < 20; count++) {
      const socket = connect(Number(new URL(origin).port), 'localhost')
      socket.on('error', () => undefined)
      socket.write(upgrade)
      if (count % 2 === 0) await once(socket, 'ready')
      socket.resetAndDestroy()
    }

    expect(await open(origin, {})).toMatchObject({ status: 401 })
  })

  test('closes the socket when the session expires', async ({ openSite, provider }) => {
    const site = await openSite({
      session: { secret: SESSION_SECRET, idleTimeoutSeconds: 2, absoluteTimeoutSeconds: 2 },
      now: Date.now,
    })
    const server = createServer()
    serveSockets(server, site.auth)
    const origin = await listening(server)
    const browser = await signIn(site, provider)

    const { ws } = await open(origin, { cookie: cookieOf(browser) })

    expect(await closeCodeOf(ws)).toBe(4401)
  })

  test('accepts an access token as the first message', async ({ api, provider }) => {
    const server = createServer()
    const origin = await listening(server)
    serveCallers(new WebSocketServer({ server }), api.api)
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
    const first = async (message: string): Promise<unknown> => {
      const ws = new WebSocket(origin.replace('http', 'ws'), { origin: EVIL })
      onTestFinished(() => ws.terminate())
      await once(ws, 'open')
      ws.send(message)
      return Promise.race([
        once(ws, 'message').then(([data]) => (data as Buffer).toString()),
        closeCodeOf(ws),
      ])
    }

    expect(await first(token)).toBe('Hello, Alex Rivera')
    expect(await first('nonsense')).toBe(4401)
    expect(await first('')).toBe(4401)
  })
})

describe('Socket.IO', () => {
  function connectTo(origin: string, extraHeaders: Record<string, string>): Socket {
    const socket = io(origin, {
      transports: ['websocket'],
      reconnection: false,
      extraHeaders,
    })
    onTestFinished(() => void socket.close())
    return socket
  }

  const arrives = (socket: Socket, event: string): Promise<unknown> =>
    new Promise((resolve) => void socket.once(event, resolve))

  async function start(site: Site): Promise<string> {
    const server = createServer()
    const sockets = serveSocketIo(server, site.auth)
    onTestFinished(() => sockets.close())
    return listening(server)
  }

  test('accepts the session cookie, and disconnects at sign-out', async ({ site, provider }) => {
    const origin = await start(site)
    const browser = await signIn(site, provider)
    const socket = connectTo(origin, { cookie: cookieOf(browser), origin: site.origin })

    expect(await arrives(socket, 'hello')).toBe('Alex Rivera')
    const disconnected = arrives(socket, 'disconnect')
    await browser.navigate(`${site.origin}/logout`)
    expect(await disconnected).toBe('io server disconnect')
  })

  test('rejects another origin, and a visitor without a session', async ({ site, provider }) => {
    const origin = await start(site)
    const browser = await signIn(site, provider)
    const evil = connectTo(origin, { cookie: cookieOf(browser), origin: EVIL })
    const visitor = connectTo(origin, { origin: site.origin })

    expect(await arrives(evil, 'connect_error')).toMatchObject({ message: 'access_denied' })
    expect(await arrives(visitor, 'connect_error')).toMatchObject({
      message: 'login_required',
      data: { loginUrl: expect.stringContaining('/login') as string },
    })
  })
})

describe('server-sent events', () => {
  /** Reads a stream. Its text grows until it ends. */
  async function read(
    url: string,
    browser: Browser,
  ): Promise<{ response: IncomingMessage; text: () => string; ended: Promise<unknown> }> {
    const headers = { cookie: cookieOf(browser), accept: 'text/event-stream' }
    const request = get(url, { headers, agent: false })
    onTestFinished(() => void request.destroy())
    const [response] = (await once(request, 'response')) as [IncomingMessage]
    let text = ''
    response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
    return { response, text: () => text, ended: once(response, 'end') }
  }

  test('of Express end at sign-out, and refresh the session first', async ({
    site,
    provider,
    clock,
  }) => {
    sendEventsByExpress(site.app, site.auth)
    const browser = await signIn(site, provider)
    clock.advance(3700)

    const { response, text, ended } = await read(`${site.origin}/events`, browser)
    expect(response.headers['set-cookie']?.join()).toContain('identity=')
    expect(response.headers['cache-control']).toBe('private, no-store')
    for (const cookie of response.headers['set-cookie'] ?? []) {
      const [name = '', value = ''] = cookie.split(';')[0]?.split(/=(.*)/) ?? []
      const known = browser.cookies.get(name)
      if (known !== undefined) browser.cookies.set(name, { ...known, value })
    }
    await browser.navigate(`${site.origin}/logout`)
    await ended

    expect(text()).toContain('data: Hello, Alex Rivera')
    expect(text()).toContain('event: ended')
  })

  test('of Express are rejected without a session', async ({ site }) => {
    sendEventsByExpress(site.app, site.auth)

    const answer = await new Browser().script(`${site.origin}/events`, {
      headers: { accept: 'text/event-stream' },
    })

    expect([answer.status, answer.json()]).toMatchObject([401, { error: 'login_required' }])
  })

  test('of Hono end at sign-out', async ({ provider }) => {
    const { origin } = await startHono(provider)
    const browser = await signIn({ origin }, provider)

    const { text, ended } = await read(`${origin}/events`, browser)
    await browser.navigate(`${origin}/logout`)
    await ended

    expect(text()).toContain('data: Hello, Alex Rivera')
    expect(text()).toContain('event: ended')
    expect((await new Browser().script(`${origin}/events`)).status).toBe(401)
  })

  async function startHono(provider: DevProvider): Promise<{ origin: string }> {
    const app = new Hono()
    const server = serve({ fetch: app.fetch, port: 0 }) as Server
    await once(server, 'listening')
    onTestFinished(() => close(server))
    const { port } = server.address() as { port: number }
    const origin = `http://localhost:${port}`
    const auth = new Auth(app, {
      authority: provider.authority(),
      clientId: provider.app.clientId,
      clientCredential: provider.app.clientSecret,
      redirectUri: `${origin}/redirect`,
      session: { secret: SESSION_SECRET },
      logger: {},
    })
    app.get(
      '/',
      auth.loginRequired((c) => c.text('home')),
    )
    sendEventsByHono(app, auth)
    return { origin }
  }
})

test.for(['ws', 'token', 'socket-io', 'events-express', 'events-hono'])(
  'docs/websockets.md shows the example %s',
  (name) => {
    const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
    const source = read(`./examples/${name}.ts`)
    const [, region = ''] = /#region guide\n(.*?)\n *\/\/ #endregion/s.exec(source) ?? []
    const lines = region.split('\n').map((line) => line.replace(/^ {2}/, ''))

    expect(read('../../../../docs/websockets.md')).toContain(lines.join('\n'))
  },
)
