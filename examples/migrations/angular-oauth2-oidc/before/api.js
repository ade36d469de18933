import cors from 'cors'
import express from 'express'
import { createRemoteJWKSet, jwtVerify } from 'jose'

const { ISSUER, AUDIENCE, APP_ORIGIN, PORT = 3001 } = process.env
const discovery = await fetch(`${ISSUER}/.well-known/openid-configuration`)
const keys = createRemoteJWKSet(new URL((await discovery.json()).jwks_uri))
/** The todos of each user. Your application would write them to a database. */
const todos = new Map()

async function requireScope(req, res, next) {
  const token = req.headers.authorization?.replace(/^Bearer /, '') ?? ''
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: ISSUER,
      audience: AUDIENCE,
    })
    if (!payload.scope?.split(' ').includes('todos')) return res.sendStatus(403)
    req.user = payload.sub
    next()
  } catch {
    res.sendStatus(401)
  }
}

const app = express()
// The browser calls the API from another origin.
app.use(cors({ origin: APP_ORIGIN }))
app.use('/todos', requireScope, express.json())
app.get('/todos', (req, res) => res.json(todos.get(req.user) ?? []))
app.post('/todos', (req, res) => {
  todos.set(req.user, [...(todos.get(req.user) ?? []), req.body.title])
  res.status(201).json({ title: req.body.title })
})
app.listen(PORT)
