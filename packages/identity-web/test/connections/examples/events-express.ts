import type { Express } from 'express'
import type { Auth } from 'identity-web/express'

/** Sends events to signed-in users of an Express application. */
export function sendEvents(app: Express, auth: Auth): void {
  // #region guide
  app.get('/events', async (req, res) => {
    const session = await auth.authenticate(req, { res })
    if (!session.ok) return auth.sendResponse(req, res, session.error)

    res.writeHead(200, { 'content-type': 'text/event-stream' })
    res.write(`data: Hello, ${session.context.user.name}\n\n`)
    session.signal.addEventListener('abort', () => res.end('event: ended\ndata: \n\n'))
  })
  // #endregion
}
