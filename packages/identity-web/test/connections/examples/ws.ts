import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http'
import type { Duplex } from 'node:stream'
import type { Auth } from 'identity-web/express'
import { WebSocketServer } from 'ws'

/** Serves WebSockets to signed-in users. */
export function serveSockets(
  server: Server,
  auth: Pick<Auth, 'authenticate' | 'toResponse'>,
): WebSocketServer {
  // #region guide
  const sockets = new WebSocketServer({ noServer: true })
  const refreshed = new WeakMap<IncomingMessage, Headers>()

  server.on('upgrade', (req, socket, head) => {
    // Without this listener, a broken connection ends the process.
    socket.on('error', () => socket.destroy())
    accept(req, socket, head).catch(() => socket.destroy())
  })

  async function accept(req: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const responseHeaders = new Headers()
    const session = await auth.authenticate(req, { responseHeaders })
    if (!session.ok) return reject(socket, await auth.toResponse(req, session.error))

    refreshed.set(req, responseHeaders)
    sockets.handleUpgrade(req, socket, head, (ws) => {
      ws.on('error', () => ws.terminate())
      session.signal.addEventListener('abort', () => ws.close(4401, 'The session has ended.'))
      ws.send(`Hello, ${session.context.user.name}`)
    })
  }

  async function reject(socket: Duplex, response: Response): Promise<void> {
    const { status, headers } = response
    headers.set('connection', 'close')
    const lines = [...headers].map(([name, value]) => `${name}: ${value}\r\n`).join('')
    const body = await response.text()
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines}\r\n${body}`)
  }

  // If the session was refreshed, the browser needs its new cookies.
  sockets.on('headers', (lines, req) => {
    for (const cookie of refreshed.get(req)?.getSetCookie() ?? []) {
      lines.push(`Set-Cookie: ${cookie}`)
    }
  })
  // #endregion
  return sockets
}
