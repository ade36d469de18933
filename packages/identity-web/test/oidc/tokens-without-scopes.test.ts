import { decodeJwt } from 'jose'
import type { AuthorizationRequirement } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import type { ProtectedApi } from '../support/protected-api.ts'

// Some providers issue JWT access tokens without scopes, and with the type JWT (zitadel/oidc).

const API = 'https://todos.example'

const test = base
  .extend('behaviour', { oidcAccessTokenType: 'JWT' } as const)
  .extend(
    'open',
    ({ openApi, provider }) =>
      (requirement?: AuthorizationRequirement, allowedClients?: string[]): Promise<ProtectedApi> =>
        openApi(
          {
            authority: undefined,
            oidcAuthority: provider.oidcAuthority,
            clientId: API,
            audience: undefined,
            ...(allowedClients && { allowedClients }),
          },
          (app, api) =>
            app.get(
              '/',
              requirement === undefined
                ? api.authorizationRequired((_req, res) => void res.json('in'))
                : api.authorizationRequired(requirement, (_req, res) => void res.json('in')),
            ),
        ),
  )
  .extend(
    'token',
    ({ provider }) =>
      (claims: Record<string, unknown> = {}): Promise<string> =>
        provider.accessToken({
          authority: 'oidc',
          api: API,
          as: 'robin',
          claims: { scope: undefined, ...claims },
        }),
  )

describe('an access token without scopes', () => {
  test.for([
    ['client_id', {}],
    ['cid (Okta)', { client_id: undefined, cid: 'spa' }],
    ['token_use (Amazon Cognito)', { client_id: undefined, token_use: 'access' }],
    ['typ (Keycloak)', { client_id: undefined, azp: 'spa', typ: 'Bearer' }],
  ] as const)('is not called an ID token: %s', async ([, claims], { open, token }) => {
    const byRole = await open({ scopes: false, roles: ['Editor'] })
    const other = await open()
    const given = await token({ roles: ['Editor'], ...claims })

    expect((await byRole.call('/', given)).status).toBe(200)
    const rejected = await other.call('/', given)
    expect(rejected.status).toBe(403)
    expect(rejected.body).toMatchObject({
      error: 'insufficient_scope',
      error_description: 'The access token has no scope of this API.',
    })
    expect(other.logs.join('\n')).toContain('set scopes: false on the route')
  })

  test('needs what the route requires instead', async ({ open, token }) => {
    const byRole = await open({ scopes: false, roles: ['Editor'] })
    const byClaim = await open({ scopes: false, claims: { plan: 'pro' } })

    expect((await byRole.call('/', await token({ roles: ['Reader'] }))).status).toBe(403)
    expect((await byClaim.call('/', await token({ plan: 'free' }))).status).toBe(403)
    expect((await byClaim.call('/', await token({ plan: 'pro' }))).status).toBe(200)
  })

  test.for(['client_id', 'azp', 'appid', 'cid'])(
    'is accepted from the clients of allowedClients, by %s',
    async (claim, { open, token }) => {
      const api = await open({ scopes: false }, ['spa'])
      const from = (client: unknown): Promise<string> =>
        token({ client_id: undefined, token_use: 'access', [claim]: client })

      expect((await api.call('/', await from('spa'))).status).toBe(200)
      expect((await api.call('/', await from('SPA'))).status).toBe(403)
      expect((await api.call('/', await from('other'))).status).toBe(403)
      expect((await api.call('/', await from(['spa']))).status).toBe(403)
      expect((await api.call('/', await from(undefined))).status).toBe(403)
    },
  )

  test('client_id is stronger than the other names of the client', async ({ open, token }) => {
    const api = await open({ scopes: false }, ['spa'])

    const given = await token({ client_id: 'other', azp: 'spa', cid: 'spa' })

    expect((await api.call('/', given)).status).toBe(403)
  })
})

describe('an ID token is rejected although the route needs no scope', () => {
  test.for([
    ['of a refresh, which has no nonce', {}],
    ['with a nonce and a client', { nonce: 'n', client_id: 'spa' }],
    ['with the hash of an access token and a client', { at_hash: 'x', client_id: 'spa' }],
    ['of Keycloak', { typ: 'ID', client_id: 'spa' }],
    ['of Amazon Cognito', { token_use: 'id', client_id: 'spa' }],
    ['with the authorized party', { azp: 'spa' }],
  ] as const)('%s', async ([, claims], { open, provider, token }) => {
    const api = await open({ scopes: false, roles: ['Editor'] })
    const { client_id: _client, ...plain } = decodeJwt(await token({ roles: ['Editor'] }))

    const response = await api.call('/', await provider.sign({ ...plain, ...claims }))

    expect(response.status).toBe(401)
    expect(JSON.stringify(response.body)).toMatch(/ID token/)
  })

  test('and so is a logout token', async ({ open, provider, token }) => {
    const api = await open({ scopes: false, roles: ['Editor'] })
    const claims = decodeJwt(await token({ roles: ['Editor'] }))
    const events = { 'http://schemas.openid.net/event/backchannel-logout': {} }

    const response = await api.call('/', await provider.sign({ ...claims, events }))

    expect(response.status).toBe(401)
    expect(JSON.stringify(response.body)).toContain('it is a logout token')
  })
})

/** Providers whose access tokens have the type JWT, and an API with a client ID as its audience. */
describe('a token for the client that it was issued to', () => {
  const CLIENT = 'web-client'
  const ID_TOKEN = { aud: CLIENT, sub: 'alex', jti: undefined }

  const openFor = test.extend('openFor', ({ openApi, provider }) =>
    (audience: readonly string[]): Promise<ProtectedApi> =>
      openApi(
        {
          authority: undefined,
          oidcAuthority: provider.oidcAuthority,
          clientId: undefined,
          audience,
        },
        (app, api) => {
          const requirement = { scopes: false, claims: { sub: 'alex' } } as const
          app.get(
            '/',
            api.authorizationRequired(requirement, (_req, res) => void res.json('in')),
          )
        },
      ))

  openFor.for([
    ['client_id (ZITADEL)', { client_id: CLIENT }],
    ['scope, cid and azp (Cloud Foundry)', { scope: ['openid'], cid: CLIENT, azp: CLIENT }],
    ['scope and azp', { scope: 'openid Todos.Read', azp: CLIENT }],
    ['scope, and does not name its client', { scope: 'openid Todos.Read' }],
    ['scp', { scp: ['Todos.Read'] }],
    ['scope, for several audiences', { aud: ['https://todos.example', CLIENT], scope: 'x' }],
    ['a second client', { client_id: CLIENT, azp: 'other', scope: 'x' }],
  ] as const)('can be an ID token: it has %s', async ([, claims], { openFor: open, token }) => {
    const api = await open([CLIENT])

    const response = await api.call(
      '/',
      await token({ client_id: undefined, ...ID_TOKEN, ...claims }),
    )

    expect(response.status).toBe(401)
    expect(response.body).toMatchObject({
      error: 'invalid_token',
      error_description: expect.stringContaining(
        'its audience is the client that requested the token, as in an ID token',
      ),
    })
    expect(api.logs.join('\n')).toContain('give the API its own audience')
  })

  openFor.for([
    ['the type at+jwt', { client_id: CLIENT }, { typ: 'at+jwt' }],
    ['the type of Keycloak', { azp: CLIENT, typ: 'Bearer' }, {}],
    ['the use of Amazon Cognito', { client_id: CLIENT, token_use: 'access' }, {}],
  ] as const)(
    'is an access token with %s',
    async ([, claims, header], { openFor: open, provider }) => {
      const api = await open([CLIENT])
      const token = await provider.accessToken({
        authority: 'oidc',
        api: API,
        as: 'robin',
        header,
        claims: { scope: undefined, client_id: undefined, ...ID_TOKEN, ...claims },
      })

      expect((await api.call('/', token)).status).toBe(200)
    },
  )

  // The shapes of access tokens that have the type JWT or none.
  openFor.for([
    ['Okta', 'api://default', { cid: '0oa1', uid: '00u1', ver: 1, scp: ['openid', 'Todos.Read'] }],
    [
      'Auth0',
      'https://todos.example',
      {
        aud: ['https://todos.example', 'https://id.example/userinfo'],
        azp: CLIENT,
        scope: 'openid x',
      },
    ],
    ['Ory Hydra', 'https://todos.example', { client_id: CLIENT, scp: ['Todos.Read'], ext: {} }],
    // The audience contains the project, and every application of it.
    ['ZITADEL', '280', { aud: [CLIENT, 'api-client', '280'], client_id: CLIENT }],
    [
      'Cloud Foundry',
      'todos',
      { aud: ['todos', CLIENT], client_id: CLIENT, cid: CLIENT, scope: ['todos.read'] },
    ],
    ['Spring, with the audience of an API', 'https://todos.example', { scope: ['Todos.Read'] }],
    ['IdentityServer', 'todos', { client_id: CLIENT, scope: ['Todos.Read'] }],
  ] as const)(
    'is another one at %s, whose access tokens are accepted',
    async ([, audience, claims], { openFor: open, token }) => {
      const api = await open([audience])

      const given = await token({ client_id: undefined, sub: 'alex', aud: audience, ...claims })

      expect((await api.call('/', given)).status).toBe(200)
    },
  )
})

test('the message for a token that can be of either kind names what to change', async ({
  open,
  token,
}) => {
  const api = await open()

  const response = await api.call('/', await token({ client_id: undefined, jti: undefined }))

  expect(response.status).toBe(401)
  expect(JSON.stringify(response.body)).toContain('it does not contain scope or client_id')
  expect(api.logs.join('\n')).toContain(
    'configure the provider so that it issues access tokens of RFC 9068',
  )
})
