import { startMcpServer } from '../mcp/mcp-server.ts'
import { callTool, send, serveWith1, serveWith2, toolCall } from '../mcp/sdk-servers.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'

// An attacker has a token for the server, but not the scope of the tool `admin`. The tool must not run.

const SERVERS = [
  ['1', serveWith1],
  ['2', serveWith2],
] as const

describe.each(SERVERS)('a tool of the SDK, version %s,', (_version, serve) => {
  const test = base
    .extend('ran', (): string[] => [])
    .extend('server', ({ clock, provider, ran }) => {
      const tools = {
        admin: () => String(ran.push('admin')),
        open: () => String(ran.push('open')),
      }
      const requirement = { tools: { admin: { scopes: ['Todos.ReadWrite'] } } }
      return startMcpServer(provider, { now: clock.now }, serve({ tools, requirement }))
    })
    .extend('attack', async ({ provider, server }) => {
      const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
      return (body: object | string, headers?: Readonly<Record<string, string>>) =>
        send(server, token, body, headers)
    })

  const admin = JSON.stringify(toolCall('admin'))

  test.for([
    ['a header that names another tool', admin, { 'mcp-name': 'open' }, 400],
    ['a header that names another method', admin, { 'mcp-method': 'tools/list' }, 400],
    ['a name that is given twice', admin.replace('"name"', '"name":"open","name"'), {}, 403],
    [
      'a name that is given twice, in the other order',
      JSON.stringify(toolCall('open')).replace('"name":"open"', '"name":"open","name":"admin"'),
      {},
      403,
    ],
    ['parameters that are given twice', admin.replace('"params"', '"params":{},"params"'), {}, 403],
    ['an escaped name', admin.replace('"admin"', String.raw`"\u0061dmin"`), {}, 403],
    ['a name in a list', JSON.stringify(toolCall(['admin'])), {}, 400],
    [
      'a batch that starts with an open tool',
      `[${JSON.stringify(toolCall('open'))},${admin}]`,
      {},
      403,
    ],
    ['a batch in a batch', `[[${admin}]]`, {}, 400],
    [
      'a batch that is too long',
      `[${Array.from({ length: 101 }, () => admin).join(',')}]`,
      {},
      400,
    ],
    ['a byte order mark', `\uFEFF${admin}`, {}, 403],
    ['another content type', admin, { 'content-type': 'text/plain' }, 403],
    ['a compressed body', admin, { 'content-encoding': 'gzip' }, 403],
    ['JSON that is cut off', admin.slice(0, -1), {}, 400],
    ['an empty body', '', {}, 400],
    ['a body that is too large', `${admin}${' '.repeat(4 * 1024 * 1024)}`, {}, 413],
  ] as const)('does not run for %s', async ([, body, headers, status], { attack, ran }) => {
    const reply = await attack(body, headers)

    expect([reply.status, ran]).toEqual([status, []])
  })

  test.for(['constructor', 'toString', '__proto__', 'Admin', 'admin '])(
    'does not run by the name %s',
    async (name, { attack, ran }) => {
      const { status } = await attack(toolCall(name))

      // The SDK responds to an unknown tool.
      expect([status, ran]).toEqual([200, []])
    },
  )

  test('does not run for a token that has expired', async ({ clock, provider, ran, server }) => {
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
    clock.advance(2 * 3600)

    const { status, challenge } = await callTool(server, 'admin', token)

    // Expired before insufficient, because more scopes would not help.
    expect([status, challenge?.includes('invalid_token'), ran]).toEqual([401, true, []])
  })

  test('does not make the server read the body of a stranger', async ({ server }) => {
    const body = new ReadableStream({
      // It never ends.
      pull: (controller) => controller.enqueue(new TextEncoder().encode(' '.repeat(1024))),
    })

    const init: RequestInit & { duplex: 'half' } = { method: 'POST', body, duplex: 'half' }
    const response = await server.call('/mcp', 'x', init)

    expect(response.status).toBe(401)
  })
})
