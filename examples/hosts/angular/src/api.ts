import express, { type Express } from 'express'
import { Auth } from 'identity-web/express'
import { sessionView } from './session-view'

// Your application would write to a database. This map is empty after a restart.
const notes = new Map<string, string>()

/** Adds the sign-in and the API to a server, and returns the `Auth`. */
export function addApi(app: Express, basePath: string) {
  const auth = new Auth(app, { browser: { sessionView } })
  const api = express.Router()
  app.use(`${basePath}/api`, api)

  api.get(
    '/me',
    auth.loginRequired((_req, res, { user }) => void res.json({ name: user.name })),
  )
  api.post('/note', auth.loginRequired(), express.json(), async (req, res) => {
    const { sub } = (await auth.getUser(req))!
    notes.set(sub, req.body.note)
    res.json({ note: notes.get(sub) })
  })
  api.get(
    '/graph',
    auth.loginRequired({ scopes: ['User.Read'] }, async (_req, res, { fetch }) => {
      const response = await fetch('/me')
      res.json(await response.json())
    }),
  )
  return auth
}
