import { expect, test } from 'vitest'
import { startDevProvider, type AppConfig, type DevProvider } from '../src/index.js'
import { claimsOf, REDIRECT_URI, TODO_API } from './support/flow.js'
import { createMsalClient } from './support/msal-network.js'
import { api, app, GRAPH, TODOS } from './support/on-behalf-of.js'

const createClient = (secure: DevProvider, { clientId, clientSecret = '' }: AppConfig) =>
  createMsalClient(secure, { clientId, clientSecret })

/** Both versions of access tokens for the API. MSAL must work with both. */
const withVersion = (accessTokenVersion: 1 | 2) =>
  startDevProvider({ tls: true, config: { apps: [app, { ...api, accessTokenVersion }] } })

test.each([1, 2] as const)('MSAL Node acts on behalf of a user (v%i)', async (version) => {
  const secure = await withVersion(version)
  const redirectUri = REDIRECT_URI
  const web = createClient(secure, app)
  const url = await web.getAuthCodeUrl({ scopes: [TODOS], redirectUri })
  const { url: reply } = await secure.signIn(url, { as: 'robin' })
  const { accessToken } = await web.acquireTokenByCode({
    code: reply.searchParams.get('code') ?? '',
    scopes: [TODOS],
    redirectUri,
  })
  expect(claimsOf(accessToken)['ver']).toBe(`${version}.0`)

  const middle = createClient(secure, api)
  const request = { oboAssertion: accessToken, scopes: ['User.Read'] }
  const result = await middle.acquireTokenOnBehalfOf(request)
  expect(result?.scopes).toContain('User.Read')
  expect(result?.account?.username).toBe(secure.user('robin').username)
  expect(claimsOf(result?.accessToken)).toMatchObject({ aud: GRAPH, azp: api.clientId })
  expect((await middle.acquireTokenOnBehalfOf(request))?.fromCache).toBe(true)

  await expect(
    middle.acquireTokenOnBehalfOf({ oboAssertion: accessToken, scopes: ['Mail.Read'] }),
  ).rejects.toMatchObject({ name: 'InteractionRequiredAuthError', subError: 'consent_required' })
  await secure.close()
})

test('MSAL Node accepts a token that was created without a browser, and reads its errors', async () => {
  const secure = await startDevProvider({ tls: true })
  const middle = createClient(secure, api)
  const oboAssertion = await secure.accessToken({ as: 'alex' })
  const result = await middle.acquireTokenOnBehalfOf({ oboAssertion, scopes: ['User.Read'] })
  expect(result?.account?.username).toBe(secure.user('alex').username)

  const claims = JSON.stringify({ access_token: { acrs: { essential: true, value: 'c1' } } })
  const stepUp = { oboAssertion, scopes: ['User.Read'], claims }
  await expect(middle.acquireTokenOnBehalfOf(stepUp)).rejects.toMatchObject({
    name: 'InteractionRequiredAuthError',
    errorCode: 'invalid_grant',
    // MSAL requests some more claims, and the response contains all of them.
    claims: expect.stringContaining('"acrs":{"essential":true,"value":"c1"}'),
  })
  const stepped = await secure.accessToken({ as: 'alex', claimsRequest: claims })
  const answered = await middle.acquireTokenOnBehalfOf({ ...stepUp, oboAssertion: stepped })
  expect(claimsOf(answered?.accessToken)['acrs']).toEqual(['c1'])

  secure.revokeUser('alex')
  await expect(
    middle.acquireTokenOnBehalfOf({ oboAssertion, scopes: ['User.Read'], skipCache: true }),
  ).rejects.toMatchObject({ errorCode: 'invalid_grant', subError: 'bad_token' })
  await secure.close()
})

test.each([
  [1, { ver: '1.0', aud: TODO_API, appid: app.clientId, appidacr: '1' }],
  [2, { ver: '2.0', aud: api.clientId, azp: app.clientId, azpacr: '1' }],
] as const)('MSAL Node gets an app-only token with a role (v%i)', async (version, expected) => {
  const secure = await withVersion(version)
  const result = await createClient(secure, app).acquireTokenByClientCredential({
    scopes: [`${TODO_API}/.default`],
  })
  const claims = claimsOf(result?.accessToken)

  expect(claims).toMatchObject({ ...expected, roles: ['Todos.Read.All'] })
  expect(claims['oid']).toBe(claims['sub'])
  expect(claims).not.toHaveProperty('scp')
  await secure.close()
})
