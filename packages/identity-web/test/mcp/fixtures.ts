import type { McpAuthOptions as McpOptions } from 'identity-web/express'
import { McpAuth, type McpAuthOptions } from 'identity-web/fetch'
import { test as base } from '../support/fixtures.ts'
import { startMcpServer, type McpRoutes } from './mcp-server.ts'

/** Vitest's `test` with MCP servers. */
export const test = base
  /** A user's access token with the scope Todos.Read. */
  .extend('readToken', ({ provider }) =>
    provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] }),
  )
  /** Starts an Express server with these routes. */
  .extend('openMcp', ({ provider, clock }) => (routes?: McpRoutes, options: McpOptions = {}) => {
    return startMcpServer(provider, { now: clock.now, ...options }, routes)
  })
  /** Returns an `McpAuth` for `Request` and `Response`. */
  .extend('fetchMcp', ({ provider, clock }) => (options: McpAuthOptions = {}) => {
    return new McpAuth({
      authority: provider.authority(),
      clientId: provider.api.clientId,
      resource: 'http://localhost/mcp',
      now: clock.now,
      logger: false,
      ...options,
    })
  })

export { describe, expect } from '../support/fixtures.ts'
