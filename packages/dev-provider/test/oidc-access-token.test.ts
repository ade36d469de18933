import { decodeProtectedHeader } from 'jose'
import * as client from 'openid-client'
import { discover } from './support/openid-client.js'
import { claimsOf, REDIRECT_URI, TODO_API } from './support/flow.js'
import { expect, test as base } from './support/fixtures.js'

const RESOURCE = 'https://api.example/todos'

const test = base
  .extend('config', { scope: 'file' }, ({ fileProvider: { provider } }) =>
    discover(provider, provider.oidcAuthority),
  )
  .extend(
    'signIn',
    ({ config, provider }) =>
      async (params: Record<string, string>, atToken: Record<string, string> = {}) => {
        const url = client.buildAuthorizationUrl(config, {
          redirect_uri: REDIRECT_URI,
          scope: 'openid offline_access todos:read',
          state: 'state-1',
          ...params,
        })
        const { url: reply } = await provider.signIn(url, { as: 'alex' })
        return client.authorizationCodeGrant(config, reply, { expectedState: 'state-1' }, atToken)
      },
  )

test('an access token follows RFC 9068', async ({ signIn, provider }) => {
  const { access_token: token } = await signIn({ resource: RESOURCE })

  expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'RS256', typ: 'at+jwt' })
  expect(claimsOf(token)).toMatchObject({
    iss: provider.oidcAuthority,
    aud: RESOURCE,
    client_id: provider.app.clientId,
    scope: 'openid offline_access todos:read',
    sub: expect.any(String),
    jti: expect.any(String),
    iat: expect.any(Number),
    exp: expect.any(Number),
    auth_time: expect.any(Number),
  })
})

test('typ is JWT with the switch for older providers', async ({ provider, signIn }) => {
  provider.behave({ oidcAccessTokenType: 'JWT' })

  expect(decodeProtectedHeader((await signIn({})).access_token).typ).toBe('JWT')
})

test('an ID token keeps its type and audience', async ({ signIn, provider }) => {
  const { id_token: token = '' } = await signIn({ resource: RESOURCE })

  expect(decodeProtectedHeader(token).typ).toBe('JWT')
  expect(claimsOf(token)['aud']).toBe(provider.app.clientId)
})

test.for([
  ['the sign-in', { resource: RESOURCE }, {}],
  ['the token endpoint', {}, { resource: RESOURCE }],
  ['the audience parameter', { audience: RESOURCE }, {}],
  [
    'resource alone, without a scope of the API',
    { resource: RESOURCE, scope: 'openid offline_access' },
    {},
  ],
] as const)('the API comes from %s', async ([_name, params, atToken], { signIn }) => {
  expect(claimsOf((await signIn(params, atToken)).access_token)['aud']).toBe(RESOURCE)
})

test('refreshing keeps the API and can select another', async ({ signIn, config }) => {
  const { refresh_token: token = '' } = await signIn({ resource: RESOURCE })
  const refresh = async (params: Record<string, string>) =>
    claimsOf((await client.refreshTokenGrant(config, token, params)).access_token)['aud']

  expect(await refresh({})).toBe(RESOURCE)
  expect(await refresh({ scope: 'todos:read' })).toBe(RESOURCE)
  expect(await refresh({ resource: 'https://other.example' })).toBe('https://other.example')
})

test('an app gets a token with scopes for an API, and with its roles there', async ({
  config,
  provider,
}) => {
  const named = await client.clientCredentialsGrant(config, {
    scope: 'todos:read',
    resource: RESOURCE,
  })
  expect(claimsOf(named.access_token)).toMatchObject({
    aud: RESOURCE,
    client_id: provider.app.clientId,
    scope: 'todos:read',
    sub: provider.app.clientId,
  })
  expect(claimsOf(named.access_token)).not.toHaveProperty('roles')
  const known = await client.clientCredentialsGrant(config, { scope: `${TODO_API}/Todos.Read` })
  expect(claimsOf(known.access_token)['roles']).toEqual(['Todos.Read.All'])
})

test.for(['not a uri', 'https://api.example/#part'])(
  'the resource %s is rejected',
  async (name, { config, signIn }) => {
    await expect(
      client.clientCredentialsGrant(config, { scope: 'todos:read', resource: name }),
    ).rejects.toMatchObject({ error: 'invalid_target' })
    await expect(signIn({ resource: name })).rejects.toMatchObject({ error: 'invalid_target' })
  },
)
