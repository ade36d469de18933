import express from 'express'
import { Auth } from 'identity-web/express'
import { createTable, postgresStore } from 'identity-web/postgres'
import { Pool } from 'pg'

// Only compose.postgres.yaml sets DATABASE_URL. Without it, the sessions are in cookies.
const { DATABASE_URL } = process.env
const pool = DATABASE_URL
  ? new Pool({
      connectionString: DATABASE_URL,
      max: 5,
      connectionTimeoutMillis: 500,
      query_timeout: 500,
    })
  : undefined
if (pool) await createTable(pool)

// compose.yaml sets the IDENTITY_ variables.
const app = express()
const auth = new Auth(app, pool ? { session: { store: postgresStore(pool) } } : {})

app.get(
  '/',
  auth.loginRequired({ scopes: ['User.Read'] }, async (_req, res, context) => {
    const me = await (await context.fetch('/me')).json()
    res.type('text').send(`Hello, ${context.user.name} (${me.userPrincipalName})`)
  }),
)

const server = app.listen(3000, (error) => {
  if (error) throw error
  console.log('Open http://localhost:3000')
})

// The first process of a container ignores this signal otherwise, so `docker compose down` would wait.
process.once('SIGTERM', () =>
  server.close(() => {
    auth.close()
    void pool?.end()
  }),
)
