import * as client from 'openid-client'
import { discover } from './support/openid-client.js'
import { claimsOf, REDIRECT_URI } from './support/flow.js'
import { expect, test as base } from './support/fixtures.js'

const test = base
  .extend('config', { scope: 'file' }, ({ fileProvider: { provider } }) =>
    discover(provider, provider.oidcAuthority),
  )
  .extend('signIn', ({ config, provider }) => async (scope: string) => {
    const verifier = client.randomPKCECodeVerifier()
    const nonce = client.randomNonce()
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: REDIRECT_URI,
      scope,
      nonce,
      state: 'state-1',
      code_challenge: await client.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    })
    const reply = await provider.signIn(url, { as: 'robin' })
    const tokens = await client.authorizationCodeGrant(config, reply.url, {
      pkceCodeVerifier: verifier,
      expectedNonce: nonce,
      expectedState: 'state-1',
    })
    return { reply, tokens }
  })

test('a strict OpenID client signs in, with iss on the redirect', async ({
  signIn,
  config,
  provider,
}) => {
  const { reply, tokens } = await signIn('openid profile email offline_access todos:read')

  expect(config.serverMetadata().supportsPKCE()).toBe(true)
  expect(reply.url.searchParams.get('iss')).toBe(provider.oidcAuthority)
  expect(tokens.scope).toBe('openid profile email offline_access todos:read')
  const claims = tokens.claims()
  expect(claims).toMatchObject({
    iss: provider.oidcAuthority,
    name: 'Robin Chen',
    email: provider.user('robin').email,
    email_verified: true,
  })
  for (const claim of ['tid', 'ver', 'oid']) expect(claims).not.toHaveProperty(claim)
})

test('userinfo and refresh work', async ({ signIn, config }) => {
  const { tokens } = await signIn('openid profile email offline_access')
  const sub = tokens.claims()?.sub ?? ''

  expect(await client.fetchUserInfo(config, tokens.access_token, sub)).toMatchObject({ sub })
  const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')
  expect(refreshed.claims()?.sub).toBe(sub)
})

test('ID tokens contain the session, and refreshing keeps it', async ({ signIn, config }) => {
  const { tokens } = await signIn('openid offline_access')
  const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')

  expect(tokens.claims()?.['sid']).toMatch(/^[0-9a-f-]{36}$/)
  expect(refreshed.claims()?.['sid']).toBe(tokens.claims()?.['sid'])
})

test('with reuse detection, a second use revokes the whole family', async ({
  provider,
  signIn,
  config,
}) => {
  provider.behave({ reuseDetection: true })
  const { tokens } = await signIn('openid offline_access')
  const first = tokens.refresh_token ?? ''
  const rotated = await client.refreshTokenGrant(config, first)

  await expect(client.refreshTokenGrant(config, first)).rejects.toMatchObject({
    error: 'invalid_grant',
  })
  await expect(client.refreshTokenGrant(config, rotated.refresh_token ?? '')).rejects.toMatchObject(
    { error: 'invalid_grant' },
  )
})

test('the scope of a known API selects the audience', async ({ signIn, provider }) => {
  const { tokens } = await signIn('openid api://todos.contoso.example/Todos.Read')

  expect(tokens.scope).toBe('openid api://todos.contoso.example/Todos.Read')
  expect(claimsOf(tokens.access_token)['aud']).toBe(provider.config.apps[1]!.clientId)
})

test('an app gets an app-only token', async ({ config, provider }) => {
  const tokens = await client.clientCredentialsGrant(config, { scope: 'todos:read' })

  expect(claimsOf(tokens.access_token)).toMatchObject({ iss: provider.oidcAuthority })
})

test('errors do not contain the numbers of Entra ID', async ({ provider }) => {
  const response = await fetch(`${provider.oidcAuthority}/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'refresh_token',
      refresh_token: 'x',
      client_id: provider.app.clientId,
    }),
  })

  expect(Object.keys((await response.json()) as object)).toEqual(['error', 'error_description'])
})

test('the paths of Entra ID do not exist', async ({ provider }) => {
  const response = await fetch(`${provider.oidcAuthority}/v2.0/.well-known/openid-configuration`)

  expect(response.status).toBe(404)
})

test('keys do not contain an issuer', async ({ provider }) => {
  const response = await fetch(`${provider.oidcAuthority}/keys`)
  const { keys } = (await response.json()) as { keys: object[] }

  expect(keys).toHaveLength(1)
  expect(keys[0]).not.toHaveProperty('issuer')
})
