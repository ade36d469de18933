import {
  serve,
  upgradeWebSocket,
  type ServerType,
  type WebSocketServerLike,
} from '@hono/node-server'
import type { Hono } from 'hono'
import type { Auth } from 'identity-web/hono'
import { WebSocketServer } from 'ws'

/** Serves WebSockets to signed-in users of a Hono application on Node.js. */
export function serveHonoSockets(app: Hono, auth: Auth, port: number): ServerType {
  // #region guide
  app.get('/socket', async (c) => {
    const responseHeaders = new Headers()
    const session = await auth.authenticate(c, { responseHeaders })
    if (!session.ok) return auth.toResponse(c, session.error)

    const response = await upgradeWebSocket(c, {
      onOpen(_event, ws) {
        session.signal.addEventListener('abort', () => ws.close(4401, 'The session has ended.'))
        ws.send(`Hello, ${session.context.user.name}`)
      },
    })
    for (const [name, value] of responseHeaders) response.headers.append(name, value)
    return response
  })

  // The type differs only if your tsconfig sets exactOptionalPropertyTypes.
  const sockets = new WebSocketServer({ noServer: true }) as WebSocketServerLike
  const server = serve({ fetch: app.fetch, port, websocket: { server: sockets } })
  // #endregion
  return server
}
