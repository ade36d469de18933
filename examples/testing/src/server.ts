import { startDevProvider } from 'identity-web-dev'

// The server of the Playwright tests: the application and the development provider in one process.
const port = Number(process.env['PORT'] ?? 3000)
const provider = await startDevProvider()
Object.assign(process.env, {
  IDENTITY_AUTHORITY: provider.authority(),
  IDENTITY_CLIENT_ID: provider.app.clientId,
  IDENTITY_CLIENT_SECRET: provider.app.clientSecret,
  IDENTITY_REDIRECT_URI: `http://localhost:${port}/redirect`,
  IDENTITY_SESSION_SECRET: 'a session secret of at least 32 characters',
})
const { createApp } = await import('./app.ts')
const { app } = createApp()
let signIns = 0
// The tests check that an account signs in once.
provider.tamper = { authorizationResponse: (params) => (signIns++, params) }
app.get('/sign-ins', (_req, res) => res.json(signIns))
app.listen(port, 'localhost')
