import { toNodeHandler } from '@modelcontextprotocol/node'
import { McpServer as McpServer1 } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js'
import { createMcpHandler, McpServer as McpServer2 } from '@modelcontextprotocol/server'
import express from 'express'
import type { McpAuth, McpRequirement, ToolExtra } from 'identity-web/express'
import type { McpRoutes, McpServer } from './mcp-server.ts'

/** A tool without arguments. It returns a string. */
export type TestTool = (extra: ToolExtra, mcp: McpAuth) => string | Promise<string>

/** The endpoint of a test. */
interface Endpoint {
  readonly tools: Readonly<Record<string, TestTool>>
  readonly requirement?: McpRequirement
}

/** Declares the endpoint with a version of the official SDK. */
export type ServeWith = (endpoint: Endpoint) => McpRoutes

/** Version 1 of the SDK, with a server for each request. */
export const serveWith1: ServeWith =
  ({ tools, requirement = {} }) =>
  (app, mcp) => {
    // The parser finds that the guard has read the body.
    app.all('/mcp', mcp.authorizationRequired(requirement), express.json(), async (req, res) => {
      const server = new McpServer1({ name: 'test', version: '1.0.0' })
      for (const [name, tool] of Object.entries(tools)) {
        server.registerTool(name, { description: 'A tool.' }, async (extra) => ({
          content: [{ type: 'text', text: await tool(extra as ToolExtra, mcp) }],
        }))
      }
      const transport = new StreamableHTTPServerTransport({ enableJsonResponse: true })
      await server.connect(transport)
      await transport.handleRequest(
        req as unknown as Parameters<typeof transport.handleRequest>[0],
        res,
        req.body,
      )
    })
  }

/** Version 2 of the SDK. */
export const serveWith2: ServeWith =
  ({ tools, requirement = {} }) =>
  (app, mcp) => {
    const handler = toNodeHandler(
      createMcpHandler(() => {
        const server = new McpServer2({ name: 'test', version: '1.0.0' })
        for (const [name, tool] of Object.entries(tools)) {
          server.registerTool(name, { description: 'A tool.' }, async (ctx) => ({
            content: [{ type: 'text', text: await tool(ctx, mcp) }],
          }))
        }
        return server
      }),
    )
    app.all('/mcp', mcp.authorizationRequired(requirement), (req, res) =>
      handler(req as unknown as Parameters<typeof handler>[0], res, req.body),
    )
  }

/** The result of a tool call. */
export interface ToolReply {
  readonly status: number
  readonly challenge: string | null
  /** The text of the tool, or the body of the response. */
  readonly text: string
  readonly isError: boolean
}

/** Calls a tool as clients of the revision 2025-11-25 do. */
export async function callTool(
  { call }: Pick<McpServer, 'call'>,
  name: string,
  token: string,
): Promise<ToolReply> {
  return send({ call }, token, toolCall(name))
}

export const toolCall = (name: unknown, id = 1): object => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: {} },
})

/** Sends a body to the endpoint. */
export async function send(
  { call }: Pick<McpServer, 'call'>,
  token: string,
  body: object | string,
  headers: Readonly<Record<string, string>> = {},
): Promise<ToolReply> {
  const response = await call('/mcp', token, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'mcp-protocol-version': '2025-11-25',
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
  const sent = await response.text()
  const json = (/^data: (\{.*)$/m.exec(sent)?.[1] ?? sent) || '{}'
  const { result } = JSON.parse(json) as {
    result?: { isError?: boolean; content?: { text: string }[] }
  }
  return {
    status: response.status,
    challenge: response.headers.get('www-authenticate'),
    text: result?.content?.[0]?.text ?? sent,
    isError: result?.isError === true,
  }
}
