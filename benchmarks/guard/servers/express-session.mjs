import session from 'express-session'
import { SESSION_SECRET } from '../settings.mjs'
import { sendPage, serve } from '../../server/serve.mjs'

// Its default store, in memory: the least that a session on the server can cost.
serve((app, { claims }) => {
  app.use(session({ secret: SESSION_SECRET, resave: false, saveUninitialized: false }))
  app.get('/sign-in', (req, res) => {
    req.session.user = claims
    res.redirect('/')
  })
  app.get('/', (req, res) => {
    if (req.session.user === undefined) res.sendStatus(401)
    else sendPage(res, req.session.user.name)
  })
})
