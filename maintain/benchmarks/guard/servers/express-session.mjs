import session from 'express-session'
import { sendPage, serve } from '../../server/serve.mjs'
import { SESSION_SECRET } from '../settings.mjs'
import { startExpressStore } from './express-store.mjs'

serve(async (app, { claims, keptIn }) => {
  const store = await startExpressStore(keptIn, 'express-session:')
  app.use(session({ store, secret: SESSION_SECRET, resave: false, saveUninitialized: false }))
  app.get('/sign-in', (req, res) => {
    req.session.user = claims
    res.redirect('/')
  })
  app.get('/', (req, res) => {
    if (req.session.user === undefined) res.sendStatus(401)
    else sendPage(res, req.session.user.name)
  })
})
