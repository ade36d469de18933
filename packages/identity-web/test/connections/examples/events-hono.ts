import type { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Auth } from 'identity-web/hono'

/** Sends events to signed-in users of a Hono application. */
export function sendEvents(app: Hono, auth: Auth): void {
  // #region guide
  app.get('/events', async (c) => {
    const responseHeaders = new Headers()
    const session = await auth.authenticate(c, { responseHeaders })
    if (!session.ok) return auth.toResponse(c, session.error)

    const response = streamSSE(c, async (stream) => {
      const ended = new Promise((resolve) => {
        session.signal.addEventListener('abort', resolve)
        stream.onAbort(() => resolve(session.close()))
      })
      await stream.writeSSE({ data: `Hello, ${session.context.user.name}` })
      await ended
      await stream.writeSSE({ event: 'ended', data: '' })
    })
    // After streamSSE, because it replaces some headers of the context.
    for (const [name, value] of responseHeaders) response.headers.append(name, value)
    return response
  })
  // #endregion
}
