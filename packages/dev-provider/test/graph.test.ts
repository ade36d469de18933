import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startDevProvider, type DevProvider } from '../src/index.js'
import { getTokens, TODO_API } from './support/flow.js'

let provider: DevProvider
let nowMs = Date.now()

beforeAll(async () => {
  provider = await startDevProvider({ now: () => nowMs })
})

beforeEach(() => {
  provider.reset()
  nowMs = Date.now()
})

afterAll(() => provider.close())

const call = (token: string | undefined, url = provider.graphMe) =>
  fetch(url, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } })

test('/me answers the profile', async () => {
  const tokens = await getTokens(provider, { scope: 'openid User.Read' }, { as: 'robin' })
  const robin = provider.user('robin')

  expect(await (await call(tokens.access_token)).json()).toMatchObject({
    id: robin.oid,
    displayName: robin.name,
    mail: robin.email,
    userPrincipalName: robin.username,
    givenName: robin.givenName,
    surname: robin.surname,
    jobTitle: robin.jobTitle,
  })
})

test('/me of a guest has the guest’s id', async () => {
  const tokens = await getTokens(provider, { scope: 'openid User.Read' }, { as: 'kim' })

  expect(await (await call(tokens.access_token)).json()).toMatchObject({
    id: provider.user('kim').guestOf?.[0]?.oid,
  })
})

test('without a token it challenges as Graph does', async () => {
  const response = await call(undefined)

  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm="", authorization_uri="/)
  expect(await response.json()).toMatchObject({
    error: { code: 'InvalidAuthenticationToken', message: 'Access token is empty.' },
  })
})

test('a token without User.Read is 403', async () => {
  const tokens = await getTokens(provider, { scope: 'openid Mail.Read' })
  const response = await call(tokens.access_token)

  expect(response.status).toBe(403)
  expect(await response.json()).toMatchObject({ error: { code: 'Authorization_RequestDenied' } })
})

test.each([
  ['an expired one', async (token: string) => ((nowMs += 3_601_000), token)],
  ['a changed one', async (token: string) => `${token.slice(0, -8)}AAAAAAAA`],
  ['no JWT', async () => 'opaque'],
  [
    'one of a dropped key',
    async (token: string) => (await provider.rollKeys({ keepOld: false }), token),
  ],
])('%s is 401', async (_name, change) => {
  const tokens = await getTokens(provider, { scope: 'openid User.Read' })

  expect((await call(await change(tokens.access_token ?? ''))).status).toBe(401)
})

test('tokens for others are 401: an ID token, another API’s token', async () => {
  const tokens = await getTokens(provider, { scope: `openid ${TODO_API}/Todos.Read` })

  expect((await call(tokens.id_token)).status).toBe(401)
  expect((await call(tokens.access_token)).status).toBe(401)
  expect((await call(tokens.access_token, `${provider.origin}/oidc/userinfo`)).status).toBe(401)
})

test('userinfo answers sub, name and email', async () => {
  const tokens = await getTokens(provider)
  const response = await call(tokens.access_token, `${provider.origin}/oidc/userinfo`)
  const alex = provider.user('alex')

  expect(await response.json()).toMatchObject({
    sub: expect.any(String),
    name: alex.name,
    email: alex.email,
  })
})
