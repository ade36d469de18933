import express from 'express'
import { Auth } from 'identity-web/express'

// compose.yaml sets the IDENTITY_ variables.
const app = express()
const auth = new Auth(app)

app.get(
  '/',
  auth.loginRequired({ scopes: ['User.Read'] }, async (_req, res, context) => {
    const me = await (await context.fetch('/me')).json()
    res.type('text').send(`Hello, ${context.user.name} (${me.userPrincipalName})`)
  }),
)

app.listen(3000, (error) => {
  if (error) throw error
  console.log('Open http://localhost:3000')
})
