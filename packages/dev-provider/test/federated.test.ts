import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { defaultConfig, startDevProvider, type DevProvider } from '../src/index.js'
import { askWith } from './support/assertion.js'
import { claimsOf, getTokens, requestToken } from './support/flow.js'

const EXCHANGE = 'api://AzureADTokenExchange'

let provider: DevProvider
let issuerServer: Server
let issuer: string
let signingKey: CryptoKey
let documents: Record<string, unknown>

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
  signingKey = privateKey
  issuerServer = createServer((request, response) => {
    const document = documents[request.url ?? '']
    response.statusCode = document === undefined ? 404 : 200
    response.end(JSON.stringify(document ?? {}))
  })
  await new Promise<void>((resolve) => issuerServer.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(issuerServer.address() as AddressInfo).port}`
  documents = {
    '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/keys` },
    '/keys': { keys: [{ ...(await exportJWK(publicKey)), kid: 'foreign', alg: 'RS256' }] },
    '/liar/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}/keys` },
    '/insecure/.well-known/openid-configuration': {
      issuer: `${issuer}/insecure`,
      jwks_uri: 'http://keys.example/keys',
    },
  }
  const [app, ...apps] = defaultConfig.apps
  const subject = 'repo:contoso/app:ref:main'
  const federatedCredentials = [
    ...(app!.federatedCredentials ?? []),
    { issuer, subject, audience: 'api://own' },
    ...['liar', 'insecure', 'absent'].map((path) => ({ issuer: `${issuer}/${path}`, subject })),
    { issuer: 'http://issuer.example', subject },
  ]
  provider = await startDevProvider({
    config: { apps: [{ ...app!, federatedCredentials }, ...apps] },
  })
})

beforeEach(() => provider.reset())

afterAll(async () => {
  await provider.close()
  issuerServer.close()
})

/** Creates a token of the other issuer. */
function signForeign(
  claims: Record<string, unknown> = {},
  header: { alg?: string; kid?: string } = {},
  key: CryptoKey = signingKey,
): Promise<string> {
  return new SignJWT({
    iss: issuer,
    sub: 'repo:contoso/app:ref:main',
    aud: EXCHANGE,
    ...claims,
  })
    .setProtectedHeader({ alg: 'RS256', kid: 'foreign', ...header })
    .setIssuedAt()
    .setExpirationTime('5m')
    .sign(key)
}

describe('the simulated cluster', () => {
  test('issues a service account token that replaces the secret', async () => {
    const assertion = await provider.workloadToken()
    const { status, body } = await askWith(provider, assertion)

    expect(claimsOf(assertion)).toMatchObject({
      aud: [EXCHANGE],
      iss: `${provider.origin}/workload`,
      sub: 'system:serviceaccount:default:my-web-app',
    })
    expect(status).toBe(200)
    expect(claimsOf(body.access_token)['azpacr']).toBe('2')
  })

  test('has a discovery document and keys', async () => {
    const base = `${provider.origin}/workload`
    const response = await fetch(`${base}/.well-known/openid-configuration`)
    const metadata = (await response.json()) as { issuer: string; jwks_uri: string }
    const { keys } = (await (await fetch(metadata.jwks_uri)).json()) as { keys: unknown[] }

    expect(metadata.issuer).toBe(base)
    expect(keys.length).toBeGreaterThan(0)
  })

  test.each([
    ['issuer', { issuer: 'https://other.example' }, 700211],
    ['subject', { subject: 'system:serviceaccount:default:other' }, 700213],
    ['audience', { audience: 'https://kubernetes.default.svc' }, 700212],
    ['lifetime', { expiresIn: -301 }, 700024],
  ])('is rejected with another %s', async (_name, options, code) => {
    const { status, body } = await askWith(provider, await provider.workloadToken(options))

    expect(status).toBe(401)
    expect(body).toMatchObject({ error: 'invalid_client', error_codes: [code] })
  })

  test('is rejected after its key was removed', async () => {
    const assertion = await provider.workloadToken()
    await provider.rollKeys({ keepOld: false })

    expect((await askWith(provider, assertion)).body).toMatchObject({ error_codes: [50013] })
  })
})

describe('another issuer', () => {
  const own = { aud: 'api://own' }

  test('provides its keys', async () => {
    expect((await askWith(provider, await signForeign(own))).status).toBe(200)
  })

  test('must use the audience of the credential', async () => {
    expect((await askWith(provider, await signForeign())).body).toMatchObject({
      error_codes: [700212],
    })
  })

  test('must sign with a published key', async () => {
    const { privateKey } = await generateKeyPair('RS256')
    const forged = await signForeign(own, {}, privateKey)
    const unknown = await signForeign(own, { kid: 'other' })

    for (const assertion of [forged, unknown]) {
      expect((await askWith(provider, assertion)).body).toMatchObject({
        error: 'invalid_client',
        error_codes: [50013],
      })
    }
  })

  test('must not sign with a shared secret', async () => {
    const secret = new TextEncoder().encode('0'.repeat(32))
    const assertion = await new SignJWT({ iss: issuer, sub: 'repo:contoso/app:ref:main', ...own })
      .setProtectedHeader({ alg: 'HS256', kid: 'foreign' })
      .setExpirationTime('5m')
      .sign(secret)

    expect((await askWith(provider, assertion)).body).toMatchObject({ error_codes: [5002738] })
  })

  test.each([
    ['has metadata of a different issuer', () => `${issuer}/liar`],
    ['has keys without https', () => `${issuer}/insecure`],
    ['has no metadata', () => `${issuer}/absent`],
    ['uses neither https nor loopback', () => 'http://issuer.example'],
  ])('that %s is rejected', async (_name, iss) => {
    expect((await askWith(provider, await signForeign({ iss: iss() }))).body).toMatchObject({
      error: 'invalid_client',
      error_codes: [50166],
    })
  })
})

describe('the managed identity', () => {
  interface IdentityToken {
    readonly access_token: string
    readonly expires_on: string
    readonly expires_in?: string
    readonly resource: string
    readonly token_type: string
  }

  const get = (endpoint: string, params: Record<string, string>, headers: Record<string, string>) =>
    fetch(`${endpoint}?${new URLSearchParams(params).toString()}`, { headers })
  const appService = (params: Record<string, string> = {}, headers?: Record<string, string>) =>
    get(
      provider.managedIdentity.appServiceEndpoint,
      { resource: EXCHANGE, 'api-version': '2019-08-01', ...params },
      headers ?? { 'x-identity-header': provider.managedIdentity.header },
    )
  const imds = (params: Record<string, string> = {}, headers?: Record<string, string>) =>
    get(
      provider.managedIdentity.imdsEndpoint,
      { resource: EXCHANGE, 'api-version': '2018-02-01', ...params },
      headers ?? { metadata: 'true' },
    )

  test.each([
    ['App Service', appService],
    ['the instance metadata service', imds],
  ])('of %s issues a token that replaces the secret', async (_name, ask) => {
    const response = await ask()
    const token = (await response.json()) as IdentityToken
    const { issuer: iss, subject: sub } = provider.managedIdentity

    expect(response.status).toBe(200)
    expect(token).toMatchObject({ resource: EXCHANGE, token_type: 'Bearer' })
    expect(token.expires_on).toMatch(/^\d{10}$/)
    expect(claimsOf(token.access_token)).toMatchObject({ aud: EXCHANGE, iss, sub, oid: sub })
    expect((await askWith(provider, token.access_token)).status).toBe(200)
  })

  test('issues tokens with the usual lifetime', async () => {
    provider.behave({ accessTokenSeconds: 90 })

    expect(await (await imds()).json()).toMatchObject({ expires_in: '90' })
  })

  test('accepts only its client ID', async () => {
    const { clientId } = provider.managedIdentity

    for (const ask of [appService, imds]) {
      expect((await ask({ client_id: clientId })).status).toBe(200)
      expect((await ask({ client_id: provider.app.clientId })).status).toBe(400)
    }
  })

  test.each([
    ['App Service without the header', () => appService({}, {}), 401],
    ['App Service with a wrong header', () => appService({}, { 'x-identity-header': 'x' }), 401],
    [
      'App Service with another api-version',
      () => appService({ 'api-version': '2017-09-01' }),
      400,
    ],
    ['App Service without a resource', () => appService({ resource: '' }), 400],
    ['IMDS without the header', () => imds({}, {}), 400],
    [
      'IMDS through a proxy',
      () => imds({}, { metadata: 'true', 'x-forwarded-for': '10.0.0.1' }),
      400,
    ],
    ['IMDS with another api-version', () => imds({ 'api-version': '2019-08-01' }), 400],
    ['IMDS without a resource', () => imds({ resource: '' }), 400],
  ])('%s is rejected', async (_name, ask, status) => {
    expect((await ask()).status).toBe(status)
  })
})

test('a user’s token of this provider is not a credential', async () => {
  const [app, ...apps] = provider.config.apps
  const tokens = await getTokens(provider, { scope: 'openid profile' }, { as: 'robin' })
  const { iss = '', sub = '', aud = '' } = claimsOf(tokens.id_token) as Record<string, string>
  // The second start needs the same port, because the credential contains the origin.
  await provider.close()
  const other = await startDevProvider({
    port: Number(new URL(provider.origin).port),
    config: {
      apps: [
        { ...app!, federatedCredentials: [{ issuer: iss, subject: sub, audience: aud }] },
        ...apps,
      ],
    },
  })
  const reply = await askWith(other, tokens.id_token ?? '')
  provider = other

  expect(reply.body).toMatchObject({ error: 'invalid_client', error_codes: [700229] })
})

test('an app without credentials must not send one', async () => {
  const { clientSecret: _s, federatedCredentials: _f, ...app } = provider.app
  const other = await startDevProvider({ config: { apps: [app] } })
  const reply = await requestToken(other, {
    grant_type: 'client_credentials',
    scope: 'https://graph.microsoft.com/.default',
    client_secret: '',
    client_assertion: await other.workloadToken(),
  })

  expect(reply.body).toMatchObject({ error: 'invalid_client', error_codes: [700025] })
  await other.close()
})
