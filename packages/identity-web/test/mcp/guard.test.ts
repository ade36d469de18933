import { McpAuth } from 'identity-web/fetch'
import { describe, expect, test } from '../support/fixtures.ts'
import { sendRaw } from '../support/raw.ts'
import { startMcpServer } from './mcp-server.ts'

const GROUP = '77777777-7777-4777-8777-777777777777'

describe('the guard of an MCP server', () => {
  test('accepts a user with the scopes of the option', async ({ provider }) => {
    const { call, resource } = await startMcpServer(provider)
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })

    for (let time = 0; time < 3; time++) {
      const response = await call('/mcp', token, { method: 'POST' })
      expect(await response.json()).toEqual({
        user: provider.user('alex').oid,
        scopes: ['Todos.Read', `${resource}/Todos.Read`],
        isAuth: true,
      })
    }
  })

  test('tells a client without a token how to get one', async ({ provider }) => {
    const { call, origin, resource } = await startMcpServer(provider)

    const { headers, status } = await call('/mcp', undefined, { method: 'POST' })

    expect([status, headers.get('www-authenticate')]).toEqual([
      401,
      `Bearer scope="${resource}/Todos.Read", resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`,
    ])
  })

  test('tells a client with an expired token what to request', async ({ provider }) => {
    const { call, resource } = await startMcpServer(provider)
    const token = await provider.accessToken({ as: 'alex', expiresIn: -3600 })

    const { headers, status } = await call('/mcp', token)

    expect(status).toBe(401)
    expect(headers.get('www-authenticate')).toContain(`scope="${resource}/Todos.Read"`)
  })

  test('names McpAuth where a developer must change an option', async ({ provider }) => {
    const { call, logs, mcp } = await startMcpServer(
      provider,
      {
        allowedClients: ['99999999-9999-4999-8999-999999999999'],
        clientCredential: undefined,
      },
      (app, auth) => {
        app.all('/mcp', auth.authorizationRequired(), (_req, res) => void res.json('in'))
        expect(() => auth.authorizationRequired({ groups: [GROUP] })).toThrow(
          'Set McpAuth({ clientCredential })',
        )
      },
    )
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })

    const { status } = await call('/mcp', token)

    expect(status).toBe(403)
    expect(logs.join('\n')).toContain('add its client ID to McpAuth({ allowedClients: [...] })')
    await expect(mcp.stopLongRunningProcess('key')).rejects.toThrow('McpAuth({ longRunning')
  })

  test.for(['/mcp', ''])('publishes the metadata at %s', async (path, { provider }) => {
    const { call, resource } = await startMcpServer(provider)

    const response = await call(`/.well-known/oauth-protected-resource${path}`)

    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(await response.json()).toEqual({
      resource,
      authorization_servers: [`${provider.authority()}/v2.0`],
      scopes_supported: [`${resource}/Todos.Read`],
      bearer_methods_supported: ['header'],
    })
  })

  test.for([
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://localhost:6274' }, 401],
  ] as const)('with %o responds with %d', async ([headers, status], { provider }) => {
    const { call } = await startMcpServer(provider)

    const response = await call('/mcp', undefined, { method: 'POST', headers: { ...headers } })

    expect(response.status).toBe(status)
  })

  test.for(['evil.example', 'localhost.evil.example', 'localhost, evil.example', ''])(
    'rejects the host %s',
    async (host, { provider }) => {
      const { origin } = await startMcpServer(provider)

      const { status } = await sendRaw(origin, ['POST /mcp HTTP/1.1', `Host: ${host}`])

      expect(status).toBe(403)
    },
  )

  test('verifies tokens for the SDK', async ({ provider }) => {
    const { mcp, resource } = await startMcpServer(provider)
    const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
    const lacking = await provider.accessToken({ as: 'alex', scopes: ['Todos.ReadWrite'] })

    const info = await mcp.verifier.verifyAccessToken(token)

    expect(info.token).toBe(token)
    expect(String(info.resource)).toBe(resource)
    expect(JSON.stringify(info)).not.toContain(token)
    await expect(mcp.verifier.verifyAccessToken(lacking)).rejects.toMatchObject({
      name: 'OAuthError',
      code: 'insufficient_scope',
    })
    await expect(mcp.verifier.verifyAccessToken('x')).rejects.toMatchObject({
      code: 'invalid_token',
    })
  })
})

test('a guard with tools says what to change if the application has read the body', async ({
  provider,
}) => {
  const mcp = new McpAuth({
    authority: provider.authority(),
    clientId: provider.api.clientId,
    resource: 'http://localhost/mcp',
    logger: false,
  })
  const tools = { admin: { scopes: ['Todos.ReadWrite'] } }
  const endpoint = mcp.authorizationRequired({ tools }, () => new Response('in'))
  const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
  const request = new Request('http://localhost/mcp', {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: '{}',
  })
  await request.text()

  await expect(endpoint(request)).rejects.toMatchObject({
    name: 'IdentityError',
    code: 'configuration',
    message: expect.stringContaining('before the code that reads the body'),
  })
})

test('a preflight does not need the header Host on a runtime that does not keep it', async ({
  provider,
}) => {
  const mcp = new McpAuth({
    authority: provider.authority(),
    clientId: provider.api.clientId,
    resource: 'https://tools.contoso.example/mcp',
    allowedOrigins: ['https://chat.contoso.example'],
    logger: false,
  })
  const endpoint = mcp.authorizationRequired(() => new Response('in'))
  const headers = {
    origin: 'https://chat.contoso.example',
    'access-control-request-method': 'POST',
  }
  const preflight = (host: string): Request =>
    new Request(`https://${host}/mcp`, { method: 'OPTIONS', headers })

  for (const respond of [mcp.handle.bind(mcp), endpoint]) {
    expect((await respond(preflight('tools.contoso.example')))?.status).toBe(204)
    expect((await respond(preflight('evil.example')))?.status).toBe(403)
  }
})
