import type { ApiAuth } from 'identity-web/express'
import type { WebSocketServer } from 'ws'

/** Serves WebSockets to clients with an access token, which they send as the first message. */
export function serveCallers(sockets: WebSocketServer, api: ApiAuth): void {
  // #region guide
  sockets.on('connection', (ws, req) => {
    const timer = setTimeout(() => ws.close(4401, 'No token was sent.'), 5000)
    ws.on('error', () => ws.terminate())
    ws.once('message', (message: Buffer) => {
      clearTimeout(timer)
      greet(message.toString()).catch(() => ws.close(1011))
    })

    async function greet(token: string): Promise<void> {
      const caller = await api.authenticate(req, { token, scopes: ['Todos.Read'] })
      if (!caller.ok) return ws.close(4401, caller.error.code)
      ws.on('close', () => caller.close())
      caller.signal.addEventListener('abort', () => ws.close(4401, 'The token has expired.'))
      ws.send(`Hello, ${caller.context.user.name}`)
    }
  })
  // #endregion
}
