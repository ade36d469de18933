// The page at / opens a WebSocket. Run it with `npm run bun`.
import { Auth, type Authenticated, type LoginContext } from 'identity-web/fetch'
import { html } from './page.js'

const auth = new Auth({
  session: { idleTimeoutSeconds: Number(process.env.IDLE_TIMEOUT_SECONDS ?? 3600) },
})
const home = auth.loginRequired(
  () => new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } }),
)

// #region guide
Bun.serve<{ session: Authenticated<LoginContext> }>({
  port: process.env.PORT ?? 3000,

  async fetch(request, server) {
    if (new URL(request.url).pathname !== '/socket') {
      return auth.respond(request, () => home(request))
    }
    const headers = new Headers()
    const session = await auth.authenticate(request, { responseHeaders: headers })
    if (!session.ok) return auth.toResponse(request, session.error)
    const isUpgraded = server.upgrade(request, { headers, data: { session } })
    return isUpgraded ? undefined : new Response(null, { status: 426 })
  },

  websocket: {
    open(ws) {
      const { session } = ws.data
      session.signal.addEventListener('abort', () => ws.close(4401, 'The session has ended.'))
      ws.send(`Hello, ${session.context.user.name}`)
    },
    message() {},
    close: (ws) => ws.data.session.close(),
  },
})
// #endregion
