import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import { defaultConfig, startDevProvider } from '../src/index.js'
import { askWith } from './support/assertion.js'
import { claimsOf, getTokens, requestToken } from './support/flow.js'
import { describe, expect, test as base } from './support/fixtures.js'

const EXCHANGE = 'api://AzureADTokenExchange'

const get = (endpoint: string, params: Record<string, string>, headers: Record<string, string>) =>
  fetch(`${endpoint}?${new URLSearchParams(params).toString()}`, { headers })

const test = base
  /** Another issuer, whose metadata and keys the provider reads. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('foreign', { scope: 'file' }, async ({}, { onCleanup }) => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true })
    const documents: Record<string, unknown> = {}
    const server = createServer((request, response) => {
      const document = documents[request.url ?? '']
      response.statusCode = document === undefined ? 404 : 200
      response.end(JSON.stringify(document ?? {}))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onCleanup(() => void server.close())
    const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const metadata = { issuer, jwks_uri: `${issuer}/keys` }
    Object.assign(documents, {
      '/.well-known/openid-configuration': metadata,
      '/keys': { keys: [{ ...(await exportJWK(publicKey)), kid: 'foreign', alg: 'RS256' }] },
      '/liar/.well-known/openid-configuration': metadata,
      '/insecure/.well-known/openid-configuration': {
        issuer: `${issuer}/insecure`,
        jwks_uri: 'http://keys.example/keys',
      },
    })
    return { issuer, signingKey: privateKey }
  })
  .extend('providerOptions', { scope: 'file' }, ({ foreign: { issuer } }) => {
    const [app, ...apps] = defaultConfig.apps
    const subject = 'repo:contoso/app:ref:main'
    const federatedCredentials = [
      ...(app!.federatedCredentials ?? []),
      { issuer, subject, audience: 'api://own' },
      ...['liar', 'insecure', 'absent'].map((path) => ({ issuer: `${issuer}/${path}`, subject })),
      { issuer: 'http://issuer.example', subject },
    ]
    return { config: { apps: [{ ...app!, federatedCredentials }, ...apps] } }
  })
  .extend('issuer', ({ foreign }) => foreign.issuer)
  .extend('signingKey', ({ foreign }) => foreign.signingKey)
  /** Creates a token of the other issuer. */
  .extend(
    'signForeign',
    ({ signingKey, issuer }) =>
      (
        claims: Record<string, unknown> = {},
        header: { alg?: string; kid?: string } = {},
        key: CryptoKey = signingKey,
      ): Promise<string> => {
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
      },
  )
  /** Requests a token of the managed identity at its two endpoints. */
  .extend('ask', ({ provider: { managedIdentity } }) => ({
    appService: (params: Record<string, string> = {}, headers?: Record<string, string>) =>
      get(
        managedIdentity.appServiceEndpoint,
        { resource: EXCHANGE, 'api-version': '2019-08-01', ...params },
        headers ?? { 'x-identity-header': managedIdentity.header },
      ),
    imds: (params: Record<string, string> = {}, headers?: Record<string, string>) =>
      get(
        managedIdentity.imdsEndpoint,
        { resource: EXCHANGE, 'api-version': '2018-02-01', ...params },
        headers ?? { metadata: 'true' },
      ),
  }))

describe('the simulated cluster', () => {
  test('issues a service account token that replaces the secret', async ({ provider }) => {
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

  test('has a discovery document and keys', async ({ provider }) => {
    const issuer = `${provider.origin}/workload`
    const response = await fetch(`${issuer}/.well-known/openid-configuration`)
    const metadata = (await response.json()) as { issuer: string; jwks_uri: string }
    const { keys } = (await (await fetch(metadata.jwks_uri)).json()) as { keys: unknown[] }

    expect(metadata.issuer).toBe(issuer)
    expect(keys.length).toBeGreaterThan(0)
  })

  test.for([
    ['issuer', { issuer: 'https://other.example' }, 700211],
    ['subject', { subject: 'system:serviceaccount:default:other' }, 700213],
    ['audience', { audience: 'https://kubernetes.default.svc' }, 700212],
    ['lifetime', { expiresIn: -301 }, 700024],
  ] as const)('is rejected with another %s', async ([_name, options, code], { provider }) => {
    const { status, body } = await askWith(provider, await provider.workloadToken(options))

    expect(status).toBe(401)
    expect(body).toMatchObject({ error: 'invalid_client', error_codes: [code] })
  })

  test('is rejected after its key was removed', async ({ provider }) => {
    const assertion = await provider.workloadToken()
    await provider.rollKeys({ keepOld: false })

    expect((await askWith(provider, assertion)).body).toMatchObject({ error_codes: [50013] })
  })
})

describe('another issuer', () => {
  const own = { aud: 'api://own' }

  test('provides its keys', async ({ provider, signForeign }) => {
    expect((await askWith(provider, await signForeign(own))).status).toBe(200)
  })

  test('must use the audience of the credential', async ({ provider, signForeign }) => {
    expect((await askWith(provider, await signForeign())).body).toMatchObject({
      error_codes: [700212],
    })
  })

  test('must sign with a published key', async ({ signForeign, provider }) => {
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

  test('must not sign with a shared secret', async ({ issuer, provider }) => {
    const secret = new TextEncoder().encode('0'.repeat(32))
    const assertion = await new SignJWT({ iss: issuer, sub: 'repo:contoso/app:ref:main', ...own })
      .setProtectedHeader({ alg: 'HS256', kid: 'foreign' })
      .setExpirationTime('5m')
      .sign(secret)

    expect((await askWith(provider, assertion)).body).toMatchObject({ error_codes: [5002738] })
  })

  test.for([
    ['has metadata of a different issuer', (issuer: string) => `${issuer}/liar`],
    ['has keys without https', (issuer: string) => `${issuer}/insecure`],
    ['has no metadata', (issuer: string) => `${issuer}/absent`],
    ['uses neither https nor loopback', () => 'http://issuer.example'],
  ] as const)('that %s is rejected', async ([_name, iss], { provider, signForeign, issuer }) => {
    expect((await askWith(provider, await signForeign({ iss: iss(issuer) }))).body).toMatchObject({
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

  test.for([
    ['App Service', 'appService'],
    ['the instance metadata service', 'imds'],
  ] as const)(
    'of %s issues a token that replaces the secret',
    async ([_name, endpoint], { provider, ask }) => {
      const response = await ask[endpoint]()
      const token = (await response.json()) as IdentityToken
      const { issuer: iss, subject: sub } = provider.managedIdentity

      expect(response.status).toBe(200)
      expect(token).toMatchObject({ resource: EXCHANGE, token_type: 'Bearer' })
      expect(token.expires_on).toMatch(/^\d{10}$/)
      expect(claimsOf(token.access_token)).toMatchObject({ aud: EXCHANGE, iss, sub, oid: sub })
      expect((await askWith(provider, token.access_token)).status).toBe(200)
    },
  )

  test('issues tokens with the usual lifetime', async ({ provider, ask }) => {
    provider.behave({ accessTokenSeconds: 90 })

    expect(await (await ask.imds()).json()).toMatchObject({ expires_in: '90' })
  })

  test('accepts only its client ID', async ({ provider, ask }) => {
    const { clientId } = provider.managedIdentity

    for (const askThere of [ask.appService, ask.imds]) {
      expect((await askThere({ client_id: clientId })).status).toBe(200)
      expect((await askThere({ client_id: provider.app.clientId })).status).toBe(400)
    }
  })

  test.for([
    ['App Service without the header', 'appService', {}, {}, 401],
    ['App Service with a wrong header', 'appService', {}, { 'x-identity-header': 'x' }, 401],
    [
      'App Service with another api-version',
      'appService',
      { 'api-version': '2017-09-01' },
      undefined,
      400,
    ],
    ['App Service without a resource', 'appService', { resource: '' }, undefined, 400],
    ['IMDS without the header', 'imds', {}, {}, 400],
    ['IMDS through a proxy', 'imds', {}, { metadata: 'true', 'x-forwarded-for': '10.0.0.1' }, 400],
    ['IMDS with another api-version', 'imds', { 'api-version': '2019-08-01' }, undefined, 400],
    ['IMDS without a resource', 'imds', { resource: '' }, undefined, 400],
  ] as const)('%s is rejected', async ([_name, endpoint, params, headers, status], { ask }) => {
    expect((await ask[endpoint](params, headers)).status).toBe(status)
  })
})

test('a user’s token of this provider is not a credential', async () => {
  const first = await startDevProvider()
  const [app, ...apps] = first.config.apps
  const tokens = await getTokens(first, { scope: 'openid profile' }, { as: 'robin' })
  const { iss = '', sub = '', aud = '' } = claimsOf(tokens.id_token) as Record<string, string>
  // The second start needs the same port, because the credential contains the origin.
  await first.close()
  const other = await startDevProvider({
    port: Number(new URL(first.origin).port),
    config: {
      apps: [
        { ...app!, federatedCredentials: [{ issuer: iss, subject: sub, audience: aud }] },
        ...apps,
      ],
    },
  })
  const reply = await askWith(other, tokens.id_token ?? '')
  await other.close()

  expect(reply.body).toMatchObject({ error: 'invalid_client', error_codes: [700229] })
})

test('an app without credentials must not send one', async ({ provider }) => {
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
