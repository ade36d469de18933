import { McpServer, type CallToolResult } from '@modelcontextprotocol/server'
import type { McpAuth } from 'identity-web/express'
import { z } from 'zod'

let closedBecause: string | undefined

/** The MCP server of an office, with three tools. */
export function createOffice(mcp: McpAuth): McpServer {
  const server = new McpServer({ name: 'contoso-office', version: '1.0.0' })

  server.registerTool('office_hours', { description: 'Says whether the office is open.' }, () =>
    text(closedBecause === undefined ? 'Open until 18:00.' : `Closed today: ${closedBecause}`),
  )

  server.registerTool(
    'my_mail',
    { description: 'Lists the newest messages of the user.' },
    async (ctx) => {
      // Microsoft Graph gets another token, on behalf of the user. The token of the client is only for this server.
      const { fetch } = mcp.contextOf(ctx)
      const response = await fetch('/me/messages?$select=subject&$top=3', { scopes: ['Mail.Read'] })
      if (!response.ok) throw new Error(`Microsoft Graph returned status ${response.status}.`)
      const { value } = (await response.json()) as { value: { subject: string }[] }
      return text(value.map(({ subject }) => subject).join('\n'))
    },
  )

  server.registerTool(
    'close_office',
    {
      description: 'Closes the office for today. Only administrators can allow it.',
      inputSchema: z.object({ reason: z.string().max(100) }),
      // Without this scope, the client gets 403 before the tool runs. It then asks the user for the scope (step-up).
      scopeChallenge: mcp.scopeChallenge(['Office.Manage']),
    },
    ({ reason }, ctx) => {
      const { user } = mcp.contextOf(ctx)
      closedBecause = reason
      return text(`${user?.name ?? 'An application'} closed the office: ${reason}`)
    },
  )

  return server
}

function text(value: string): CallToolResult {
  return { content: [{ type: 'text', text: value }] }
}
