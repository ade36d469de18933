import type { DevProvider } from 'identity-web-dev'
import { requestCount } from '../support/attack.ts'
import { describe, expect, test } from '../support/fixtures.ts'
import { sendRaw, type RawResponse } from '../support/raw.ts'
import { startMcpServer, type McpServer } from '../mcp/mcp-server.ts'

// A web page can send requests to a server on the machine of its visitor. If its own domain leads there (DNS rebinding),
// the browser treats the server as the page's own. Only `Host` and `Origin` then show where the page comes from.

const CHAT = 'https://chat.contoso.example'

async function startInProduction(provider: DevProvider): Promise<McpServer> {
  return startMcpServer(provider, {
    environment: 'production',
    resource: 'https://tools.contoso.example/mcp',
    allowedOrigins: [CHAT],
    allowedHosts: ['mcp.internal:8080'],
  })
}

function send(
  { origin }: McpServer,
  headers: readonly string[],
  method = 'POST',
): Promise<RawResponse> {
  return sendRaw(origin, [`${method} /mcp HTTP/1.1`, ...headers])
}

describe('the host of a request to an MCP server', () => {
  test.for([
    'evil.example',
    'evil.example:80',
    'localhost',
    'localhost:3000',
    '[::1]:3000',
    '127.0.0.1.evil.example',
    'tools.contoso.example.evil.example',
    'evil.example#tools.contoso.example',
    'evil@tools.contoso.example',
    'tools.contoso.example, evil.example',
    'tools.contoso.example.',
    'tools.contoso.example:80:80',
    'mcp.internal',
    'mcp.internal:8081',
    '0x7f.1',
    '',
    'x'.repeat(8000),
  ])('is rejected in production: %s', async (host, { provider }) => {
    const server = await startInProduction(provider)
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
    const before = requestCount(provider, 'keys')

    for (const credentials of [[], [`Authorization: Bearer ${token}`]]) {
      const { head, status } = await send(server, [`Host: ${host}`, ...credentials])

      expect([status, head]).toEqual([403, expect.not.stringMatching(/www-authenticate|evil/i)])
    }
    // The token was not looked at.
    expect(requestCount(provider, 'keys')).toBe(before)
    expect(server.logs.join('\n')).toContain('allowedHosts')
    expect(server.logs.join('\n').length).toBeLessThan(4000)
  })

  test.for([
    'mcp.internal:8080',
    'MCP.Internal:8080',
    'tools.contoso.example',
    'tools.contoso.example:8443',
  ])('is accepted: %s', async (host, { provider }) => {
    const server = await startInProduction(provider)

    expect((await send(server, [`Host: ${host}`])).status).toBe(401)
  })

  test('does not come from the headers of a proxy', async ({ provider }) => {
    const server = await startInProduction(provider)

    const { status } = await send(server, [
      'Host: evil.example',
      'X-Forwarded-Host: tools.contoso.example',
      'Forwarded: host=tools.contoso.example',
    ])

    expect(status).toBe(403)
  })
})

describe('the origin of a request to an MCP server', () => {
  test.for([
    'https://evil.example',
    'null',
    '*',
    '',
    'http://localhost:6274',
    'http://127.0.0.1:6274',
    `${CHAT}.evil.example`,
    `${CHAT}:443`,
    `${CHAT}/`,
    `${CHAT}, https://evil.example`,
    `https://evil.example ${CHAT}`,
    CHAT.toUpperCase(),
    CHAT.replace('https', 'http'),
    'https://contoso.example',
    'file://',
  ])('is rejected in production: %s', async (origin, { provider }) => {
    const server = await startInProduction(provider)
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })

    for (const method of ['POST', 'GET', 'DELETE', 'OPTIONS']) {
      const { head, status } = await send(
        server,
        [
          'Host: tools.contoso.example',
          `Origin: ${origin}`,
          'Access-Control-Request-Method: POST',
          `Authorization: Bearer ${token}`,
        ],
        method,
      )
      expect([method, status, head]).toEqual([
        method,
        403,
        expect.not.stringMatching(/www-authenticate|access-control-allow/i),
      ])
    }
  })

  test('is one origin', async ({ provider }) => {
    const server = await startInProduction(provider)

    const { status } = await send(server, [
      'Host: tools.contoso.example',
      `Origin: ${CHAT}`,
      'Origin: https://evil.example',
    ])

    expect(status).toBe(403)
  })

  test('can be this machine in development only', async ({ provider }) => {
    const server = await startMcpServer(provider)
    const host = `Host: ${new URL(server.origin).host}`

    for (const [origin, status] of [
      ['http://localhost:6274', 401],
      ['http://127.0.0.1:1', 401],
      ['http://[::1]:1', 401],
      ['http://localhost.evil.example', 403],
      ['http://localhost:6274/path', 403],
      ['http://evil@localhost', 403],
      ['chrome-extension://localhost', 403],
      ['null', 403],
    ] as const) {
      expect([origin, (await send(server, [host, `Origin: ${origin}`])).status]).toEqual([
        origin,
        status,
      ])
    }
  })
})

test('authenticate() rejects the same hosts and origins as a guard', async ({ provider }) => {
  const { mcp } = await startInProduction(provider)
  const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
  const authenticate = (headers: Record<string, string>) =>
    mcp.authenticate({ headers: { host: 'mcp.internal:8080', ...headers } }, { token })

  for (const headers of [
    { host: 'evil.example' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
  ]) {
    expect(await authenticate(headers)).toMatchObject({
      ok: false,
      status: 403,
      error: { code: 'access_denied' },
    })
  }
  expect(await authenticate({})).toMatchObject({ ok: true })
  expect(await authenticate({ origin: CHAT })).toMatchObject({ ok: true })
})

test('a preflight does not allow headers that the protocol does not have', async ({ provider }) => {
  const server = await startInProduction(provider)

  const { head, status } = await send(
    server,
    [
      'Host: tools.contoso.example',
      `Origin: ${CHAT}`,
      'Access-Control-Request-Method: POST',
      `Access-Control-Request-Headers: cookie, x-evil, mcp-name, mcp-${'x'.repeat(200)}, mcp-a b`,
    ],
    'OPTIONS',
  )

  expect(status).toBe(204)
  expect(head).toMatch(/access-control-allow-headers: Authorization, .*, mcp-name\r\n/i)
  expect(head).not.toMatch(/cookie|x-evil|xxx|allow-credentials/i)
})
