import { serve } from '../../server/serve.mjs'

// Two redirects with a cookie, without a sign-in.
serve((app, { authority }) => {
  const send = (location) => (_req, res) => {
    res.set('Set-Cookie', 'bare=1; HttpOnly; SameSite=Lax; Path=/')
    res.redirect(location)
  }
  app.get('/', send(authority))
  app.get('/redirect', send('/'))
})
