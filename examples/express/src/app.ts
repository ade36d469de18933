import express from 'express'
import { memoryStore } from 'identity-web'
import { deviceCode } from 'identity-web/device-code'
import { Auth } from 'identity-web/express'
import { claimsPage, apiPage } from '../../pages.ts'
import { addDevices } from './devices.ts'

// The environment contains all settings of the sign-in: IDENTITY_AUTHORITY (or IDENTITY_OIDC_AUTHORITY, IDENTITY_B2C_…),
// IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET, IDENTITY_REDIRECT_URI, IDENTITY_SESSION_SECRET. See README.md.
const app = express()
// Only a store can list the sessions of a user. In production, use redisStore() of identity-web/redis, for example.
const store = process.env['SESSION_STORE'] === 'memory' ? memoryStore() : undefined
const auth = new Auth(app, {
  // The sign-in does not request scopes. The page /call_api requests the consent to IDENTITY_SCOPE when it is needed.
  scopes: [],
  signIn: process.env['SIGN_IN'] === 'device-code' ? deviceCode() : undefined,
  session: { store },
})
if (store !== undefined) addDevices(app, auth)

app.get(
  '/',
  auth.loginRequired(async (req, res, { claims }) => {
    const links = {
      callApi: process.env['IDENTITY_SCOPE'] ? '/call_api' : undefined,
      // Only Azure AD B2C allows users to edit their profile.
      editProfile: await auth.getEditProfileUrl(req),
      devices: store && '/devices',
      signOut: auth.paths.logout,
    }
    res.send(claimsPage(claims, links))
  }),
)

app.get(
  '/call_api',
  auth.loginRequired(
    { scopes: process.env['IDENTITY_SCOPE'] || 'User.Read' },
    async (_req, res, context) => {
      // Without API_URL, it calls Microsoft Graph.
      const response = await context.fetch(process.env['API_URL'] || '/me')
      res.send(await apiPage(context.claims, auth.paths.logout, response))
    },
  ),
)

const port = Number(process.env['PORT'] ?? 3000)
app.listen(port, (error) => {
  if (error) throw error
  console.log(`The example listens at http://localhost:${port}`)
})
