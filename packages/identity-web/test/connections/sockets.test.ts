import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { connect } from 'node:net'
import { onTestFinished } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { describe, expect, test } from '../support/fixtures.ts'
import { Browser, close, listen } from '../support/site.ts'
import { connectWebSocket } from './clients.ts'
import { serveCallers } from './examples/token.ts'
import { serveSockets } from './examples/ws.ts'

// These tests run the examples of docs/websockets.md. contract.test.ts runs the others.

const EVIL = 'https://evil.example'

async function listening(server: Server): Promise<string> {
  const origin = await listen(server)
  onTestFinished(() => close(server))
  return origin
}

async function closeCodeOf(ws: WebSocket): Promise<number> {
  const [code] = (await once(ws, 'close')) as [number]
  return code
}

describe('a server of ws', () => {
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

    expect(await connectWebSocket({ origin }, { browser: new Browser() })).toMatchObject({
      status: 401,
    })
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

test.for(['ws', 'hono-ws', 'token', 'socket-io', 'events-express', 'events-hono'])(
  'docs/websockets.md shows the example %s',
  (name) => {
    const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8')
    const source = read(`./examples/${name}.ts`)
    const [, region = ''] = /#region guide\n(.*?)\n *\/\/ #endregion/s.exec(source) ?? []
    const lines = region.split('\n').map((line) => line.replace(/^ {2}/, ''))

    expect(read('../../../../docs/websockets.md')).toContain(lines.join('\n'))
  },
)
