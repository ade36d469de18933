// A process in which version 1.25.2 of the official SDK of MCP serves requests. At the first one, its @hono/node-server 1
// replaces the global Response by a subclass. The argument contains the settings.
import { createServer } from 'node:http'
import express from 'express'
import { ApiAuth, McpAuth } from 'identity-web/express'
import { McpServer } from 'mcp-sdk-1-25/server/mcp.js'
import { StreamableHTTPServerTransport } from 'mcp-sdk-1-25/server/streamableHttp.js'
import { listen } from '../support/server.ts'

export interface Sdk125Settings {
  readonly authority: string
  readonly clientId: string
  readonly audience: string
}

const settings = JSON.parse(process.argv[2] ?? '') as Sdk125Settings
const native = globalThis.Response
const app = express()
const origin = await listen(createServer(app))

const api = new ApiAuth(app, { ...settings, logger: false })
const { audience: _uri, ...registration } = settings
const mcp = new McpAuth(app, {
  ...registration,
  resource: `${origin}/mcp`,
  scopes: ['Todos.Read'],
  logger: false,
})

const requirement = { scopes: ['Todos.Read'] }
app.get('/replaced', (_req, res) => void res.json(globalThis.Response !== native))
app.get(
  '/handler',
  api.authorizationRequired(requirement, (_req, res, { user }) => void res.json(user.oid)),
)
app.get('/middleware', api.authorizationRequired(requirement), (req, res) => {
  res.json(api.contextOf(req).user?.oid)
})
app.get('/authenticate', async (req, res) => {
  const caller = await api.authenticate(req, requirement)
  if (caller.ok) res.json(caller.context.user.oid)
  else res.sendStatus(caller.status)
})
app.all('/mcp', mcp.authorizationRequired(), async (req, res) => {
  const server = new McpServer({ name: 'test', version: '1.0.0' })
  server.registerTool('write', { description: 'A tool.' }, (extra) => ({
    content: [{ type: 'text', text: mcp.contextOf(extra).user?.oid ?? '' }],
  }))
  const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
  await server.connect(transport as unknown as Parameters<typeof server.connect>[0])
  await transport.handleRequest(
    req as unknown as Parameters<typeof transport.handleRequest>[0],
    res,
  )
})
process.send?.(origin)
process.on('disconnect', () => process.exit())
