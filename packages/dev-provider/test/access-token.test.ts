import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose'
import { defaultConfig, startDevProvider, type DevProvider } from '../src/index.js'
import { claimsOf, TODO_API } from './support/flow.js'
import { api, app, exchange, TODOS } from './support/on-behalf-of.js'
import { describe, expect, test } from './support/fixtures.js'

const CONTOSO = defaultConfig.tenants[0]!.id
const B2C_API = defaultConfig.apps[2]!

/** Verifies a token with the metadata of its issuer, as an API would. */
async function verify(token: string, metadata: string, audience: string) {
  const response = await fetch(`${metadata}/.well-known/openid-configuration`)
  const document = (await response.json()) as Record<string, string>
  const keys = createRemoteJWKSet(new URL(document['jwks_uri'] ?? ''))
  const issuer = document['access_token_issuer'] ?? document['issuer'] ?? ''
  const { payload } = await jwtVerify(token, keys, { issuer, audience })
  return payload
}

describe('a user’s access token', () => {
  test('is the token that a sign-in issues', async ({ provider }) => {
    const token = await provider.accessToken({ as: 'robin', scopes: [TODOS] })
    const claims = await verify(token, `${provider.authority()}/v2.0`, api.clientId)

    expect(claims).toMatchObject({
      azp: app.clientId,
      azpacr: '1',
      name: 'Robin Chen',
      oid: provider.user('robin').oid,
      roles: ['Todos.Approver', 'Todos.Reader'],
      scp: 'Todos.Read',
      tid: CONTOSO,
      ver: '2.0',
    })
    expect(decodeProtectedHeader(token)).not.toHaveProperty('nonce')
  })

  test('has all scopes of the API by default, and accepts them without the prefix', async ({
    provider,
  }) => {
    expect(claimsOf(await provider.accessToken({ as: 'alex' }))['scp']).toBe(
      'Todos.Read Todos.ReadWrite',
    )
    const one = await provider.accessToken({ as: 'alex', scopes: ['Todos.ReadWrite'] })
    expect(claimsOf(one)['scp']).toBe('Todos.ReadWrite')
  })

  test('has version 1 when the API requires it', async () => {
    const other = await startDevProvider({
      config: { apps: [app, { ...api, accessTokenVersion: 1 }] },
    })
    const token = await other.accessToken({ as: 'alex' })

    expect(claimsOf(token)).toMatchObject({
      iss: `https://sts.windows.net/${CONTOSO}/`,
      aud: TODO_API,
      appid: app.clientId,
      ver: '1.0',
    })
    await other.close()
  })

  test.for([
    [
      'Azure AD B2C',
      'mia',
      undefined,
      B2C_API.clientId,
      (at: DevProvider) => `${at.b2cAuthority()}/v2.0`,
    ],
    ['AD FS', 'alex', 'adfs', TODO_API, (at: DevProvider) => at.adfsAuthority],
    [
      'the plain OpenID provider',
      'alex',
      'oidc',
      api.clientId,
      (at: DevProvider) => at.oidcAuthority,
    ],
    [
      'consumers',
      'charlie',
      undefined,
      api.clientId,
      (at: DevProvider) => `${at.authority('consumers')}/v2.0`,
    ],
    [
      'External ID',
      'nora',
      undefined,
      api.clientId,
      (at: DevProvider) => `${at.externalIdAuthority}/v2.0`,
    ],
  ] as const)(
    'of %s verifies with its metadata',
    async ([_name, as, authority, audience, metadata], { provider }) => {
      const token = await provider.accessToken({
        as,
        ...(authority !== undefined && { authority }),
      })
      const claims = await verify(token, metadata(provider), audience)

      expect(String(claims['scp'] ?? claims['scope'])).toContain('Todos.Read')
    },
  )

  test('accepts an authority URL, and uses the home tenant at common', async ({ provider }) => {
    const token = await provider.accessToken({ as: 'kim', authority: provider.authority('common') })

    expect(claimsOf(token)['tid']).toBe(provider.user('kim').tenant)
  })

  test('can be changed, forged and expired', async ({ provider }) => {
    const token = await provider.accessToken({
      as: 'alex',
      claims: { scp: undefined, extra: 1 },
      header: { typ: 'at+jwt' },
      key: 'stranger',
      expiresIn: -10,
      roles: ['Boss'],
    })
    const claims = claimsOf(token)

    expect(claims).toMatchObject({ extra: 1, roles: ['Boss'] })
    expect(claims).not.toHaveProperty('scp')
    expect(claims['exp']).toBeLessThan(Date.now() / 1000)
    expect(claims['nbf']).toBeLessThan(Number(claims['exp']))
    expect(decodeProtectedHeader(token).typ).toBe('at+jwt')
    await expect(verify(token, `${provider.authority()}/v2.0`, api.clientId)).rejects.toMatchObject(
      { code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED' },
    )
  })

  test('can be exchanged on behalf of the user, until the user is revoked', async ({
    provider,
  }) => {
    const token = await provider.accessToken({ as: 'alex' })

    expect((await exchange(provider, token)).status).toBe(200)
    provider.revokeUser('alex')
    expect((await exchange(provider, token)).body).toMatchObject({ error_codes: [50173] })
  })

  test('contains acrs and xms_cc only for an API that lists them', async ({ provider }) => {
    const claimsRequest = JSON.stringify({
      access_token: { acrs: { essential: true, value: 'c1' }, xms_cc: { values: ['cp1'] } },
    })
    const { optionalClaims: _none, ...bare } = api
    const other = await startDevProvider({ config: { apps: [app, bare] } })

    const seen = claimsOf(await provider.accessToken({ as: 'alex', claimsRequest }))
    expect(seen).toMatchObject({ acrs: ['c1'], xms_cc: ['cp1'] })
    const unseen = claimsOf(await other.accessToken({ as: 'alex', claimsRequest }))
    expect(unseen).not.toHaveProperty('acrs')
    expect(unseen).not.toHaveProperty('xms_cc')
    await other.close()
  })
})

describe('an app-only access token', () => {
  test('has roles instead of scopes, and idtyp if the API lists it', async ({ provider }) => {
    const claims = claimsOf(await provider.accessToken())

    expect(claims).toMatchObject({ aud: api.clientId, azp: app.clientId, azpacr: '1' })
    expect(claims['roles']).toEqual(['Todos.Read.All'])
    expect(claims['oid']).toBe(claims['sub'])
    for (const claim of ['scp', 'idtyp', 'name', 'sid']) expect(claims).not.toHaveProperty(claim)

    const apps = [app, { ...api, optionalClaims: ['idtyp'] as const }]
    const other = await startDevProvider({ config: { apps } })
    expect(claimsOf(await other.accessToken())['idtyp']).toBe('app')
    await other.close()
  })

  test('is issued without roles too', async ({ provider }) => {
    expect(claimsOf(await provider.accessToken({ roles: [] }))).not.toHaveProperty('roles')
    const token = await provider.accessToken({ app: B2C_API.clientId, api: B2C_API.clientId })
    expect(claimsOf(token)).not.toHaveProperty('roles')
    expect(claimsOf(token)['azp']).toBe(B2C_API.clientId)
  })

  test('works at AD FS and the plain OpenID provider', async ({ provider }) => {
    const adfs = await provider.accessToken({ authority: 'adfs' })
    expect(claimsOf(adfs)).toMatchObject({ aud: TODO_API, appid: app.clientId, ver: '1.0' })
    const plain = await provider.accessToken({ authority: 'oidc', scopes: ['todos:read'] })
    expect(claimsOf(plain)).toMatchObject({ sub: app.clientId, scope: 'todos:read' })
  })
})

test.for([
  ['an unknown user', { as: 'nobody' }, /user 'nobody' does not exist/],
  [
    'a user of another tenant',
    { as: 'jo', authority: CONTOSO },
    /'Contoso'. Choose an account of this tenant, or an/,
  ],
  ['an unknown app', { as: 'alex', app: 'x' }, /Application with identifier 'x'/],
  ['an unknown API', { as: 'alex', api: 'api://x' }, /API 'api:\/\/x' does not exist/],
  ['an unknown scope', { as: 'alex', scopes: ['Nope'] }, /doesn't exist/],
  [
    'an unknown authority',
    { as: 'alex', authority: 'nowhere' },
    /authority 'nowhere' does not exist/,
  ],
  [
    'scopes of two APIs',
    { as: 'alex', scopes: [TODOS, 'https://graph.microsoft.com/User.Read'] },
    /one API/,
  ],
  ['scopes of an app', { scopes: [TODOS] }, /roles instead of scopes/],
  ['an app at common', { authority: 'common' }, /'common' does not issue app-only tokens/],
] as const)('%s is an error', async ([_name, request, message], { provider }) => {
  await expect(provider.accessToken(request)).rejects.toThrow(message)
})

describe('sign', () => {
  const CLAIMS = { iss: 'x', aud: 'y', sub: 'z' }

  test('signs the claims unchanged with the right key', async ({ provider }) => {
    const token = await provider.sign(CLAIMS, { header: { typ: 'odd', x5t: 'thumb' } })

    expect(claimsOf(token)).toEqual(CLAIMS)
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'RS256', typ: 'odd', x5t: 'thumb' })
    const keys = createRemoteJWKSet(new URL(`${provider.authority()}/discovery/v2.0/keys`))
    await expect(jwtVerify(token, keys)).resolves.toMatchObject({ payload: CLAIMS })
    const personal = await provider.sign(CLAIMS, { key: 'consumers' })
    await expect(jwtVerify(personal, keys)).resolves.toMatchObject({ payload: CLAIMS })
    expect(decodeProtectedHeader(personal).kid).not.toBe(decodeProtectedHeader(token).kid)
  })

  test('forges tokens without a signature, with the public key as a secret, and with an unknown extension', async ({
    provider,
  }) => {
    const unsigned = await provider.sign(CLAIMS, { header: { alg: 'none' } })
    expect(unsigned).toMatch(/\.$/)
    const mixed = await provider.sign(CLAIMS, { header: { alg: 'HS256' } })
    expect(decodeProtectedHeader(mixed).alg).toBe('HS256')
    const secret = new TextEncoder().encode('a secret of the test, long enough')
    const own = await provider.sign(CLAIMS, { header: { alg: 'HS256' }, key: secret })
    await expect(jwtVerify(own, secret)).resolves.toMatchObject({ payload: CLAIMS })
    const critical = await provider.sign(CLAIMS, { header: { crit: ['odd'], odd: 1 } })
    expect(decodeProtectedHeader(critical).crit).toEqual(['odd'])
  })
})

test('tamper.accessToken changes all access tokens and keeps their header', async ({
  provider,
}) => {
  provider.tamper = { accessToken: (claims, sign) => sign({ ...claims, aud: 'else' }) }
  const token = await provider.accessToken({ as: 'alex', authority: 'oidc' })

  expect(claimsOf(token)['aud']).toBe('else')
  expect(decodeProtectedHeader(token).typ).toBe('at+jwt')
})

test('other programs cannot verify the signature of Graph tokens', async ({ provider }) => {
  const scopes = ['https://graph.microsoft.com/User.Read']
  const token = await provider.accessToken({ as: 'alex', scopes })
  const keys = createRemoteJWKSet(new URL(`${provider.authority()}/discovery/v2.0/keys`))

  expect(decodeProtectedHeader(token)['nonce']).toEqual(expect.any(String))
  await expect(jwtVerify(token, keys)).rejects.toMatchObject({
    code: 'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  })
  const me = await fetch(provider.graphMe, { headers: { authorization: `Bearer ${token}` } })
  expect(me.status).toBe(200)
})

test('api contains the settings of an API', ({ provider }) => {
  expect(provider.api).toEqual({
    clientId: api.clientId,
    clientSecret: 'dev-api-secret-not-for-production',
    idUri: TODO_API,
    scopes: [`${TODO_API}/Todos.Read`, `${TODO_API}/Todos.ReadWrite`],
    appRoles: ['Todos.Read.All'],
  })
})
