// A web app and an API of Azure AD B2C, with three policies.
const express = require('express')
const { ApiAuth, Auth } = require('identity-web/express')
const { escape } = require('./pages')

const app = express()

const b2c = {
  tenantName: 'fabrikamb2c', // of fabrikamb2c.onmicrosoft.com
  signUpSignInUserFlow: 'B2C_1_susi',
  editProfileUserFlow: 'B2C_1_edit',
  resetPasswordUserFlow: 'B2C_1_reset',
  customDomain: process.env.IDENTITY_B2C_CUSTOM_DOMAIN,
}

const auth = new Auth(app, {
  b2c,
  basePath: '',
  onLogin: ({ sub, name, emails }) => ({ sub, name, email: emails?.[0] }),
})

const api = new ApiAuth({ b2c, clientId: process.env.API_CLIENT_ID })

app.get(
  '/account',
  auth.loginRequired(async (req, res, { user }) => {
    res.send(`Hello, ${escape(user.name)} (${escape(user.email)}).
      <a href="${escape(await auth.getEditProfileUrl(req))}">Edit your profile</a>
      <a href="${auth.paths.logout}">Sign out</a>`)
  }),
)

app.get(
  '/api/todos',
  api.authorizationRequired({ scopes: ['Todos.Read'] }, (req, res, { claims }) => {
    res.json({ owner: claims.sub })
  }),
)

app.get('/', (req, res) => res.send('Welcome'))

app.listen(process.env.PORT || 3000)
