import {
  createClientCertificate,
  defaultConfig,
  startDevProvider,
  type DevProvider,
  type DevProviderConfig,
} from '../src/index.js'
import {
  askWith,
  assertionParams,
  signAssertion,
  toX5c,
  type AssertionChanges,
} from './support/assertion.js'
import { claimsOf, getCode, redeem, refresh, requestToken } from './support/flow.js'
import { describe, expect, test as base } from './support/fixtures.js'

const certificate = createClientCertificate()
const stranger = createClientCertificate('stranger')
const renewed = createClientCertificate('app.contoso.example')
const [registered, ...apps] = defaultConfig.apps
const { clientSecret: _secret, federatedCredentials: _federated, ...bare } = registered!

const test = base
  .extend('providerOptions', {
    config: {
      apps: [
        { ...bare, certificates: [certificate.cert], trustedSubjectNames: ['app.contoso.example'] },
        ...apps,
      ],
    },
  })
  .extend(
    'ask',
    ({ provider }) =>
      async (changes: AssertionChanges = {}, by = certificate) =>
        askWith(provider, await signAssertion(provider, by, changes)),
  )

const seconds = (offset: number) => Math.floor(Date.now() / 1000) + offset

describe('a certificate', () => {
  test.for(['PS256', 'RS256'] as const)(
    'signs with %s and is found by SHA-256',
    async (alg, { ask, provider }) => {
      const { status, body } = await ask({ alg })

      expect(status).toBe(200)
      expect(claimsOf(body.access_token)).toMatchObject({ azp: provider.app.clientId, azpacr: '2' })
    },
  )

  test('is found by the older SHA-1 thumbprint', async ({ ask }) => {
    const x5t = Buffer.from(certificate.thumbprint, 'hex').toString('base64url')

    expect((await ask({ alg: 'RS256', header: { 'x5t#S256': undefined, x5t } })).status).toBe(200)
  })

  test('authenticates the client for the code and the refresh grant', async ({ provider }) => {
    const assertion = assertionParams(await signAssertion(provider, certificate))
    const code = await getCode(provider)
    const tokens = await redeem(provider, code, assertion)
    const again = await refresh(provider, tokens.body.refresh_token, assertion)

    expect(claimsOf(tokens.body.access_token)['azpacr']).toBe('2')
    expect(again.status).toBe(200)
  })

  test('is required once it is registered', async ({ provider }) => {
    const code = await getCode(provider)

    expect((await redeem(provider, code, { client_secret: '' })).body).toMatchObject({
      error: 'invalid_client',
      error_codes: [7000218],
    })
  })

  test('can be a new one with a trusted name, if the assertion contains it', async ({ ask }) => {
    expect((await ask({ header: { x5c: toX5c(renewed) } }, renewed)).status).toBe(200)
    expect((await ask({}, renewed)).body).toMatchObject({ error_codes: [700027] })
    expect((await ask({ header: { x5c: toX5c(stranger) } }, stranger)).body).toMatchObject({
      error_codes: [700027],
    })
    // The thumbprint must match the certificate in the header.
    expect((await ask({ header: { x5c: toX5c(renewed) } }, stranger)).body).toMatchObject({
      error_codes: [700027],
    })
  })
})

describe('an assertion is rejected', () => {
  test('with an unknown thumbprint, which the message contains', async ({ ask }) => {
    const { status, body } = await ask({}, stranger)

    expect(status).toBe(401)
    expect(body).toMatchObject({ error: 'invalid_client', error_codes: [700027] })
    expect(body['error_description']).toContain(stranger.thumbprintSha256)
  })

  test('with the right thumbprint and another key', async ({ ask }) => {
    const { thumbprint, thumbprintSha256 } = certificate
    const { body } = await ask({}, { ...stranger, thumbprint, thumbprintSha256 })

    expect(body).toMatchObject({ error: 'invalid_client', error_codes: [700027] })
    expect(body['error_description']).toContain('did not match the expected signature')
  })

  test('with a kid but no thumbprint', async ({ ask }) => {
    const header = { 'x5t#S256': undefined, kid: certificate.thumbprint }

    expect((await ask({ header })).body).toMatchObject({ error_codes: [700027] })
  })

  test.for([
    ['expired', () => ({ nbf: seconds(-1000), exp: seconds(-301) }), 700024],
    ['not valid yet', () => ({ nbf: seconds(310), exp: seconds(900) }), 700024],
    ['with a lifetime of more than a day', () => ({ exp: seconds(24 * 3600 + 60) }), 700024],
    ['without exp', () => ({ exp: undefined }), 50027],
    ['without jti', () => ({ jti: undefined }), 50027],
    ['for another client', () => ({ sub: defaultConfig.apps[1]!.clientId }), 700021],
    ['that another client issued', () => ({ iss: defaultConfig.apps[1]!.clientId }), 700021],
    [
      'for the issuer template',
      ({ origin }: DevProvider) => ({ aud: `${origin}/{tenantid}/v2.0` }),
      700023,
    ],
    [
      'for another tenant',
      (at: DevProvider) => ({ aud: `${at.authority('common')}/oauth2/v2.0/token` }),
      700023,
    ],
    ['without an audience', () => ({ aud: undefined }), 700023],
  ] as const)('%s', async ([_name, claims, code], { ask, provider }) => {
    expect((await ask({ claims: claims(provider) })).body).toMatchObject({
      error: code === 50027 ? 'invalid_request' : 'invalid_client',
      error_codes: [code],
    })
  })

  test.for(['a.b.c', 'nonsense'])('as %s', async (text, { provider }) => {
    expect((await askWith(provider, text)).body).toMatchObject({
      error: 'invalid_request',
      error_codes: [50027],
    })
  })

  test('of another type, and together with a secret', async ({ provider }) => {
    const assertion = await signAssertion(provider, certificate)

    expect((await askWith(provider, assertion, { client_assertion_type: '' })).body).toMatchObject({
      error: 'invalid_request',
      error_codes: [900144],
    })
    expect((await askWith(provider, assertion, { client_secret: 'x' })).body).toMatchObject({
      error: 'invalid_request',
    })
  })

  test('with an expired certificate', async ({ provider }) => {
    const old = createClientCertificate('old', Date.now() - 366 * 24 * 3600 * 1000)
    const [app] = provider.config.apps
    const other = await startDevProvider({
      config: { apps: [{ ...app!, certificates: [old.cert] }] },
    })
    const reply = await requestToken(other, {
      grant_type: 'client_credentials',
      scope: 'https://graph.microsoft.com/.default',
      ...assertionParams(await signAssertion(other, old)),
    })

    expect(reply.body).toMatchObject({ error: 'invalid_client', error_codes: [1000502] })
    await other.close()
  })
})

describe('the audience', () => {
  test.for([
    [
      'the token endpoint with a domain name',
      'contoso.example',
      (authority: string): string => authority,
    ],
    [
      'the endpoint of the metadata',
      'contoso.example',
      (_authority: string, at: DevProvider): string => at.authority(),
    ],
  ] as const)('can be %s', async ([_name, tenant, toBase], { provider }) => {
    const prefix = toBase(provider.authority(tenant), provider)
    const claims = { aud: `${prefix}/oauth2/v2.0/token` }
    const assertion = await signAssertion(provider, certificate, { claims })
    const reply = await requestToken(
      provider,
      {
        grant_type: 'client_credentials',
        scope: 'https://graph.microsoft.com/.default',
        ...assertionParams(assertion),
      },
      tenant,
    )

    expect(reply.status).toBe(200)
  })

  test('can be the issuer', async ({ ask, provider }) => {
    expect((await ask({ claims: { aud: `${provider.authority()}/v2.0` } })).status).toBe(200)
  })

  test('at common is the endpoint of common', async ({ provider }) => {
    const code = await getCode(provider, {}, { tenant: 'common' })
    const claims = { aud: `${provider.authority('common')}/oauth2/v2.0/token` }
    const assertion = assertionParams(await signAssertion(provider, certificate, { claims }))

    expect((await redeem(provider, code, assertion, 'common')).status).toBe(200)
  })
})

test.each([
  ['a certificate that is not PEM', { certificates: ['nonsense'] }, /certificates/],
  ['names that are not a list', { trustedSubjectNames: 'x' }, /trustedSubjectNames/],
  [
    'credentials without a subject',
    { federatedCredentials: [{ issuer: 'https://x.example' }] },
    /federatedCredentials/,
  ],
])('a configuration with %s is rejected', async (_name, changes, message) => {
  const config = { apps: [{ ...defaultConfig.apps[0], ...changes }] }

  await expect(
    startDevProvider({ config: config as unknown as Partial<DevProviderConfig> }),
  ).rejects.toThrow(message)
})
