// The page at / opens a WebSocket. Run it with `npm run deno`.
import { Auth } from 'identity-web/fetch'
import { html } from './page.js'

const auth = new Auth({
  session: { idleTimeoutSeconds: Number(Deno.env.get('IDLE_TIMEOUT_SECONDS') ?? 3600) },
})
const home = auth.loginRequired(
  () => new Response(html, { headers: { 'content-type': 'text/html; charset=utf-8' } }),
)

// #region guide
Deno.serve({ port: Number(Deno.env.get('PORT') ?? 3000) }, async (request) => {
  if (new URL(request.url).pathname !== '/socket') {
    return auth.respond(request, () => home(request))
  }
  const responseHeaders = new Headers()
  const session = await auth.authenticate(request, { responseHeaders })
  if (!session.ok) return auth.toResponse(request, session.error)

  const { socket, response } = Deno.upgradeWebSocket(request)
  socket.onopen = () => {
    session.signal.addEventListener('abort', () => socket.close(4401, 'The session has ended.'))
    socket.send(`Hello, ${session.context.user.name}`)
  }
  socket.onclose = () => session.close()
  for (const [name, value] of responseHeaders) response.headers.append(name, value)
  return response
})
// #endregion
