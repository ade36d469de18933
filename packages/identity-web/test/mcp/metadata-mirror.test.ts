import * as v1 from '@modelcontextprotocol/sdk/client/auth.js'
import * as v2 from '@modelcontextprotocol/client'
import type { DevProvider } from 'identity-web-dev'
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  discovery,
  randomPKCECodeVerifier,
  type Configuration,
} from 'openid-client'
import { McpAuth, type McpAuthOptions } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { startMcpServer, type McpServer } from './mcp-server.ts'

const CLIENT = '44444444-5555-4666-8777-888888888883'
const CALLBACK = 'http://localhost:41234/callback'

const test = base
  .extend('open', ({ provider }) => async (options: McpAuthOptions = {}): Promise<McpServer> => {
    const server = await startMcpServer(provider, { mirrorMetadata: true, ...options })
    provider.configure({
      extends: 'default',
      apps: [
        { clientId: provider.api.clientId, otherIdUris: [server.resource] },
        { clientId: CLIENT, name: 'Client', redirectUris: ['http://localhost/callback'] },
      ],
    })
    return server
  })
  .extend('server', ({ open }) => open())

const PATHS = [
  '/.well-known/oauth-authorization-server/mcp',
  '/.well-known/openid-configuration/mcp',
  '/mcp/.well-known/openid-configuration',
]

describe('the mirror', () => {
  test.for(PATHS)('is at %s', async (path, { server: { call, resource }, provider }) => {
    const response = await call(path)

    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    expect(await response.json()).toEqual({
      issuer: resource,
      authorization_endpoint: `${provider.authority()}/oauth2/v2.0/authorize`,
      token_endpoint: `${provider.authority()}/oauth2/v2.0/token`,
      jwks_uri: `${provider.authority()}/discovery/v2.0/keys`,
      device_authorization_endpoint: `${provider.authority()}/oauth2/v2.0/devicecode`,
      scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'fragment', 'form_post'],
      grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
      token_endpoint_auth_methods_supported: [
        'client_secret_post',
        'private_key_jwt',
        'client_secret_basic',
        'none',
      ],
      code_challenge_methods_supported: ['S256'],
      subject_types_supported: ['pairwise'],
      id_token_signing_alg_values_supported: ['RS256'],
    })
  })

  test.for(PATHS)('browsers may read %s', async (path, { server: { call } }) => {
    const headers = {
      origin: 'https://chat.example',
      'access-control-request-method': 'GET',
      'access-control-request-headers': 'mcp-protocol-version',
    }
    const response = await call(path, undefined, { method: 'OPTIONS', headers })

    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-origin')).toBe('*')
    expect(response.headers.get('access-control-allow-headers')).toBe('mcp-protocol-version')
    expect((await call(path, undefined, { method: 'HEAD' })).status).toBe(200)
    expect((await call(path, undefined, { method: 'POST' })).status).toBe(404)
  })

  test('the metadata of the server names it', async ({ server: { call, resource } }) => {
    const response = await call('/.well-known/oauth-protected-resource/mcp')

    expect(await response.json()).toMatchObject({ authorization_servers: [resource] })
  })

  test('it does not exist without the option', async ({ open, provider }) => {
    const { call } = await open({ mirrorMetadata: false })
    const metadata = await call('/.well-known/oauth-protected-resource/mcp')

    for (const path of PATHS) expect((await call(path)).status).toBe(404)
    expect(await metadata.json()).toMatchObject({
      authorization_servers: [`${provider.authority()}/v2.0`],
    })
  })

  test('users of every tenant can sign in', async ({ open, provider }) => {
    const authority = provider.authority('organizations')
    const { call, logs, resource } = await open({ authority, tenants: 'work' })
    const { issuer, authorization_endpoint: endpoint } = (await (
      await call(PATHS[0]!)
    ).json()) as Record<string, string>

    expect([issuer, endpoint]).toEqual([resource, `${authority}/oauth2/v2.0/authorize`])
    expect(logs.join('\n')).not.toContain('do not find out where to sign in')
  })

  test('other providers do not need it', ({ provider }) => {
    const mcp = new McpAuth({
      oidcAuthority: provider.oidcAuthority,
      resource: 'https://tools.contoso.example/mcp',
      mirrorMetadata: true,
      logger: false,
    })

    expect(mcp.problems.map(({ message }) => message).join()).toContain(
      'mirrorMetadata works only with Entra ID',
    )
  })

  test.for(['yes', 1, {}])('the value %o is a wrong option', (mirrorMetadata, { provider }) => {
    const mcp = new McpAuth({
      authority: provider.authority(),
      clientId: CLIENT,
      resource: 'https://tools.contoso.example/mcp',
      mirrorMetadata: mirrorMetadata as boolean,
      logger: false,
    })

    expect(mcp.problems.map(({ message }) => message).join()).toContain(
      'mirrorMetadata must be true or false',
    )
  })
})

describe('clients that require PKCE in the metadata', () => {
  // The C# SDK, Claude and the AI SDK of Vercel reject a provider without the field. The TypeScript SDK does not.
  test.for([
    ['version 1', v1.discoverAuthorizationServerMetadata],
    ['version 2', v2.discoverAuthorizationServerMetadata],
  ] as const)('the SDK, %s', async ([_name, discover], { server: { resource }, provider }) => {
    const direct = await discover(`${provider.authority()}/v2.0`)
    const mirrored = await discover(resource)

    expect(direct).not.toHaveProperty('code_challenge_methods_supported')
    expect(mirrored).toMatchObject({
      issuer: resource,
      code_challenge_methods_supported: ['S256'],
      token_endpoint: `${provider.authority()}/oauth2/v2.0/token`,
    })
  })

  test.for(['oauth2', 'oidc'] as const)(
    'openid-client, %s',
    async (algorithm, { server, provider }) => {
      const configuration = await discoverWith(server.resource, algorithm)

      expect(configuration.serverMetadata().supportsPKCE()).toBe(true)
      const token = await signIn(provider, configuration, server.resource)
      const response = await server.call('/mcp', token, { method: 'POST' })
      expect(await response.json()).toMatchObject({ user: provider.user('alex').oid })
    },
  )
})

function discoverWith(resource: string, algorithm: 'oauth2' | 'oidc'): Promise<Configuration> {
  return discovery(new URL(resource), CLIENT, { token_endpoint_auth_method: 'none' }, undefined, {
    algorithm,
    execute: [allowInsecureRequests],
  })
}

/** Signs in at the provider that the metadata names, as an MCP client does. */
async function signIn(
  provider: DevProvider,
  configuration: Configuration,
  resource: string,
): Promise<string> {
  const verifier = randomPKCECodeVerifier()
  const request = buildAuthorizationUrl(configuration, {
    redirect_uri: CALLBACK,
    scope: `${resource}/Todos.Read`,
    resource,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  })
  const { url } = await provider.signIn(request, { as: 'alex' })
  const { access_token: token } = await authorizationCodeGrant(
    configuration,
    url,
    { pkceCodeVerifier: verifier },
    { resource },
  )
  return token
}
