import { createMcpHandler } from 'mcp-handler'
import { McpAuth as FetchMcpAuth, type McpAuthOptions } from 'identity-web/fetch'
import { McpAuth as HonoMcpAuth } from 'identity-web/hono'
import type { DevProvider } from 'identity-web-dev'
import { Hono } from 'hono'
import { onTestFinished } from 'vitest'
import { describe, expect, test } from '../../packages/identity-web/test/support/fixtures.ts'
import { send, toolCall, type ToolReply } from '../../packages/identity-web/test/mcp/sdk-servers.ts'

// mcp-handler of Vercel calls the SDK itself, and reads the caller from `request.auth`.

const RESOURCE = 'https://office.example/mcp'

type Handler = (request: Request) => Promise<Response> | Response

/** Guards the handler in each framework whose requests are of the class `Request`. */
const FRAMEWORKS = {
  fetch(options: McpAuthOptions) {
    const mcp = new FetchMcpAuth(options)
    return { mcp, guard: (handler: Handler): Handler => mcp.authorizationRequired(handler) }
  },
  hono(options: McpAuthOptions) {
    const app = new Hono()
    const mcp = new HonoMcpAuth(app, options)
    const guard = (handler: Handler): Handler => {
      app.all(
        '/mcp',
        mcp.authorizationRequired((c) => handler(c.req.raw)),
      )
      return (request) => app.fetch(request)
    }
    return { mcp, guard }
  },
} as const

interface Endpoint {
  readonly logs: string[]
  call(tool: string, token?: string): Promise<ToolReply>
}

/** Creates the endpoint of two tools: `mine` for every caller, and `write`, which needs another scope. */
function createEndpoint(
  provider: DevProvider,
  framework: keyof typeof FRAMEWORKS,
  hasGuard = true,
): Endpoint {
  const logs: string[] = []
  const options: McpAuthOptions = {
    authority: provider.authority(),
    clientId: provider.api.clientId,
    resource: RESOURCE,
    scopes: ['Todos.Read'],
    logger: false,
    onEvent: ({ message }) => void logs.push(message),
  }
  const { mcp, guard } = FRAMEWORKS[framework](options)
  onTestFinished(() => mcp.close())
  const handler = createMcpHandler((server) => {
    const text = (value: string | undefined) => ({
      content: [{ type: 'text' as const, text: value ?? '' }],
    })
    server.registerTool('mine', { description: 'A tool.' }, (ctx) =>
      text(mcp.contextOf(ctx).user?.oid),
    )
    const scopeChallenge = mcp.scopeChallenge(['Todos.ReadWrite'])
    server.registerTool('write', { description: 'A tool.', scopeChallenge }, () => text('written'))
  })
  const endpoint = hasGuard ? guard(handler) : handler
  return {
    logs,
    call: (tool, token = '') =>
      send(
        {
          call: (_path, bearer, init) => {
            const headers = new Headers(init?.headers)
            headers.set('host', 'office.example')
            if (bearer !== '') headers.set('authorization', `Bearer ${bearer}`)
            return Promise.resolve(endpoint(new Request(RESOURCE, { ...init, headers })))
          },
        },
        token,
        toolCall(tool),
      ),
  }
}

describe.for(Object.keys(FRAMEWORKS) as (keyof typeof FRAMEWORKS)[])(
  'mcp-handler behind a guard of identity-web/%s',
  (framework) => {
    test('passes the caller on to tools', async ({ provider }) => {
      const { call } = createEndpoint(provider, framework)
      const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })

      expect(await call('mine', token)).toMatchObject({
        status: 200,
        text: provider.user('alex').oid,
      })
      expect((await call('mine')).status).toBe(401)
      expect((await call('mine', `${token}x`)).status).toBe(401)
    })

    test('sends the challenge of a tool that needs another scope', async ({ provider }) => {
      const { call } = createEndpoint(provider, framework)
      const lacking = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
      const scopes = ['Todos.Read', 'Todos.ReadWrite']
      const token = await provider.accessToken({ as: 'alex', scopes })

      const rejected = await call('write', lacking)

      expect(rejected.status).toBe(403)
      expect(rejected.challenge).toContain(
        `scope="${RESOURCE}/Todos.Read ${RESOURCE}/Todos.ReadWrite", resource_metadata="https://office.example/.well-known/oauth-protected-resource/mcp"`,
      )
      expect(await call('write', token)).toMatchObject({ status: 200, text: 'written' })
    })

    test('runs no tool without the guard, and the log says so', async ({ provider }) => {
      const { call, logs } = createEndpoint(provider, framework, false)
      const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })

      const mine = await call('mine', token)
      const write = await call('write', token)

      expect(mine).toMatchObject({
        isError: true,
        text: expect.stringContaining('a guard of McpAuth has not accepted a token'),
      })
      expect(write.status).toBe(403)
      expect(write.text).not.toContain('written')
      expect(logs.join('\n')).toContain('Guard the endpoint with mcp.authorizationRequired()')
    })
  },
)
