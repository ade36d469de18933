import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { CONSUMERS_TENANT_ID, defaultConfig, startDevProvider } from '../src/index.js'
import { claimsOf, getTokens, TODO_API } from './support/flow.js'
import { expect, test } from './support/fixtures.js'

test('has the claims of Entra ID’s v2 tokens and verifies with the published keys', async ({
  provider,
}) => {
  const { id_token: token = '' } = await getTokens(provider, {}, { as: 'robin' })
  const keys = createRemoteJWKSet(new URL(`${provider.authority()}/discovery/v2.0/keys`))
  const { payload, protectedHeader } = await jwtVerify(token, keys, {
    audience: provider.app.clientId,
    issuer: `${provider.authority()}/v2.0`,
  })
  const robin = provider.user('robin')

  expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'JWT' })
  expect(payload).toMatchObject({
    name: robin.name,
    oid: robin.oid,
    tid: robin.tenant,
    preferred_username: robin.username,
    email: robin.email,
    nonce: 'nonce-1',
    roles: robin.roles,
    groups: robin.groups,
    acct: 0,
    ver: '2.0',
  })
  for (const claim of ['aio', 'rh', 'uti', 'sid', 'login_hint', 'iat', 'nbf', 'exp']) {
    expect(payload).toHaveProperty(claim)
  }
})

test('has no name without profile and no email without email', async ({ provider }) => {
  const claims = claimsOf((await getTokens(provider, { scope: 'openid' })).id_token)

  for (const claim of ['name', 'oid', 'preferred_username', 'email']) {
    expect(claims).not.toHaveProperty(claim)
  }
  expect(claims).toMatchObject({ tid: provider.user('alex').tenant, ver: '2.0' })
})

test('has a different subject for every app', async ({ provider }) => {
  const api = provider.config.apps[1]!
  const tokens = await getTokens(provider, { scope: `openid profile ${TODO_API}/Todos.Read` })
  const idToken = claimsOf(tokens.id_token)
  const accessToken = claimsOf(tokens.access_token)

  expect(accessToken['aud']).toBe(api.clientId)
  expect(accessToken['sub']).not.toBe(idToken['sub'])
  expect(accessToken['oid']).toBe(idToken['oid'])
})

test.for([
  ['common', 'alex'],
  ['common', 'jo'],
  ['organizations', 'kim'],
] as const)('at %s the issuer is the home tenant of %s', async ([tenant, as], { provider }) => {
  const claims = claimsOf((await getTokens(provider, {}, { tenant, as })).id_token)
  const home = provider.user(as).tenant

  expect(claims).toMatchObject({ iss: `${provider.origin}/${home}/v2.0`, tid: home, acct: 0 })
})

test.for(['common', 'consumers'])(
  'a personal account at %s has the consumers issuer and key',
  async (tenant, { provider }) => {
    const { id_token: token = '' } = await getTokens(provider, {}, { tenant, as: 'charlie' })
    const response = await fetch(`${provider.authority()}/discovery/v2.0/keys`)
    const { keys } = (await response.json()) as { keys: { kid: string; issuer: string }[] }
    const key = keys.find((entry) => entry.kid === decodeProtectedHeader(token).kid)

    expect(claimsOf(token)).toMatchObject({
      iss: `${provider.origin}/${CONSUMERS_TENANT_ID}/v2.0`,
      tid: CONSUMERS_TENANT_ID,
    })
    expect(key?.issuer).toBe(`${provider.origin}/${CONSUMERS_TENANT_ID}/v2.0`)
  },
)

test('more than 200 groups become an overage claim', async () => {
  const [alex] = defaultConfig.users
  const groups = Array.from({ length: 201 }, (_, index) => `group-${index}`)
  const other = await startDevProvider({ config: { users: [{ ...alex!, groups }] } })
  const claims = claimsOf((await getTokens(other)).id_token)

  expect(claims).not.toHaveProperty('groups')
  expect(claims).toMatchObject({ _claim_names: { groups: 'src1' } })
  await other.close()
})

test('omits optional claims that the registration does not list', async () => {
  const [app] = defaultConfig.apps
  const other = await startDevProvider({
    config: { apps: [{ ...app!, optionalClaims: ['auth_time'] }] },
  })
  const claims = claimsOf((await getTokens(other, {}, { as: 'robin' })).id_token)

  expect(claims).toHaveProperty('auth_time')
  for (const claim of ['email', 'login_hint', 'sid', 'acct', 'roles', 'groups']) {
    expect(claims).not.toHaveProperty(claim)
  }
  await other.close()
})

test('contains roles per app when the user has them per app', async () => {
  const [alex] = defaultConfig.users
  const roles = { [defaultConfig.apps[0]!.clientId]: ['Reader'] }
  const other = await startDevProvider({ config: { users: [{ ...alex!, roles }] } })

  expect(claimsOf((await getTokens(other)).id_token)['roles']).toEqual(['Reader'])
  await other.close()
})

test('has times of a clock that can be wrong', async ({ provider }) => {
  provider.behave({ clockOffsetSeconds: -7200, idTokenSeconds: 60 })
  const { iat, exp } = claimsOf((await getTokens(provider)).id_token) as {
    iat: number
    exp: number
  }

  expect(exp - iat).toBe(60)
  expect(Math.abs(iat + 7200 - Date.now() / 1000)).toBeLessThan(10)
})
