// The application that `browser` signs in to. It receives its settings from the process that measures.
import { once } from 'node:events'
import express from 'express'
import { Auth } from '../../../packages/identity-web/dist/adapters/express/index.js'

const [settings] = await once(process, 'message')
const app = express()
const server = app.listen(0, 'localhost')
await once(server, 'listening')
const origin = `http://localhost:${server.address().port}`
const auth = new Auth(app, { ...settings, redirectUri: `${origin}/redirect`, logger: false })
app.get(
  '/',
  auth.loginRequired((_req, res, { user }) => res.send(user.name)),
)
process.on('disconnect', () => process.exit())
process.send(origin)
