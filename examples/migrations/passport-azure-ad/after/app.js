const { promisify } = require('node:util')
const express = require('express')
const { Auth } = require('identity-web/express')
const pages = require('./pages')
const users = require('./users')

const findByOid = promisify(users.findByOid)
const save = promisify(users.save)

const app = express()

const auth = new Auth(app, {
  basePath: '',
  scopes: ['User.Read'],
  async onLogin(claims, { request }) {
    if (!claims.oid) throw new Error('No oid found')
    const user = await findByOid(claims.oid)
    if (user) return user
    // Auto-registration
    return save({
      oid: claims.oid,
      displayName: claims.name,
      upn: claims.preferred_username,
      language: request.header('accept-language'),
    })
  },
})

const ensureAuthenticated = [
  auth.loginRequired(),
  (req, res, next) => {
    req.user = auth.contextOf(req).user
    next()
  },
]

app.get('/', async (req, res) => res.send(pages.home(await auth.getUser(req), auth.paths)))

app.get('/account', ensureAuthenticated, (req, res) =>
  res.send(pages.account(req.user, auth.paths)),
)

app.get(
  '/profile',
  auth.loginRequired({ scopes: ['User.Read'] }, async (req, res, context) => {
    const response = await context.fetch('/me')
    if (!response.ok) throw new Error(`Microsoft Graph returned ${response.status}`)
    res.send(pages.profile(await response.json()))
  }),
)

app.listen(process.env.PORT || 3000)
