import { randomUUID } from 'node:crypto'
import express, { type Request, type Response } from 'express'
import { Connection, type Outcome } from './connection.ts'
import { officePage, type Result } from './pages.ts'

// A small MCP client with a web page, for the demo. An assistant calls the tools in the same way.
const port = Number(process.env['PORT'] ?? 3001)
const origin = `http://localhost:${port}`
const settings = {
  server: new URL(process.env['MCP_SERVER'] ?? 'http://localhost:3000/mcp'),
  clientId: process.env['MCP_CLIENT_ID'] ?? '',
  redirectUrl: `${origin}/callback`,
}

const COOKIE = 'office_assistant'
const connections = new Map<string, Connection>()
const results = new WeakMap<Connection, Result>()
const app = express()

app.get('/', (req, res) => {
  const connection = connectionOf(req, res)
  res.send(officePage({ scopes: connection.scopes, ...results.get(connection) }))
})

app.post('/call', express.urlencoded(), async (req, res) => {
  // A page of another site could send this form too.
  if (req.headers.origin !== origin) {
    res.sendStatus(403)
    return
  }
  const { tool = '', ...args } = req.body as Record<string, string>
  const connection = connectionOf(req, res)
  await show(res, connection, () => connection.call({ name: tool, arguments: args }))
})

app.get('/callback', async (req, res) => {
  const connection = connectionOf(req, res)
  await show(res, connection, () => connection.finish(new URL(req.url, origin).searchParams))
})

app.listen(port, 'localhost', (error) => {
  if (error) throw error
  console.log(`Open ${origin}`)
})

/** Sends the browser to the provider, or to the page with the result, whose URL does not contain the code of a sign-in. */
async function show(
  res: Response,
  connection: Connection,
  act: () => Promise<Outcome>,
): Promise<void> {
  try {
    const outcome = await act()
    if (outcome instanceof URL) {
      res.redirect(303, outcome.href)
      return
    }
    results.set(connection, { outcome })
  } catch (error) {
    results.set(connection, { problem: error instanceof Error ? error.message : String(error) })
  }
  res.redirect(303, '/')
}

function connectionOf(req: Request, res: Response): Connection {
  const id = new RegExp(`(?:^|; )${COOKIE}=([\\w-]+)`).exec(req.headers.cookie ?? '')?.[1]
  const known = id === undefined ? undefined : connections.get(id)
  if (known !== undefined) return known
  const connection = new Connection(settings)
  const created = randomUUID()
  connections.set(created, connection)
  res.cookie(COOKIE, created, { httpOnly: true, sameSite: 'lax' })
  return connection
}
