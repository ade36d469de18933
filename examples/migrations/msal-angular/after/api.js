import express from 'express'
import { createRemoteJWKSet, jwtVerify } from 'jose'

const { AUTHORITY, API_CLIENT_ID, PORT = 3001 } = process.env
const keys = createRemoteJWKSet(new URL(`${AUTHORITY}/discovery/v2.0/keys`))
/** The todos of each user. Your application would write them to a database. */
const todos = new Map()

async function requireScope(req, res, next) {
  const token = req.headers.authorization?.replace(/^Bearer /, '') ?? ''
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: `${AUTHORITY}/v2.0`,
      audience: API_CLIENT_ID,
    })
    if (!payload.scp?.split(' ').includes('Todos.ReadWrite')) return res.sendStatus(403)
    req.user = payload.oid
    next()
  } catch {
    res.sendStatus(401)
  }
}

const app = express()
app.use('/todos', requireScope, express.json())
app.get('/todos', (req, res) => res.json(todos.get(req.user) ?? []))
app.post('/todos', (req, res) => {
  todos.set(req.user, [...(todos.get(req.user) ?? []), req.body.title])
  res.status(201).json({ title: req.body.title })
})
app.listen(PORT)
