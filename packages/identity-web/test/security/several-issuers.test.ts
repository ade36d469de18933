import { createHmac, createPublicKey, type JsonWebKey } from 'node:crypto'
import type { AccessTokenRequest, DevProvider } from 'identity-web-dev'
import { decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose'
import { requestCount } from '../support/attack.ts'
import {
  B2C_API,
  CONTOSO,
  CUSTOMERS,
  describe,
  expect,
  FABRIKAM,
  issuerFor,
  OLD_API,
  PLAIN_API,
  test as base,
  TODO_API,
  TODO_URI,
} from '../support/issuers-fixtures.ts'
import { verificationsDuring, type ProtectedApi } from '../support/protected-api.ts'

const PLAIN = { as: 'alex', api: PLAIN_API, authority: 'oidc', scopes: ['Todos.Read'] } as const

/** The API accepts Contoso and a plain provider of the first development provider, and customers of the second one. */
const test = base.extend('api', ({ entries, openIssuers, otherProvider }) => {
  const { plain, workforce } = entries
  const customers = { authority: otherProvider.authority(CUSTOMERS), clientId: OLD_API }
  return openIssuers({ workforce, plain, customers })
})

const encode = (part: unknown): string => Buffer.from(JSON.stringify(part)).toString('base64url')

/** Checks that a token is rejected, and that at most one signature was verified: no other issuer judges it. */
async function expectRejected(api: ProtectedApi, token: string, reason: string): Promise<void> {
  let reply: Awaited<ReturnType<ProtectedApi['call']>> | undefined
  const times = await verificationsDuring(async () => (reply = await api.call('/', token)))
  expect(reply?.body).toEqual({
    error: 'invalid_token',
    error_description: expect.stringContaining(reason) as unknown,
  })
  expect(reply?.status).toBe(401)
  // One issuer can have several keys for a token without a key ID.
  expect(times).toBeLessThanOrEqual(2)
  expect(api.errors).toEqual([])
}

/** Loads the documents of every issuer, so that no rejection is due to a missing document. */
async function warm(api: ProtectedApi, provider: DevProvider, other: DevProvider): Promise<void> {
  const tokens = [
    await provider.accessToken({ as: 'alex', api: TODO_API }),
    await provider.accessToken(PLAIN),
    await other.accessToken({ as: 'nora', api: TODO_API, claims: { aud: OLD_API } }),
  ]
  for (const [index, name] of ['workforce', 'plain', 'customers'].entries()) {
    expect(await issuerFor(api, tokens[index]!)).toBe(name)
  }
}

/** Returns the public key that a provider signs with. */
async function publicKeyOf(provider: DevProvider): Promise<JsonWebKey> {
  const read = async (url: string): Promise<Record<string, unknown>> =>
    (await (await fetch(url)).json()) as Record<string, unknown>
  const metadata = await read(`${provider.authority()}/v2.0/.well-known/openid-configuration`)
  const { keys } = await read(String(metadata['jwks_uri']))
  return (keys as readonly JsonWebKey[])[0]!
}

describe('the key of one issuer', () => {
  test('cannot sign a token of another one', async ({ api, provider, otherProvider }) => {
    await warm(api, provider, otherProvider)
    const iss = `${provider.origin}/${CONTOSO}/v2.0`
    const ofOther = (request: AccessTokenRequest): Promise<string> =>
      otherProvider.accessToken({ as: 'nora', api: TODO_API, ...request })

    await expectRejected(
      api,
      await ofOther({ claims: { iss, tid: CONTOSO } }),
      'its key is unknown',
    )
    const { kid } = decodeProtectedHeader(await provider.accessToken({ as: 'alex', api: TODO_API }))
    await expectRejected(
      api,
      await ofOther({ claims: { iss, tid: CONTOSO }, header: { kid } }),
      'its signature is wrong',
    )
    await expectRejected(
      api,
      await ofOther({ claims: { iss, tid: CONTOSO }, header: { kid: undefined } }),
      'its signature is wrong',
    )
  })

  test('cannot sign for the same issuer at another host', async ({
    entries: { customers },
    openIssuers,
    otherProvider,
    provider,
  }) => {
    // External ID names its issuer alike at both providers, and the audience decides.
    const api = await openIssuers({
      first: customers,
      second: { authority: otherProvider.authority(CUSTOMERS), clientId: OLD_API },
    })
    const first = await provider.accessToken({ as: 'nora', api: TODO_API })
    expect(await issuerFor(api, first)).toBe('first')
    const second = await otherProvider.accessToken({
      as: 'nora',
      api: TODO_API,
      claims: { aud: OLD_API },
    })
    expect(await issuerFor(api, second)).toBe('second')

    await expectRejected(
      api,
      await otherProvider.accessToken({ as: 'nora', api: TODO_API }),
      'its key is unknown',
    )
    await expectRejected(
      api,
      await provider.accessToken({ as: 'nora', api: TODO_API, claims: { aud: OLD_API } }),
      'its key is unknown',
    )
  })

  test('cannot be one that the header of the token contains', async ({
    api,
    provider,
    otherProvider,
  }) => {
    await warm(api, provider, otherProvider)
    const { privateKey, publicKey } = await generateKeyPair('RS256')
    const jwk = await exportJWK(publicKey)

    await expectRejected(
      api,
      await provider.accessToken({
        as: 'alex',
        api: TODO_API,
        key: privateKey,
        header: { kid: undefined, jwk, jku: `${otherProvider.origin}/discovery/v2.0/keys` },
      }),
      'its signature is wrong',
    )
  })
})

describe('the claims that select an issuer', () => {
  test('do not let another issuer judge the token', async ({ api, provider, otherProvider }) => {
    await warm(api, provider, otherProvider)
    const aud = OLD_API
    const cases: readonly (readonly [string, string, string])[] = [
      // A valid token of one issuer with the audience of another one.
      [
        'the audience of the customers',
        await provider.accessToken({ as: 'alex', api: TODO_API, claims: { aud } }),
        `it is for ${aud}`,
      ],
      [
        'the audience of the workforce',
        await otherProvider.accessToken({ as: 'nora', api: TODO_API }),
        `it is for ${TODO_API}`,
      ],
      [
        'the audience of the plain provider',
        await provider.accessToken({ as: 'alex', api: TODO_API, claims: { aud: PLAIN_API } }),
        `it is for ${PLAIN_API}`,
      ],
      [
        'all audiences, and the issuer of another',
        await otherProvider.accessToken({
          as: 'nora',
          api: TODO_API,
          claims: {
            aud: [TODO_API, aud, PLAIN_API],
            iss: `${provider.origin}/${CONTOSO}/v2.0`,
            tid: CONTOSO,
          },
        }),
        'its key is unknown',
      ],
      [
        'the issuer of a plain provider',
        await otherProvider.accessToken({
          as: 'alex',
          api: TODO_API,
          claims: { aud: PLAIN_API, iss: provider.oidcAuthority },
        }),
        'its key is unknown',
      ],
      [
        'the issuer of a tenant',
        await otherProvider.accessToken({
          ...PLAIN,
          claims: {
            aud: TODO_API,
            iss: `${provider.origin}/${CONTOSO}/v2.0`,
            tid: CONTOSO,
            ver: '2.0',
            azp: 'x',
          },
        }),
        'its key is unknown',
      ],
    ]
    for (const [, token, reason] of cases) await expectRejected(api, token, reason)
  })

  test.for([
    ['missing', undefined],
    ['null', null],
    ['a list', ['https://login.example']],
    ['a list with a valid one', 'list'],
    ['an object', { toString: 'x' }],
    ['a number', 0],
    ['true', true],
    ['empty', ''],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['long', 'https://x.example/'.repeat(500)],
    ['a template', 'https://login.microsoftonline.com/{tenantid}/v2.0'],
  ] as const)('select none if iss is %s', async ([, given], { api, provider }) => {
    const iss = given === 'list' ? [`${provider.origin}/${CONTOSO}/v2.0`] : given

    await expectRejected(
      api,
      await provider.accessToken({ as: 'alex', api: TODO_API, claims: { iss } }),
      'its issuer is',
    )
  })

  test('select none with the template or the letters of another case', async ({
    openIssuers,
    entries: { plain, workforce },
    provider,
  }) => {
    const partners = { ...workforce, authority: provider.authority('organizations') }
    const api = await openIssuers({ partners, plain })
    const forge = (iss: string): Promise<string> =>
      provider.accessToken({ as: 'kim', api: TODO_API, authority: FABRIKAM, claims: { iss } })

    expect(await issuerFor(api, await forge(`${provider.origin}/${FABRIKAM}/v2.0`))).toBe(
      'partners',
    )
    await expectRejected(api, await forge(`${provider.origin}/{tenantid}/v2.0`), 'its issuer is')
    await expectRejected(
      api,
      await forge(`${provider.origin}/${FABRIKAM.toUpperCase()}/v2.0`),
      'its issuer is',
    )
    await expectRejected(api, await forge(`${provider.origin}/${FABRIKAM}/v2.0/`), 'its issuer is')
    await expectRejected(api, await forge(`${provider.origin}/${CONTOSO}/v2.0`), 'its issuer is')
  })

  test('cannot move a token of one tenant to another one', async ({
    openIssuers,
    entries: { workforce },
    provider,
  }) => {
    const partners = { ...workforce, authority: provider.authority('organizations') }
    const api = await openIssuers({ workforce, partners })
    const kim = { as: 'kim', api: TODO_API, authority: FABRIKAM } as const

    expect(await issuerFor(api, await provider.accessToken(kim))).toBe('partners')
    await expectRejected(
      api,
      await provider.accessToken({ ...kim, claims: { tid: CONTOSO } }),
      'its issuer is',
    )
    await expectRejected(
      api,
      await provider.accessToken({ ...kim, claims: { iss: `${provider.origin}/${CONTOSO}/v2.0` } }),
      'its tid is not the tenant of the authority',
    )
  })

  test('cause no requests to the providers', async ({ api, provider, otherProvider }) => {
    await warm(api, provider, otherProvider)
    const before = requestCount(provider, 'metadata') + requestCount(provider, 'keys')
    for (let index = 0; index < 50; index++) {
      const tid = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`
      const iss = `${provider.origin}/${tid}/v2.0`
      await api.call(
        '/',
        await provider.accessToken({ as: 'alex', api: TODO_API, claims: { iss, tid } }),
      )
    }

    expect(requestCount(provider, 'metadata') + requestCount(provider, 'keys')).toBe(before)
    expect(await issuerFor(api, await provider.accessToken({ as: 'alex', api: TODO_API }))).toBe(
      'workforce',
    )
  })

  test('cannot replace the requirement of a route', async ({ entries, openIssuers, provider }) => {
    const { customers, workforce } = entries
    const api = await openIssuers(
      { workforce, customers },
      {},
      (app, { authorizationRequired }) => {
        app.get(
          '/admin',
          authorizationRequired(
            { issuer: 'workforce', roles: ['Admin'] },
            (_req, res) => void res.json({}),
          ),
        )
      },
    )
    const claims = { issuer: 'workforce', roles: ['Admin'] }

    const nora = await provider.accessToken({ as: 'nora', api: TODO_API, claims })
    expect(await issuerFor(api, nora)).toBe('customers')
    expect(await issuerFor(api, nora, '/admin')).toBe(403)
    // Also from the cache.
    expect(await issuerFor(api, nora, '/admin')).toBe(403)
    expect(await issuerFor(api, nora, '/admin')).toBe(403)
  })
})

describe('the algorithm', () => {
  test('none, and the public key as a secret, are rejected at every issuer', async ({
    api,
    provider,
    otherProvider,
  }) => {
    await warm(api, provider, otherProvider)
    const tokens = [
      await provider.accessToken({ as: 'alex', api: TODO_API }),
      await provider.accessToken(PLAIN),
      await otherProvider.accessToken({ as: 'nora', api: TODO_API, claims: { aud: OLD_API } }),
    ]
    for (const token of tokens) {
      const [, payload = ''] = token.split('.')
      const { kid } = decodeProtectedHeader(token)
      await expectRejected(api, `${encode({ alg: 'none' })}.${payload}.`, 'its algorithm none')
      const pem = createPublicKey({ key: await publicKeyOf(provider), format: 'jwk' }).export({
        type: 'spki',
        format: 'pem',
      })
      const signed = `${encode({ alg: 'HS256', kid })}.${payload}`
      const mac = createHmac('sha256', pem).update(signed).digest('base64url')
      await expectRejected(api, `${signed}.${mac}`, 'its algorithm HS256')
    }
  })

  test('of one issuer is not allowed at another one', async ({ api, provider, otherProvider }) => {
    await warm(api, provider, otherProvider)
    const { privateKey } = await generateKeyPair('ES256')
    await expectRejected(
      api,
      await provider.accessToken({
        as: 'alex',
        api: TODO_API,
        key: privateKey,
        header: { alg: 'ES256' },
      }),
      'its algorithm ES256 is not allowed',
    )
  })
})

test('a policy of Azure AD B2C does not open the tenant of another issuer', async ({
  entries: { b2c, workforce },
  openIssuers,
  provider,
}) => {
  const api = await openIssuers({ workforce, b2c })
  const mia = await provider.accessToken({ as: 'mia', api: B2C_API })
  expect(await issuerFor(api, mia)).toBe('b2c')

  await expectRejected(
    api,
    await provider.accessToken({ as: 'mia', api: B2C_API, claims: { aud: TODO_URI } }),
    `it is for ${TODO_URI}`,
  )
  await expectRejected(
    api,
    await provider.accessToken({ as: 'mia', api: B2C_API, claims: { tfp: 'B2C_1_edit' } }),
    'its policy (tfp or acr) is not the requested policy',
  )
})

test('an ID token of any issuer is rejected', async ({ api, provider, otherProvider }) => {
  await warm(api, provider, otherProvider)
  await expectRejected(
    api,
    await provider.accessToken({
      as: 'alex',
      api: TODO_API,
      claims: { azp: undefined, appid: undefined },
    }),
    'it is an ID token',
  )
  await expectRejected(
    api,
    await provider.accessToken({ ...PLAIN, header: { typ: 'JWT' }, claims: { nonce: 'x' } }),
    'it is an ID token',
  )
})

test('an issuer that is not configured is rejected while AD FS does not respond', async ({
  entries: { workforce },
  openIssuers,
  otherProvider,
  provider,
}) => {
  const servers = { authority: otherProvider.adfsAuthority, clientId: OLD_API }
  const api = await openIssuers({ workforce, servers })
  otherProvider.behave({ faults: { metadata: { kind: 'status', status: 500 } } })

  // AD FS does not accept this audience, so its metadata do not matter.
  expect(await issuerFor(api, await provider.accessToken({ ...PLAIN }))).toBe(401)
  // Only the metadata of AD FS could say that this is its issuer.
  expect(
    await issuerFor(api, await provider.accessToken({ ...PLAIN, claims: { aud: OLD_API } })),
  ).toBe(503)
  expect(await issuerFor(api, await provider.accessToken({ as: 'alex', api: TODO_API }))).toBe(
    'workforce',
  )
})
