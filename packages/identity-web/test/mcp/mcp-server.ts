import { createServer } from 'node:http'
import express, { type Express } from 'express'
import { McpAuth, type McpAuthOptions } from 'identity-web/express'
import type { DevProvider } from 'identity-web-dev'
import { onTestFinished } from 'vitest'
import { givenOnly } from '../support/given.ts'
import { close, listen, PATIENT_SECONDS } from '../support/site.ts'

/** An Express application with an `McpAuth`, for one test. */
export interface McpServer {
  readonly origin: string
  /** The URL of the endpoint. */
  readonly resource: string
  readonly app: Express
  readonly mcp: McpAuth
  /** Every log line. */
  readonly logs: string[]
  /** Sends a request to a path, with a bearer token or without. */
  call(path: string, token?: string, init?: RequestInit): Promise<Response>
}

/** Declares the routes of a server. */
export type McpRoutes = (app: Express, mcp: McpAuth) => void

/** Sends the caller as the official SDK reads it. */
const whoRoute: McpRoutes = (app, mcp) => {
  app.all('/mcp', mcp.authorizationRequired(), (req, res) => {
    const { authInfo, user } = mcp.contextOf(req)
    res.json({
      user: user?.oid,
      scopes: authInfo.scopes,
      isAuth: Object.is(Reflect.get(req, 'auth'), authInfo),
    })
  })
}

/**
 * Starts an MCP server for the app registration "Todos" of the provider, at `/mcp`.
 *
 * @param options - Options of `McpAuth`, or a function that returns them for the origin. Those of the provider are set.
 */
export async function startMcpServer(
  provider: DevProvider,
  options: McpAuthOptions | ((origin: string) => McpAuthOptions) = {},
  routes: McpRoutes = whoRoute,
): Promise<McpServer> {
  const app = express()
  const server = createServer(app)
  const origin = await listen(server)
  onTestFinished(() => close(server))
  const resource = `${origin}/mcp`
  const logs: string[] = []
  const mcp = new McpAuth(
    app,
    givenOnly<McpAuthOptions>({
      authority: provider.authority(),
      clientId: provider.api.clientId,
      ...(provider.api.clientSecret !== undefined && {
        clientCredential: provider.api.clientSecret,
      }),
      resource,
      scopes: ['Todos.Read'],
      // Not a logger, because that counts repetitions.
      logger: false,
      onEvent: ({ message, ...details }) => void logs.push(`${message} ${JSON.stringify(details)}`),
      timeoutSeconds: PATIENT_SECONDS,
      ...(typeof options === 'function' ? options(origin) : options),
    }),
  )
  // Another server of this process can get the port, and has the root of its origin then.
  onTestFinished(() => mcp.close())
  routes(app, mcp)
  return {
    origin,
    resource,
    app,
    mcp,
    logs,
    call(path, token, init = {}) {
      const headers = new Headers(init.headers)
      if (token !== undefined) headers.set('authorization', `Bearer ${token}`)
      return fetch(origin + path, { redirect: 'manual', ...init, headers })
    },
  }
}
