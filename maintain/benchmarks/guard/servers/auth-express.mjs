import { getSession } from '@auth/express'
import { SESSION_SECRET } from '../settings.mjs'
import { sendPage, serve } from '../../server/serve.mjs'

// The guard of its documentation: getSession in a middleware, next() if there is one.
serve((app) => {
  const config = {
    secret: SESSION_SECRET,
    trustHost: true,
    basePath: '/auth',
    providers: [],
    callbacks: { session: ({ session, token }) => ({ ...session, user: token.claims }) },
  }
  app.get(
    '/',
    async (req, res, next) => {
      res.locals.session = await getSession(req, config)
      if (res.locals.session) next()
      else res.sendStatus(401)
    },
    (_req, res) => sendPage(res, res.locals.session.user.name),
  )
})
