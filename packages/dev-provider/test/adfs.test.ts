import * as client from 'openid-client'
import { startDevProvider } from '../src/index.js'
import { discover } from './support/openid-client.js'
import { claimsOf, REDIRECT_URI, refresh, TODO_API, cookieHeader } from './support/flow.js'
import { createNetwork } from './support/msal-network.js'
import { expect, test as base } from './support/fixtures.js'

const test = base
  .extend('config', { scope: 'file' }, ({ fileProvider: { provider } }) =>
    discover(provider, provider.adfsAuthority),
  )
  .extend('signIn', ({ config, provider }) => async (scope = 'openid profile', as = 'alex') => {
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: REDIRECT_URI,
      scope,
      state: 'state-1',
    })
    const reply = await provider.signIn(url, { as, consent: false })
    return client.authorizationCodeGrant(config, reply.url, { expectedState: 'state-1' })
  })

test('the metadata has the issuer of the authority, and a different one for access tokens', ({
  config,
  provider,
}) => {
  const metadata = config.serverMetadata()

  expect(provider.adfsAuthority).toBe(`${provider.origin}/adfs`)
  expect(metadata.issuer).toBe(provider.adfsAuthority)
  expect(metadata['access_token_issuer']).toBe(`${provider.adfsAuthority}/services/trust`)
  expect(metadata.authorization_endpoint).toBe(`${provider.adfsAuthority}/oauth2/authorize/`)
  expect(metadata.token_endpoint).toBe(`${provider.adfsAuthority}/oauth2/token/`)
  expect(metadata.jwks_uri).toBe(`${provider.adfsAuthority}/discovery/keys`)
})

test('the issuer of access tokens uses http, even when the provider uses https', async () => {
  const secure = await startDevProvider({ tls: true })
  const network = createNetwork(secure.certificate)
  const { body } = await network.sendGetRequestAsync<Record<string, string>>(
    `${secure.adfsAuthority}/.well-known/openid-configuration`,
  )

  expect(body['issuer']).toBe(secure.adfsAuthority)
  expect(secure.adfsAuthority).toMatch(/^https:/)
  expect(body['access_token_issuer']).toBe(
    `${secure.adfsAuthority.replace('https:', 'http:')}/services/trust`,
  )
  await secure.close()
})

test('an ID token has upn, unique_name, sid and auth_time, but not tid or oid', async ({
  signIn,
  provider,
}) => {
  const claims = (await signIn()).claims()

  expect(claims).toMatchObject({
    iss: provider.adfsAuthority,
    aud: provider.app.clientId,
    upn: 'alex@contoso.onmicrosoft.com',
    unique_name: 'CONTOSO\\alex',
    auth_time: expect.any(Number) as number,
    sid: expect.any(String) as string,
  })
  for (const claim of ['tid', 'oid', 'ver', 'preferred_username']) {
    expect(claims).not.toHaveProperty(claim)
  }
})

test('an access token has the other issuer and the identifier of the API', async ({
  signIn,
  provider,
}) => {
  const tokens = await signIn(`openid ${TODO_API}/Todos.Read`)

  expect(claimsOf(tokens.access_token)).toMatchObject({
    iss: `${provider.adfsAuthority}/services/trust`,
    aud: TODO_API,
    appid: provider.app.clientId,
    scp: 'openid Todos.Read',
  })
  expect(claimsOf((await signIn()).access_token)['aud']).toBe('urn:microsoft:userinfo')
})

test('users are not asked for consent, and every sign-in gets a refresh token', async ({
  signIn,
  config,
  provider,
}) => {
  const tokens = await signIn('openid')
  expect(tokens.refresh_token).toBeTruthy()

  const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '')
  expect(refreshed.claims()?.['upn']).toBe('alex@contoso.onmicrosoft.com')
  expect((await refresh(provider, tokens.refresh_token)).body.error).toBe('invalid_grant')
})

test('userinfo returns only sub', async ({ signIn, config, provider }) => {
  const tokens = await signIn()
  const sub = tokens.claims()?.sub ?? ''

  expect(await client.fetchUserInfo(config, tokens.access_token, sub)).toEqual({ sub })
  const entra = await fetch(`${provider.origin}/oidc/userinfo`, {
    headers: { authorization: `Bearer ${tokens.access_token}` },
  })
  expect(entra.status).toBe(401)
  expect((await fetch(`${provider.adfsAuthority}/userinfo`)).status).toBe(401)
})

test('it contains the users of the first tenant without guests', async ({ signIn }) => {
  await expect(signIn('openid', 'kim')).rejects.toThrow(/AADSTS50020/)
  await expect(signIn('openid', 'mia')).rejects.toThrow(/AADSTS50020/)
})

test('an unknown scope is rejected without an Entra ID number', async ({ signIn, config }) => {
  await expect(signIn('openid User.Read')).rejects.toMatchObject({ error: 'invalid_scope' })
  await expect(client.refreshTokenGrant(config, 'nonsense')).rejects.toMatchObject({
    cause: { error: 'invalid_grant', error_description: expect.not.stringContaining('AADSTS') },
  })
})

test('a device can sign in', async ({ config, provider }) => {
  const device = await client.initiateDeviceAuthorization(config, { scope: 'openid' })
  await provider.answerDevice(device.verification_uri, device.user_code, { as: 'alex' })
  const tokens = await client.pollDeviceAuthorizationGrant(config, { ...device, interval: 0 })

  expect(tokens.claims()?.['upn']).toBe('alex@contoso.onmicrosoft.com')
})

test('an app gets an app-only token', async ({ config, provider }) => {
  const tokens = await client.clientCredentialsGrant(config, { scope: `${TODO_API}/Todos.Read` })

  expect(claimsOf(tokens.access_token)).toMatchObject({
    iss: `${provider.adfsAuthority}/services/trust`,
    appid: provider.app.clientId,
  })
})

test('sign-out redirects to the app and sends it sid and iss', async ({ provider }) => {
  const app = { ...provider.app, frontChannelLogoutUri: 'http://localhost:3999/front-channel' }
  const other = await startDevProvider({ config: { apps: [app] } })
  const cookies = new Map<string, string>()
  const url = new URL(`${other.adfsAuthority}/oauth2/authorize/`)
  url.search = new URLSearchParams({
    client_id: app.clientId,
    response_type: 'code',
    redirect_uri: REDIRECT_URI,
    scope: 'openid',
  }).toString()
  await other.signIn(url, { cookies })

  const page = await fetch(`${other.adfsAuthority}/oauth2/logout`, {
    headers: cookieHeader(cookies),
  })
  expect(await page.text()).toMatch(/front-channel\?sid=[^"]+iss=http%3A%2F%2Flocalhost/)
  await other.close()
})

test('the paths of Entra ID do not exist', async ({ provider }) => {
  const url = `${provider.adfsAuthority}/v2.0/.well-known/openid-configuration`

  expect((await fetch(url)).status).toBe(404)
})
