const { promisify } = require('node:util')
const express = require('express')
const { Auth } = require('identity-web/express')
const pages = require('./pages')
const users = require('./users')

const app = express()
const auth = new Auth(app, {
  basePath: '',
  scopes: ['User.Read'],
  async onLogin(claims, { request }) {
    const known = await promisify(users.findByOid)(claims.oid)
    // Auto-registration
    return (
      known ??
      promisify(users.save)({
        oid: claims.oid,
        displayName: claims.name,
        upn: claims.preferred_username,
        language: request.header('accept-language'),
      })
    )
  },
})

app.get('/', async (req, res) => res.send(pages.home(await auth.getUser(req), auth.paths)))

app.get(
  '/account',
  auth.loginRequired((req, res, { user }) => res.send(pages.account(user, auth.paths))),
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
