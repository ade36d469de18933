import { inspect } from 'node:util'
import type { McpAuthOptions } from 'identity-web/express'
import { describe, expect, test } from '../support/fixtures.ts'
import { startMcpServer, type McpServer } from '../mcp/mcp-server.ts'

const OTHER_CLIENT = '99999999-2222-3333-4444-555555555555'

/** Expects that the guard and the verifier reject a token, and that neither tells it. */
async function expectRejected(
  { call, logs, mcp }: McpServer,
  token: string,
  { status, code }: { readonly status: number; readonly code: string },
): Promise<void> {
  const response = await call('/mcp', token, { method: 'POST' })
  const body = await response.text()
  const challenge = String(response.headers.get('www-authenticate'))
  const thrown: unknown = await mcp.verifier
    .verifyAccessToken(token)
    .catch((error: unknown) => error)

  expect([response.status, JSON.parse(body)]).toMatchObject([status, { error: code }])
  expect(challenge).toContain('resource_metadata="')
  expect(thrown).toMatchObject({ name: 'OAuthError', code })
  // The last part is the signature, which makes the token valid.
  const secret = token.slice(-40)
  for (const text of [body, challenge, inspect(thrown), logs.join('\n')]) {
    expect(text).not.toContain(secret)
  }
}

describe('an MCP server rejects', () => {
  test('a token for Microsoft Graph, for another API, and for the URL of another server', async ({
    provider,
  }) => {
    const server = await startMcpServer(provider)
    for (const aud of [
      'https://graph.microsoft.com',
      OTHER_CLIENT,
      `api://${OTHER_CLIENT}`,
      'https://other.example/mcp',
      `${server.resource}/other`,
      // At Entra ID, another registration can have this Application ID URI in another tenant.
      server.resource,
      [server.resource, OTHER_CLIENT],
    ]) {
      const token = await provider.accessToken({ as: 'alex', claims: { aud } })
      await expectRejected(server, token, { status: 401, code: 'invalid_token' })
    }
  })

  test('an ID token', async ({ provider }) => {
    const server = await startMcpServer(provider)
    const token = await provider.accessToken({
      as: 'alex',
      claims: { azp: undefined, appid: undefined, scp: undefined, nonce: 'n' },
    })

    await expectRejected(server, token, { status: 401, code: 'invalid_token' })
  })

  test('an expired token with 401, also if it has too few scopes', async ({ provider }) => {
    const server = await startMcpServer(provider)
    for (const scopes of [['Todos.Read'], ['Todos.ReadWrite']]) {
      const token = await provider.accessToken({ as: 'alex', scopes, expiresIn: -3600 })
      await expectRejected(server, token, { status: 401, code: 'invalid_token' })
    }
  })

  test('a token of an attacker, and one without a signature', async ({ provider }) => {
    const server = await startMcpServer(provider)
    const good = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
    const forged = await provider.accessToken({ as: 'alex', key: 'stranger' })
    const [, claims = ''] = good.split('.')

    await expectRejected(server, forged, { status: 401, code: 'invalid_token' })
    await expectRejected(server, `${btoa('{"alg":"none"}').replace(/=+$/, '')}.${claims}.AAAA`, {
      status: 401,
      code: 'invalid_token',
    })
  })

  test('an app-only token without a required app permission', async ({ provider }) => {
    const server = await startMcpServer(provider)
    const token = await provider.accessToken({ roles: ['Todos.Read.All'] })

    await expectRejected(server, token, { status: 403, code: 'insufficient_scope' })
  })

  test('an app-only token without idtyp whose scp is "/", as that of an agent', async ({
    provider,
  }) => {
    const id = '77777777-8888-4999-8aaa-bbbbbbbbbbbb'
    const claims = { idtyp: undefined, scp: '/', oid: id, sub: id, roles: ['Admin'] }
    const server = await startMcpServer(provider)
    const open = await startMcpServer(provider, { scopes: ['/'] }, (app, mcp) => {
      const requirement = { roles: ['Admin'] }
      app.all('/mcp', mcp.authorizationRequired(requirement), (_req, res) => void res.json('in'))
    })
    const token = await provider.accessToken({ claims })

    await expectRejected(server, token, { status: 403, code: 'insufficient_scope' })
    expect((await open.call('/mcp', token, { method: 'POST' })).status).toBe(403)
  })

  test('a token of a user without the scopes of the option, if a guard requires only roles', async ({
    provider,
  }) => {
    const server = await startMcpServer(provider, {}, (app, mcp) => {
      app.all('/mcp', mcp.authorizationRequired({ claims: { ver: '2.0' } }), (_req, res) => {
        res.json('in')
      })
    })
    const lacking = await provider.accessToken({ as: 'alex', scopes: ['Todos.ReadWrite'] })
    const good = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })

    expect((await server.call('/mcp', lacking)).status).toBe(403)
    expect((await server.call('/mcp', good)).status).toBe(200)
  })

  test('a token that is too long, soon', async ({ provider }) => {
    const server = await startMcpServer(provider)
    const token = `${'A'.repeat(6000)}.${'B'.repeat(6000)}.${'C'.repeat(6000)}`
    // The server of Node.js rejects longer headers by itself.
    const { call } = server

    expect((await call('/mcp', token.slice(0, 15_000))).status).toBe(401)
    expect([401, 431]).toContain((await call('/mcp', token)).status)
    const before = performance.now()
    for (const long of [token, 'A'.repeat(5_000_000), 'a.'.repeat(2_000_000)]) {
      await expect(server.mcp.verifier.verifyAccessToken(long)).rejects.toMatchObject({
        code: expect.stringMatching(/^invalid_/),
      })
    }
    expect(performance.now() - before).toBeLessThan(5000)
  })

  test.for([
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'Bearer a,Bearer b',
    'bearer\u00e4',
    'Token abc',
    'Bearer "quoted"',
  ])('the malformed header %s', async (authorization, { provider }) => {
    const { call } = await startMcpServer(provider)

    const { status, headers } = await call('/mcp', undefined, { headers: { authorization } })

    expect([status, headers.get('www-authenticate')]).toEqual([
      expect.toSatisfy((value: number) => value === 400 || value === 401),
      expect.stringMatching(/^Bearer .*resource_metadata="/),
    ])
  })

  test('a token in the URL, and does not log it', async ({ provider }) => {
    const server = await startMcpServer(provider)
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })

    const only = await server.call(`/mcp?access_token=${token}`)
    const both = await server.call(`/mcp?access_token=${token}`, token)

    expect([only.status, both.status]).toEqual([401, 400])
    expect(server.logs.join('\n')).not.toContain(token)
  })
})

test.for([undefined, 'not a token', 42, {}, ''])(
  'the verifier rejects the value %s',
  async (value, { provider }) => {
    const { mcp } = await startMcpServer(provider)

    await expect(mcp.verifier.verifyAccessToken(value as string)).rejects.toMatchObject({
      name: 'OAuthError',
      code: expect.stringMatching(/^invalid_(token|request)$/),
    })
  },
)

test('an outage of the provider is not the fault of the token', async ({ provider }) => {
  const failing: McpAuthOptions = {
    fetch: async () => Promise.reject(new TypeError('fetch failed')),
  }
  const { call, mcp } = await startMcpServer(provider, failing)
  const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })

  const { headers, status } = await call('/mcp', token)

  expect([status, headers.get('www-authenticate')]).toEqual([503, null])
  expect(headers.get('retry-after')).toMatch(/^\d+$/)
  // The SDK responds with 500 to every other error than an OAuthError.
  await expect(mcp.verifier.verifyAccessToken(token)).rejects.toMatchObject({
    name: 'IdentityError',
    code: 'provider_unavailable',
  })
})

test('authInfo does not show its token in logs, JSON and copies', async ({ provider }) => {
  const { mcp } = await startMcpServer(provider)
  const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })

  const info = await mcp.verifier.verifyAccessToken(token)

  expect(info.token).toBe(token)
  for (const text of [
    JSON.stringify(info),
    JSON.stringify({ ...info }),
    inspect(info, { depth: 9, showHidden: false }),
    JSON.stringify(structuredClone(info.extra)),
  ]) {
    expect(text).not.toContain(token)
  }
})
