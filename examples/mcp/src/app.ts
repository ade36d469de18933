import { toNodeHandler } from '@modelcontextprotocol/node'
import { createMcpHandler } from '@modelcontextprotocol/server'
import express from 'express'
import { McpAuth } from 'identity-web/express'
import { createOffice } from './office.ts'

// The environment contains the settings: IDENTITY_AUTHORITY, IDENTITY_CLIENT_ID, IDENTITY_CLIENT_SECRET and IDENTITY_RESOURCE.
// See README.md.
const app = express()
const mcp = new McpAuth(app, { scopes: ['Tools.Use'] })

// A client needs the scope Tools.Use for every request. The tools themselves can require more.
const handler = toNodeHandler(createMcpHandler(() => createOffice(mcp)))
app.all('/mcp', mcp.authorizationRequired(), (req, res) => handler(req, res))

const port = Number(process.env['PORT'] ?? 3000)
app.listen(port, 'localhost', (error) => {
  if (error) throw error
  console.log(`The MCP server listens at http://localhost:${port}/mcp`)
})
