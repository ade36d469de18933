// The page at / opens a WebSocket. Run it with `npm run fastify`.
import websocket from '@fastify/websocket'
import fastify from 'fastify'
import { Auth } from 'identity-web/fastify'
import { html } from './page.js'

const app = fastify()
const auth = new Auth(app, {
  session: { idleTimeoutSeconds: Number(process.env.IDLE_TIMEOUT_SECONDS ?? 3600) },
})

// #region guide
await app.register(websocket)

const sessions = new WeakMap()

app.get(
  '/socket',
  {
    websocket: true,
    async preValidation(request, reply) {
      const responseHeaders = new Headers()
      const session = await auth.authenticate(request, { responseHeaders })
      if (!session.ok) return auth.sendResponse(request, reply, session.error)
      sessions.set(request.raw, { session, responseHeaders })
    },
  },
  (socket, request) => {
    const { session } = sessions.get(request.raw)
    session.signal.addEventListener('abort', () => socket.close(4401, 'The session has ended.'))
    socket.send(`Hello, ${session.context.user.name}`)
  },
)

// If the session was refreshed, the browser needs its new cookies.
app.websocketServer.on('headers', (lines, req) => {
  for (const cookie of sessions.get(req).responseHeaders.getSetCookie()) {
    lines.push(`Set-Cookie: ${cookie}`)
  }
})
// #endregion

app.get('/', { preHandler: auth.loginRequired() }, (_request, reply) =>
  reply.type('text/html').send(html),
)

await app.listen({ port: Number(process.env.PORT ?? 3000) })
