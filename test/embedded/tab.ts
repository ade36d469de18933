import { createHmac, randomBytes } from 'node:crypto'
import type { Express } from 'express'
import { Auth, type AuthOptions } from 'identity-web/express'

/** Serves an application that another site embeds. */
export function serveTab(app: Express, options: AuthOptions): Auth {
  // #region guide
  const auth = new Auth({
    ...options,
    session: { ...options.session, cookie: { sameSite: 'none', partitioned: true } },
  })

  // The pop-up window passes the response of the provider to the frame, which has the cookie of the sign-in.
  app.get(auth.paths.callback, (req, res) => {
    res.set('Referrer-Policy', 'no-referrer')
    res.sendFile('callback.html', { root: import.meta.dirname })
  })
  auth.initApp(app)

  // The frame starts the sign-in. A pop-up window of Teams or Office must open a page of your own domain first. That page
  // only redirects to URLs that this server signed, because everyone can write a link to it.
  const key = randomBytes(32) // If you have several servers, use one key for all of them.
  const sign = (url: string) => createHmac('sha256', key).update(url).digest('base64url')
  app.post('/sign-in', async (req, res) => {
    const { url } = await auth.startLogin(req)
    res.json({ popup: `/popup?${new URLSearchParams({ url, signature: sign(url) }).toString()}` })
  })
  app.get('/popup', (req, res) => {
    const { url, signature } = req.query
    if (typeof url === 'string' && signature === sign(url)) res.redirect(url)
    else res.sendStatus(400)
  })

  app.get('/tab', (req, res) => {
    res.sendFile('tab.html', { root: import.meta.dirname })
  })
  app.get(
    '/me',
    auth.loginRequired((req, res, { user }) => {
      res.json({ name: user.name })
    }),
  )
  // #endregion
  return auth
}
