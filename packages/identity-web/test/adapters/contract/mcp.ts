import { expect } from 'vitest'
import { Browser, type BrowserRequest, type BrowserResponse } from '../../support/browser.ts'
import { ALLOWED_ORIGIN, type Bench, type Feature } from './bench.ts'

/** An MCP client, which is not a browser. */
function call(url: string, token?: string, ask: BrowserRequest = {}): Promise<BrowserResponse> {
  return new Browser().send(url, {
    method: 'POST',
    ...ask,
    headers: { ...ask.headers, authorization: token === undefined ? undefined : `Bearer ${token}` },
  })
}

const challengeOf = ({ headers }: BrowserResponse): unknown => headers['www-authenticate']

export function mcpServer({ behaves }: Bench): void {
  const forms: [string, string, Feature[]][] = [
    ['the wrapper', '/mcp', ['mcp']],
    ['the middleware', '/mcp/middleware', ['mcp', 'middleware']],
  ]
  for (const [form, path, needs] of forms) {
    behaves(`MCP: ${form} hands the caller to the SDK`, needs, ({ on, provider }) =>
      on({}, async ({ origin }) => {
        const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })

        // Three times: the token is known then, and the guard needs no promise.
        for (let time = 0; time < 3; time++) {
          const response = await call(origin + path, token)
          expect([response.status, response.json()]).toEqual([
            200,
            {
              user: provider.user('alex').oid,
              scopes: ['Todos.Read', `${origin}/mcp/Todos.Read`],
              isForSdk: true,
            },
          ])
        }
      }),
    )

    behaves(`MCP: ${form} tells other clients what to request`, needs, ({ on, provider }) =>
      on({}, async ({ origin }) => {
        const lacking = await provider.accessToken({ as: 'alex', scopes: ['Todos.ReadWrite'] })
        const metadata = `resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`
        const scope = `scope="${origin}/mcp/Todos.Read"`

        const none = await call(origin + path)
        const forbidden = await call(origin + path, lacking)

        expect([none.status, challengeOf(none)]).toEqual([401, `Bearer ${scope}, ${metadata}`])
        expect(none.json()).toMatchObject({ error: 'unauthorized' })
        expect([forbidden.status, forbidden.json()]).toMatchObject([
          403,
          { error: 'insufficient_scope' },
        ])
        expect(challengeOf(forbidden)).toMatch(/^Bearer error="insufficient_scope", /)
        expect(challengeOf(forbidden)).toContain(`${scope}, ${metadata}`)
      }),
    )
  }

  behaves('MCP: the metadata is readable from everywhere', ['mcp'], ({ on, provider }) =>
    on({}, async ({ origin }) => {
      const url = `${origin}/.well-known/oauth-protected-resource/mcp`
      const cors = { origin: 'https://elsewhere.example' }

      const document = await call(url, undefined, { method: 'GET', headers: cors })
      const preflight = await call(url, undefined, {
        method: 'OPTIONS',
        headers: {
          ...cors,
          'access-control-request-method': 'GET',
          'access-control-request-headers': 'mcp-protocol-version',
        },
      })

      expect(document.headers['access-control-allow-origin']).toBe('*')
      expect(document.json()).toEqual({
        resource: `${origin}/mcp`,
        authorization_servers: [`${provider.authority()}/v2.0`],
        scopes_supported: [`${origin}/mcp/Todos.Read`],
        bearer_methods_supported: ['header'],
      })
      expect(preflight.status).toBe(204)
      expect(preflight.headers).toMatchObject({
        'access-control-allow-origin': '*',
        'access-control-allow-headers': 'mcp-protocol-version',
      })
    }),
  )

  behaves(
    'MCP: the mirror of the metadata is at its three locations',
    ['mcp'],
    ({ on, provider }) =>
      on({ mcp: { mirrorMetadata: true } }, async ({ origin }) => {
        const read = (path: string): Promise<BrowserResponse> =>
          call(origin + path, undefined, { method: 'GET' })
        const { json } = await read('/.well-known/oauth-protected-resource/mcp')
        const mirrors = [
          await read('/.well-known/oauth-authorization-server/mcp'),
          await read('/.well-known/openid-configuration/mcp'),
          await read('/mcp/.well-known/openid-configuration'),
        ]

        expect(json()).toMatchObject({ authorization_servers: [`${origin}/mcp`] })
        for (const mirror of mirrors) {
          expect(mirror.status).toBe(200)
          expect(mirror.headers['access-control-allow-origin']).toBe('*')
          expect(mirror.json()).toMatchObject({
            issuer: `${origin}/mcp`,
            authorization_endpoint: `${provider.authority()}/oauth2/v2.0/authorize`,
            code_challenge_methods_supported: ['S256'],
          })
        }
      }),
  )

  behaves('MCP: a wrong Host or Origin is rejected before the token', ['mcp'], ({ on, provider }) =>
    on({}, async ({ origin }) => {
      const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })

      for (const headers of [
        { host: 'evil.example' },
        { origin: 'https://evil.example' },
        { origin: 'null' },
      ]) {
        for (const credentials of [token, undefined, 'forged']) {
          const response = await call(`${origin}/mcp`, credentials, { headers })
          expect([response.status, response.json()]).toEqual([
            403,
            { jsonrpc: '2.0', error: { code: -32_000, message: expect.any(String) } },
          ])
          expect(challengeOf(response)).toBeUndefined()
          expect(response.headers['access-control-allow-origin']).toBeUndefined()
        }
      }
    }),
  )

  behaves('MCP: pages of an allowed origin read every response', ['mcp'], ({ on, provider }) =>
    on({}, async ({ origin }) => {
      const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
      const headers = { origin: ALLOWED_ORIGIN }

      const preflight = await call(`${origin}/mcp`, undefined, {
        method: 'OPTIONS',
        headers: {
          ...headers,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization,mcp-method,mcp-param-city,x-other',
        },
      })
      const responses = [
        await call(`${origin}/mcp`, undefined, { headers }),
        await call(`${origin}/mcp`, token, { headers }),
      ]

      expect(preflight.status).toBe(204)
      const allowed = String(preflight.headers['access-control-allow-headers'])
      expect(allowed).toMatch(/^Authorization, .*Mcp-Name, mcp-method, mcp-param-city$/)
      expect(responses.map(({ status }) => status)).toEqual([401, 200])
      for (const response of [preflight, ...responses]) {
        expect(response.headers['access-control-allow-origin']).toBe(ALLOWED_ORIGIN)
        expect(response.headers['vary']).toMatch(/\bOrigin\b/i)
      }
      for (const response of responses) {
        expect(response.headers['access-control-expose-headers']).toContain('WWW-Authenticate')
      }
    }),
  )

  behaves('MCP: a tool that needs more is decided by the body', ['mcp'], ({ on, provider }) =>
    on({}, async ({ origin }) => {
      const token = await provider.accessToken({ as: 'alex', scopes: ['Todos.Read'] })
      const toolCall = (name: unknown): object => ({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: { name },
      })
      const post = (body: object | string, headers = {}): Promise<BrowserResponse> =>
        call(`${origin}/mcp/tools`, token, {
          headers: { 'content-type': 'application/json', ...headers },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        })

      const read = await post(toolCall('read'))
      const write = await post(toolCall('write'))
      const listed = await post(toolCall(['write']))
      const lying = await post(toolCall('write'), { 'mcp-name': 'read' })

      expect([read.status, read.json()]).toEqual([200, { received: toolCall('read') }])
      expect([write.status, challengeOf(write)]).toEqual([
        403,
        `Bearer error="insufficient_scope", error_description="The access token does not have the scope Todos.ReadWrite.", scope="${origin}/mcp/Todos.Read ${origin}/mcp/Todos.ReadWrite", resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`,
      ])
      expect([listed.status, lying.status, lying.json()]).toMatchObject([
        400,
        400,
        { error: { code: -32_020 }, id: 1 },
      ])
    }),
  )

  behaves('MCP: a stream ends when its token expires', ['mcp'], ({ on, provider }) =>
    on({}, async ({ origin }) => {
      const token = await provider.accessToken({
        as: 'alex',
        scopes: ['Todos.Read'],
        // The tolerance of clocks does not extend a stream.
        expiresIn: 2,
      })

      const response = await call(`${origin}/mcp/stream`, token, { method: 'GET' })

      expect([response.status, response.text]).toEqual([200, 'data: one\n\n'])
    }),
  )
}
