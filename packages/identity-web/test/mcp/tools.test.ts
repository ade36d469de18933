import { toNodeHandler } from '@modelcontextprotocol/node'
import {
  createMcpHandler,
  McpServer,
  requireBearerAuth,
  requireScopes,
} from '@modelcontextprotocol/server'
import type { McpAuth } from 'identity-web/express'
import { describe, expect, test as base } from './fixtures.ts'
import type { McpRoutes, McpServer as TestServer } from './mcp-server.ts'
import { callTool, send, serveWith1, serveWith2, toolCall } from './sdk-servers.ts'

/** Calls the tool "write" with a token that has these scopes. */
const test = base.extend(
  'write',
  ({ provider }) =>
    async (server: TestServer, ...scopes: readonly string[]) =>
      callTool(server, 'write', await provider.accessToken({ as: 'alex', scopes })),
)

const VERSIONS = [
  ['1', serveWith1],
  ['2', serveWith2],
] as const

const CONSENT =
  "The user has not consented to the permissions that this server needs at another API: Mail.Read. Signing in again doesn't help. An administrator can consent to these permissions for all users. Then repeat the call."

describe.each(VERSIONS)('tools of the SDK, version %s', (_version, serve) => {
  const requirement = { tools: { write: { scopes: ['Todos.ReadWrite'] } } }

  test('a call without the scope gets a challenge with all scopes before the tool runs', async ({
    openMcp,
    readToken,
  }) => {
    const ran: string[] = []
    const tools = { write: () => String(ran.push('write')), read: () => 'read' }
    const server = await openMcp(serve({ tools, requirement }))

    const refused = await callTool(server, 'write', readToken)
    const read = await callTool(server, 'read', readToken)

    expect(refused.status).toBe(403)
    expect(refused.challenge).toBe(
      `Bearer error="insufficient_scope", error_description="The access token does not have the scope Todos.ReadWrite.", scope="${server.resource}/Todos.Read ${server.resource}/Todos.ReadWrite", resource_metadata="${server.origin}/.well-known/oauth-protected-resource/mcp"`,
    )
    expect(ran).toEqual([])
    expect(read).toMatchObject({ status: 200, text: 'read' })
  })

  test('a call with the scope reaches the tool, which knows the caller', async ({
    write,
    openMcp,
  }) => {
    const tools = {
      write: (extra: object, mcp: McpAuth) => mcp.contextOf(extra).user?.name ?? 'nobody',
    }
    const server = await openMcp(serve({ tools, requirement }))

    const { text } = await write(server, 'Todos.Read', 'Todos.ReadWrite')

    expect(text).toBe('Alex Rivera')
  })

  test('a broader scope is enough', async ({ write, openMcp }) => {
    const scopeImplies = { 'Todos.ReadWrite': ['Todos.Read'] }
    const tools = {
      write: (extra: object, mcp: McpAuth) =>
        mcp.requireScopes(extra, ['Todos.Read']).scopes.join(' '),
    }
    const server = await openMcp(
      serve({ tools, requirement: { tools: { write: { scopes: ['Todos.Read'] } } } }),
      { scopeImplies },
    )

    const { text } = await write(server, 'Todos.ReadWrite')

    expect(text).toBe('Todos.ReadWrite Todos.Read')
  })

  test('a missing role is not a challenge, because the client cannot ask for it', async ({
    openMcp,
    readToken,
  }) => {
    const server = await openMcp(
      serve({
        tools: { admin: () => 'done' },
        requirement: { tools: { admin: { roles: 'Admin' } } },
      }),
    )

    const { status, challenge, text } = await callTool(server, 'admin', readToken)

    expect([status, challenge]).toEqual([403, null])
    expect(text).toContain('access_denied')
  })

  test('mcp.requireScopes fails in the tool and says which scopes are missing', async ({
    write,
    openMcp,
  }) => {
    const tools = {
      write: (extra: object, mcp: McpAuth) =>
        mcp.requireScopes(extra, ['Todos.ReadWrite']).user.name ?? '',
    }
    const server = await openMcp(serve({ tools }))

    const refused = await write(server, 'Todos.Read')
    const allowed = await write(server, 'Todos.Read', 'Todos.ReadWrite')

    expect(refused).toMatchObject({ status: 200, isError: true })
    expect(refused.text).toContain(`${server.resource}/Todos.ReadWrite`)
    expect(allowed.text).toBe('Alex Rivera')
  })

  test('with onBehalfOf, a missing consent is the result of the tool, which does not run', async ({
    openMcp,
    readToken,
  }) => {
    const ran: string[] = []
    const server = await openMcp(
      serve({
        tools: { mail: () => String(ran.push('mail')), me: () => String(ran.push('me')) },
        requirement: {
          tools: { mail: { onBehalfOf: ['Mail.Read'] }, me: { onBehalfOf: 'User.Read' } },
        },
      }),
    )

    const mail = await callTool(server, 'mail', readToken)
    await callTool(server, 'me', readToken)

    expect(mail).toMatchObject({ status: 200, challenge: null, isError: true, text: CONSENT })
    expect(ran).toEqual(['me'])

    // A batch also needs a response to its other messages.
    const batch = await send(server, readToken, [toolCall('mail', 1), toolCall('me', 2)])
    expect([batch.status, batch.challenge, ran]).toEqual([400, null, ['me']])
    expect(JSON.parse(batch.text)).toMatchObject({ error: { message: CONSENT } })
  })

  test('without onBehalfOf, the result of the tool says what the user must do', async ({
    openMcp,
    readToken,
    provider,
  }) => {
    const tools = {
      mail: async (extra: object, mcp: McpAuth) => {
        const { fetch } = mcp.contextOf(extra)
        return (await fetch('/me/messages', { scopes: ['Mail.Read'] })).statusText
      },
      down: async (extra: object, mcp: McpAuth) => {
        const { accessToken } = await mcp.contextOf(extra).getTokenOnBehalfOf('User.Read')
        return accessToken
      },
      unknown: async (extra: object, mcp: McpAuth) =>
        (await mcp.contextOf(extra).api['crm']?.fetch())?.statusText ?? '',
    }
    const server = await openMcp(serve({ tools }))

    const mail = await callTool(server, 'mail', readToken)
    provider.behave({ faults: { token: { kind: 'status', status: 503 } } })
    const down = await callTool(server, 'down', readToken)
    const unknown = await callTool(server, 'unknown', readToken)

    expect(mail).toMatchObject({ status: 200, isError: true })
    expect(mail.text).toBe(CONSENT)
    expect(down).toMatchObject({ isError: true })
    expect(down.text).toBe(
      'The server cannot reach the sign-in service at the moment. Repeat the call later.',
    )
    expect(unknown.text).toContain('context.api.crm is not configured')
  })

  test('a batch is allowed only if each of its calls is', async ({ openMcp, readToken }) => {
    const ran: string[] = []
    const tools = { read: () => String(ran.push('read')), write: () => String(ran.push('write')) }
    const server = await openMcp(serve({ tools, requirement }))

    const { status } = await send(server, readToken, [toolCall('read', 1), toolCall('write', 2)])

    expect([status, ran]).toEqual([403, []])
  })
})

describe('scopeChallenge of the SDK, version 2', () => {
  /** Declares the endpoint of a tool whose scopes the SDK checks. */
  const withChallenge =
    (
      scopeChallengeOf: (mcp: McpAuth, resource: string) => ReturnType<McpAuth['scopeChallenge']>,
      gate: 'guard' | 'verifier' | 'nothing' = 'guard',
    ): McpRoutes =>
    (app, mcp) => {
      const handler = createMcpHandler(({ requestInfo }) => {
        const server = new McpServer({ name: 'test', version: '1.0.0' })
        const scopeChallenge = scopeChallengeOf(mcp, requestInfo?.url ?? '')
        server.registerTool('write', { description: 'A tool.', scopeChallenge }, () => ({
          content: [{ type: 'text', text: 'done' }],
        }))
        return server
      })
      const node = toNodeHandler(handler)
      type NodeRequest = Parameters<typeof node>[0]
      if (gate === 'guard') {
        app.all('/mcp', mcp.authorizationRequired(), (req, res) =>
          node(req as unknown as NodeRequest, res),
        )
      } else if (gate === 'nothing') {
        app.all('/mcp', (req, res) => node(req as unknown as NodeRequest, res))
      } else {
        const bearer = requireBearerAuth({ verifier: mcp.verifier })
        app.all('/mcp', async (req, res) => {
          const { authorization = '' } = req.headers
          const auth = await bearer(
            new Request('http://localhost/', { headers: { authorization } }),
          )
          if (auth instanceof Response) return void res.sendStatus(auth.status)
          return node(Object.assign(req, { auth }), res)
        })
      }
    }

  test.for([
    ['the guard', 'guard'],
    ['requireBearerAuth of the SDK with mcp.verifier', 'verifier'],
  ] as const)('behind %s, the client gets all scopes', async ([, gate], { write, openMcp }) => {
    const server = await openMcp(
      withChallenge((mcp) => mcp.scopeChallenge(['Todos.ReadWrite']), gate),
    )

    const refused = await write(server, 'Todos.Read')
    const allowed = await write(server, 'Todos.Read', 'Todos.ReadWrite')

    expect(refused.status).toBe(403)
    expect(refused.challenge).toContain(
      `scope="${server.resource}/Todos.Read ${server.resource}/Todos.ReadWrite", resource_metadata="${server.origin}/.well-known/oauth-protected-resource/mcp"`,
    )
    expect(allowed).toMatchObject({ status: 200, text: 'done' })
  })

  test('requireScopes of the SDK compares full names', async ({ write, openMcp }) => {
    const server = await openMcp(
      withChallenge((_mcp, url) => requireScopes(`${url}/Todos.ReadWrite`) as never),
    )

    const refused = await write(server, 'Todos.Read')
    const allowed = await write(server, 'Todos.Read', 'Todos.ReadWrite')

    expect([refused.status, allowed.text]).toEqual([403, 'done'])
  })

  test('knows the roles of the user', async ({ write, openMcp, provider }) => {
    const server = await openMcp(
      withChallenge((mcp) => mcp.scopeChallenge({ roles: ['Todos.Admin'] })),
    )

    const refused = await write(server, 'Todos.Read')
    const allowed = await callTool(
      server,
      'write',
      await provider.accessToken({ as: 'sam', scopes: ['Todos.Read'] }),
    )

    expect(refused.status).toBe(403)
    expect(refused.challenge).toContain('The user needs the role Todos.Admin.')
    expect(allowed.text).toBe('done')
  })

  test('does not add .default to the scopes of a client whose user lacks a role', async ({
    write,
    openMcp,
  }) => {
    for (const [gate, scope] of [
      ['guard', 'Todos.Read'],
      ['nothing', 'openid'],
    ] as const) {
      const server = await openMcp(
        withChallenge((mcp) => mcp.scopeChallenge({ roles: ['Todos.Admin'] }), gate),
        { scopes: undefined },
      )

      const { challenge } = await write(server, 'Todos.Read')

      const full = gate === 'guard' ? `${server.resource}/${scope}` : scope
      expect(challenge).toContain(`scope="${full}"`)
    }
  })

  test('does not run the tool without a guard', async ({ write, openMcp }) => {
    const server = await openMcp(
      withChallenge((mcp) => mcp.scopeChallenge(['Todos.ReadWrite']), 'nothing'),
    )

    for (let time = 0; time < 2; time++) {
      const { status, text, challenge } = await write(server, 'Todos.Read', 'Todos.ReadWrite')

      expect(status).toBe(403)
      expect(text).not.toContain('done')
      expect(challenge).toContain(
        `error="insufficient_scope", error_description="The server has not accepted an access token for this request.", scope="${server.resource}/Todos.Read ${server.resource}/Todos.ReadWrite"`,
      )
    }
    expect(server.logs).toEqual([
      expect.stringContaining('Guard the endpoint with mcp.authorizationRequired()'),
    ])
  })
})

test.for([
  ['tools without a requirement', { tools: { write: undefined } }],
  ['tools with an empty requirement of scopes', { tools: { write: { scopes: [] } } }],
  ['a list of tools', { tools: ['write'] }],
  ['no tools', { tools: undefined }],
  ['an unknown option of a tool', { tools: { write: { scope: ['Todos.Read'] } } }],
  ['onBehalfOf without scopes', { tools: { write: { onBehalfOf: [] } } }],
  [
    'scopes of another Application ID URI',
    { tools: { write: { scopes: ['api://x/Todos.Read'] } } },
  ],
] as const)('rejects %s when the route is declared', async ([, requirement], { openMcp }) => {
  const { mcp } = await openMcp(() => undefined)

  expect(() => mcp.authorizationRequired(requirement as never)).toThrow(
    expect.objectContaining({ code: 'configuration' }),
  )
})
