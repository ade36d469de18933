// Entra ID for MCP servers, as Microsoft describes it in secure-mcp-server-with-entra-id (2026-09-01).
import type { AppConfig, DevProvider } from '../src/index.js'
import { authorizeUrl, claimsOf, createPkce, refresh, requestToken } from './support/flow.js'
import { describe, expect, test as base } from './support/fixtures.js'

const RESOURCE = 'https://tools.contoso.example/mcp'
const VS_CODE = 'aebc6443-996d-45c2-90f0-388ff96faa56'
const SCOPE = `${RESOURCE}/Tools.Use`

const server: AppConfig = {
  clientId: '44444444-5555-4666-8777-888888888881',
  name: 'Contoso tools',
  clientSecret: 'tools-secret',
  redirectUris: [],
  idUri: 'api://44444444-5555-4666-8777-888888888881',
  otherIdUris: [RESOURCE],
  scopes: [
    { value: 'Tools.Use', description: 'Use the tools' },
    { value: 'Tools.Admin', description: 'Change the tools' },
  ],
  appRoles: ['Tools.Use.All'],
  authorizedClients: [{ clientId: VS_CODE, scopes: ['tools.use'] }],
}
const otherServer: AppConfig = {
  ...server,
  clientId: '44444444-5555-4666-8777-888888888882',
  name: 'Other tools',
  idUri: 'https://tools.contoso.example/other',
  otherIdUris: [],
  authorizedClients: [],
}
const nativeClient: AppConfig = {
  clientId: '44444444-5555-4666-8777-888888888883',
  name: 'Native client',
  redirectUris: [
    'http://localhost/callback',
    'http://127.0.0.1:33418/',
    'https://client.example/cb',
  ],
}
const agent: AppConfig = {
  clientId: '44444444-5555-4666-8777-888888888884',
  name: 'Agent',
  clientSecret: 'agent-secret',
  redirectUris: [],
  // Names the first App ID URI, and the tokens are requested with the second one.
  appPermissions: ['api://44444444-5555-4666-8777-888888888881/Tools.Use.All'],
}

const test = base
  .extend('providerOptions', { scope: 'file' }, async () => ({
    config: { extends: 'default', apps: [server, otherServer, nativeClient, agent] } as const,
  }))
  .extend('connect', ({ provider }) => (params: Record<string, string>, consent = true) => {
    return connectTo(provider, params, consent)
  })

/** Signs in as an MCP client does, with a loopback redirect URI and PKCE. */
async function connectTo(
  provider: DevProvider,
  { tokenResource, ...params }: Record<string, string>,
  consent: boolean,
): Promise<Record<string, unknown>> {
  const { verifier, challenge } = createPkce()
  const request = {
    client_id: nativeClient.clientId,
    redirect_uri: 'http://localhost:41234/callback',
    scope: `${SCOPE} offline_access`,
    resource: RESOURCE,
    ...params,
  }
  const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }
  const { url } = await provider.signIn(authorizeUrl(provider, { ...request, ...pkce }), {
    as: 'alex',
    consent,
  })
  const code = url.searchParams.get('code')
  if (code === null) return Object.fromEntries(url.searchParams)
  const { body } = await requestToken(provider, {
    grant_type: 'authorization_code',
    client_id: request.client_id,
    client_secret: '',
    code,
    code_verifier: verifier,
    redirect_uri: request.redirect_uri,
    resource: tokenResource ?? request.resource,
  })
  return body
}

describe('resource', () => {
  test('a client gets a token for the App ID URI in resource', async ({ connect }) => {
    const body = await connect({})

    expect(body['scope']).toBe(SCOPE)
    expect(claimsOf(String(body['access_token']))).toMatchObject({
      aud: server.clientId,
      ver: '2.0',
      scp: 'Tools.Use',
      azp: nativeClient.clientId,
    })
  })

  test('both App ID URIs share a consent', async ({ connect }) => {
    await connect({})

    const again = await connect({ scope: `${server.idUri}/Tools.Use`, resource: RESOURCE }, false)
    expect(again['scope']).toBe(`${server.idUri}/Tools.Use`)
  })

  test.for([
    ['a slash at the end', { resource: `${RESOURCE}/` }],
    ['another spelling of the host', { resource: 'https://Tools.contoso.example/mcp' }],
    ['another path', { resource: 'https://tools.contoso.example' }],
    ['the URI of another API', { resource: otherServer.idUri! }],
    ['a scope of another API', { scope: `${otherServer.idUri}/Tools.Use` }],
    ['scopes of two APIs', { scope: `${SCOPE} ${otherServer.idUri}/Tools.Use` }],
    ['scopes without a prefix, which belong to Graph', { scope: 'User.Read' }],
    ['only scopes of OpenID Connect', { scope: 'openid profile' }],
  ] as const)('%s is rejected', async ([_name, params], { connect }) => {
    const reply = await connect(params)

    expect(reply['error']).toBe('invalid_target')
    expect(reply['error_description']).toContain('AADSTS9010010: ')
  })

  test('the token endpoint compares it as well', async ({ connect }) => {
    const body = await connect({ tokenResource: 'https://tools.contoso.example' })

    expect(body).toMatchObject({ error: 'invalid_target', error_codes: [9010010] })
  })

  test('a refresh compares it as well', async ({ connect, provider }) => {
    const { refresh_token: token } = await connect({})
    const ask = (resource: string): ReturnType<typeof refresh> =>
      refresh(provider, String(token), {
        client_id: nativeClient.clientId,
        client_secret: '',
        resource,
      })

    expect((await ask(RESOURCE)).status).toBe(200)
    expect((await ask(`${RESOURCE}/`)).body).toMatchObject({ error_codes: [9010010] })
  })

  test('an agent gets an app-only token with its app permissions', async ({ provider }) => {
    const ask = (resource: string): ReturnType<typeof requestToken> =>
      requestToken(provider, {
        grant_type: 'client_credentials',
        client_id: agent.clientId,
        client_secret: agent.clientSecret!,
        scope: `${RESOURCE}/.default`,
        resource,
      })

    const { body } = await ask(RESOURCE)
    expect(claimsOf(body.access_token)).toMatchObject({
      aud: server.clientId,
      roles: ['Tools.Use.All'],
    })
    expect((await ask(otherServer.idUri!)).body).toMatchObject({ error_codes: [9010010] })
  })

  test('an unknown App ID URI is not found', async ({ provider }) => {
    const { body } = await requestToken(provider, {
      grant_type: 'client_credentials',
      client_id: server.clientId,
      client_secret: server.clientSecret!,
      scope: 'https://tools.contoso.example/unknown/.default',
    })

    expect(body).toMatchObject({ error: 'invalid_resource', error_codes: [500011] })
  })
})

describe('clients', () => {
  test.for([
    'http://localhost:50000/callback',
    'http://localhost/callback',
    'http://127.0.0.1:1234/',
    'https://client.example/cb',
  ])('the redirect URI %s is accepted', async (uri, { provider }) => {
    const url = authorizeUrl(provider, { client_id: nativeClient.clientId, redirect_uri: uri })
    const response = await provider.signIn(url, { as: 'alex' })

    expect(response.url.href.startsWith(uri)).toBe(true)
    expect(response.url.searchParams.has('code')).toBe(true)
  })

  test.for([
    'http://localhost:50000/other',
    'https://localhost:50000/callback',
    'http://127.0.0.1:50000/callback',
    'http://localhost:50000.evil.example/callback',
    'http://localhost@evil.example/callback',
    'http://localhost:1@evil.example/callback',
    'http://[::1]:50000/callback',
    'https://client.example:8443/cb',
  ])('the redirect URI %s is rejected', async (uri, { provider }) => {
    const url = authorizeUrl(provider, { client_id: nativeClient.clientId, redirect_uri: uri })
    const response = await fetch(url, { redirect: 'manual' })

    expect(response.status).toBe(400)
    expect(await response.text()).toContain('AADSTS50011')
  })

  test('other kinds of issuer compare the port', async ({ provider }) => {
    const url = authorizeUrl(provider, { client_id: nativeClient.clientId }, 'oidc')
    url.pathname = '/oidc/authorize'
    url.searchParams.set('redirect_uri', 'http://127.0.0.1:1234/')

    expect((await fetch(url, { redirect: 'manual' })).status).toBe(400)
  })

  test('Visual Studio Code does not need consent for the scopes of its entry', async ({
    connect,
  }) => {
    const body = await connect(
      { client_id: VS_CODE, redirect_uri: 'http://127.0.0.1:33418/' },
      false,
    )

    expect(claimsOf(String(body['access_token']))).toMatchObject({ azp: VS_CODE, scp: 'Tools.Use' })
  })

  test.for([
    ['a scope that its entry does not contain', `${RESOURCE}/Tools.Admin`, RESOURCE],
    ['an API without an entry', `${otherServer.idUri}/Tools.Use`, otherServer.idUri!],
  ] as const)(
    'Visual Studio Code does not show a consent page for %s',
    async ([_name, scope, resource], { connect, providerLog }) => {
      const params = { client_id: VS_CODE, redirect_uri: 'http://127.0.0.1:33418/' }
      const reply = await connect({ ...params, scope, resource })

      expect(reply['error']).toBe('consent_required')
      expect(reply['error_description']).toContain('AADSTS65001: ')
      expect(providerLog.join('\n')).toContain('authorizedClients of')
    },
  )

  test('another client shows a consent page', async ({ provider }) => {
    const url = authorizeUrl(provider, {
      client_id: nativeClient.clientId,
      redirect_uri: 'http://localhost:41234/callback',
      scope: SCOPE,
      resource: RESOURCE,
    })
    const { url: declined } = await provider.signIn(url, { as: 'alex', consent: false })

    expect(declined.searchParams.get('error')).toBe('access_denied')
  })
})

describe('metadata', () => {
  const read = async (provider: DevProvider, tenant?: string): Promise<Record<string, unknown>> => {
    const url = `${provider.authority(tenant)}/v2.0/.well-known/openid-configuration`
    return (await (await fetch(url)).json()) as Record<string, unknown>
  }

  test('it contains PKCE only with the switch, and clients cannot register', async ({
    provider,
  }) => {
    expect(await read(provider)).not.toHaveProperty('code_challenge_methods_supported')
    expect(await read(provider)).not.toHaveProperty('registration_endpoint')

    provider.behave({ pkceInMetadata: true })
    expect(await read(provider)).toMatchObject({ code_challenge_methods_supported: ['S256'] })
  })

  test('it exists only below the issuer', async ({ provider }) => {
    const tenant = new URL(provider.authority()).pathname
    for (const name of ['oauth-authorization-server', 'openid-configuration']) {
      const url = `${provider.origin}/.well-known/${name}${tenant}/v2.0`
      expect((await fetch(url)).status).toBe(404)
    }
  })
})

test('a version 1 token contains the App ID URI of the request', async ({ provider }) => {
  const apps = [{ ...server, accessTokenVersion: 1 as const }, nativeClient]
  provider.configure({ extends: 'default', apps })
  const body = await connectTo(provider, {}, true)

  expect(claimsOf(String(body['access_token']))).toMatchObject({ ver: '1.0', aud: RESOURCE })
})
