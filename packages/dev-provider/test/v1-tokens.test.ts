import { createLocalJWKSet, decodeProtectedHeader, jwtVerify, type JSONWebKeySet } from 'jose'
import {
  CONSUMERS_TENANT_ID,
  defaultConfig,
  startDevProvider,
  type AppConfig,
} from '../src/index.js'
import { claimsOf, getTokens, requestToken, TODO_API } from './support/flow.js'
import { describe, expect, test as base } from './support/fixtures.js'

const SCOPE = `${TODO_API}/Todos.Read`
const [app, api] = defaultConfig.apps as readonly [AppConfig, AppConfig]
const CONTOSO = defaultConfig.tenants[0]!.id

/** Returns options of a provider with changes to the API. */
const optionsFor = (changes: Partial<AppConfig>) => ({
  config: { apps: [app, { ...api, ...changes }] },
})

const withApi = (changes: Partial<AppConfig>) => startDevProvider(optionsFor(changes))

const test = base
  .extend('providerOptions', optionsFor({ accessTokenVersion: 1 }))
  /** A provider whose API gets tokens of version 1. */
  .extend('v1', ({ provider }) => provider)
  /** A provider whose API gets tokens of version 2. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('v2', { scope: 'file' }, async ({}, { onCleanup }) => {
    const v2 = await startDevProvider()
    onCleanup(() => v2.close())
    return v2
  })
  .extend('getBoth', ({ v1, v2 }) => async (as: string) => {
    const options = { as }
    const [one, two] = await Promise.all([
      getTokens(v1, { scope: SCOPE }, options),
      getTokens(v2, { scope: SCOPE }, options),
    ])
    return [claimsOf(one.access_token), claimsOf(two.access_token)] as const
  })

async function getJson(url: string): Promise<Record<string, unknown>> {
  const response = await fetch(url)
  expect(response.status).toBe(200)
  return (await response.json()) as Record<string, unknown>
}

describe('tokens of version 1 and 2 for one API', () => {
  test('use different claims for the same values', async ({ getBoth, v1, v2 }) => {
    const [one, two] = await getBoth('robin')

    expect(one).toMatchObject({
      ver: '1.0',
      iss: `https://sts.windows.net/${CONTOSO}/`,
      aud: TODO_API,
      appid: app.clientId,
      appidacr: '1',
      unique_name: v1.user('robin').username,
      upn: v1.user('robin').username,
      given_name: 'Robin',
      family_name: 'Chen',
    })
    expect(two).toMatchObject({
      ver: '2.0',
      iss: `${v2.authority()}/v2.0`,
      aud: api.clientId,
      azp: app.clientId,
      azpacr: '1',
      preferred_username: v2.user('robin').username,
    })
    for (const name of ['azp', 'azpacr', 'preferred_username']) expect(one).not.toHaveProperty(name)
    for (const name of ['appid', 'appidacr', 'upn', 'unique_name'])
      expect(two).not.toHaveProperty(name)
  })

  test('agree on the user and the permissions', async ({ getBoth }) => {
    const [one, two] = await getBoth('robin')

    for (const name of ['oid', 'sub', 'tid', 'scp', 'roles', 'name']) {
      expect(one[name]).toEqual(two[name])
    }
    expect(one['scp']).toBe('Todos.Read')
  })

  test('differ in the header', async ({ v1, v2 }) => {
    const tokens = await getTokens(v1, { scope: SCOPE })
    const { kid, x5t } = decodeProtectedHeader(tokens.access_token ?? '')
    const other = await getTokens(v2, { scope: SCOPE })

    expect(x5t).toBe(kid)
    expect(decodeProtectedHeader(other.access_token ?? '')).not.toHaveProperty('x5t')
  })

  test('contain the home tenant of a guest', async ({ getBoth, v1 }) => {
    const [one] = await getBoth('kim')

    expect(one).toMatchObject({
      iss: `https://sts.windows.net/${CONTOSO}/`,
      idp: `https://sts.windows.net/${v1.user('kim').tenant}/`,
      unique_name: v1.user('kim').username,
    })
    expect(one).not.toHaveProperty('upn')
  })
})

test('the API decides, and Graph tokens and ID tokens stay the same', async ({ v1 }) => {
  const tokens = await getTokens(v1, { scope: 'openid User.Read' })

  expect(claimsOf(tokens.access_token)['ver']).toBe('2.0')
  expect(claimsOf(tokens.id_token)).toMatchObject({ ver: '2.0', iss: `${v1.authority()}/v2.0` })
})

test('an app-only token has version 1, too', async ({ v1 }) => {
  const { body } = await requestToken(v1, {
    grant_type: 'client_credentials',
    scope: `${TODO_API}/.default`,
  })
  const claims = claimsOf(body.access_token)

  expect(claims).toMatchObject({
    ver: '1.0',
    iss: `https://sts.windows.net/${CONTOSO}/`,
    aud: TODO_API,
    appid: app.clientId,
    roles: ['Todos.Read.All'],
    tid: CONTOSO,
  })
  expect(claims['oid']).toBe(claims['sub'])
  expect(claims).not.toHaveProperty('upn')
})

test('the audience can be the client ID', async () => {
  const provider = await withApi({ accessTokenVersion: 1, v1Audience: 'clientId' })
  const tokens = await getTokens(provider, { scope: SCOPE })
  await provider.close()

  expect(claimsOf(tokens.access_token)).toMatchObject({ ver: '1.0', aud: api.clientId })
})

test('External ID supports them, AD FS and the plain OpenID provider do not', async ({ v1 }) => {
  const tenant = v1.config.tenants[2]!.id
  const customer = await getTokens(v1, { scope: SCOPE }, { tenant, as: 'nora' })

  expect(claimsOf(customer.access_token)['iss']).toBe(`https://sts.windows.net/${tenant}/`)
  for (const path of ['oidc', 'adfs']) {
    const response = await fetch(`${v1.origin}/${path}/discovery/v2.0/keys`)
    expect(response.status).toBe(404)
  }
})

describe('documents of version 1', () => {
  const DOCUMENT = '.well-known/openid-configuration'

  test.for([
    [CONTOSO, CONTOSO, CONTOSO],
    ['contoso.onmicrosoft.com', CONTOSO, CONTOSO],
    ['common', '{tenantid}', 'common'],
    ['organizations', '{tenantid}', 'organizations'],
    ['consumers', CONSUMERS_TENANT_ID, 'consumers'],
  ] as const)('%s contains the issuer and the keys', async ([tenant, issuer, path], { v1 }) => {
    const document = await getJson(`${v1.authority(tenant)}/${DOCUMENT}`)

    expect(document).toMatchObject({
      issuer: `https://sts.windows.net/${issuer}/`,
      jwks_uri: `${v1.origin}/${path}/discovery/keys`,
      end_session_endpoint: `${v1.origin}/${path}/oauth2/logout`,
      frontchannel_logout_supported: true,
      id_token_signing_alg_values_supported: ['RS256'],
      cloud_instance_name: 'microsoftonline.com',
    })
    // The provider does not have these endpoints.
    for (const name of ['authorization_endpoint', 'token_endpoint', 'userinfo_endpoint']) {
      expect(document).not.toHaveProperty(name)
    }
  })

  test('the keys are those of version 2, without issuers', async ({ v1 }) => {
    const { jwks_uri: uri } = await getJson(`${v1.authority()}/${DOCUMENT}`)
    const older = (await getJson(String(uri)))['keys'] as Record<string, string>[]
    const newer = (await getJson(`${v1.authority()}/discovery/v2.0/keys`))['keys'] as typeof older

    expect(older.map(({ kid }) => kid)).toEqual(newer.map(({ kid }) => kid))
    for (const [index, key] of older.entries()) {
      expect(key).toEqual({
        kty: 'RSA',
        use: 'sig',
        kid: key['kid'],
        x5t: key['kid'],
        x5c: newer[index]?.['x5c'],
        n: newer[index]?.['n'],
        e: newer[index]?.['e'],
      })
    }
  })

  test('are enough for an API to verify a token', async ({ v1 }) => {
    const { access_token: token = '' } = await getTokens(v1, { scope: SCOPE })
    const { issuer, jwks_uri: uri } = await getJson(`${v1.authority()}/${DOCUMENT}`)
    const keys = createLocalJWKSet((await getJson(String(uri))) as unknown as JSONWebKeySet)
    const { payload } = await jwtVerify(token, keys, {
      issuer: String(issuer),
      audience: TODO_API,
    })

    expect(payload['ver']).toBe('1.0')
  })

  test('fail together with those of version 2', async ({ v1 }) => {
    v1.behave({
      faults: { metadata: { kind: 'status', status: 503 }, keys: { kind: 'status', status: 502 } },
    })

    expect((await fetch(`${v1.authority()}/${DOCUMENT}`)).status).toBe(503)
    expect((await fetch(`${v1.authority()}/discovery/keys`)).status).toBe(502)
  })

  test('of an unknown tenant are AADSTS90002', async ({ v1 }) => {
    const response = await fetch(`${v1.origin}/nobody.example/${DOCUMENT}`)

    expect(await response.json()).toMatchObject({ error_codes: [90002] })
  })
})

test.each([
  ['an unknown version', { accessTokenVersion: 3 }, /accessTokenVersion must be 1 or 2/],
  ['an unknown audience', { v1Audience: 'name' }, /v1Audience must be/],
  [
    'version 1 without a URI',
    { accessTokenVersion: 1, idUri: undefined, scopes: undefined, appRoles: undefined },
    /idUri is required/,
  ],
])('%s is an error of the configuration', async (_name, changes, message) => {
  await expect(withApi(changes as Partial<AppConfig>)).rejects.toThrow(message)
})
