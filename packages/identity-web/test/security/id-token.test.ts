import { exportSPKI, generateKeyPair, exportJWK, importJWK } from 'jose'
import { defaultConfig, type Sign } from 'identity-web-dev'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { requestCount, expectRejected, signedInUser } from '../support/attack.ts'
import { Browser, sendToCallback, type Site } from '../support/site.ts'

const CONTOSO = 'c0000000-0000-4000-8000-000000000001'
const FABRIKAM = 'fab00000-0000-4000-8000-000000000002'
const CONSUMERS = '9188040d-6c67-4c5b-b112-36a304b66dad'
const CLIENT_SECRET = defaultConfig.apps[0]?.clientSecret
const OTHER_APP = '22222222-3333-4444-8555-666666666666'

type JsonObject = Record<string, unknown>
type Forge = (claims: JsonObject, sign: Sign) => Promise<string> | string | undefined
type Jwk = JsonWebKey & JsonObject
const attackersKey = (await generateKeyPair('RS256')).privateKey

/** A token with other claims; `undefined` removes a claim. */
const withClaims =
  (changes: JsonObject | ((claims: JsonObject) => JsonObject)): Forge =>
  (claims, sign) =>
    sign({ ...claims, ...(typeof changes === 'function' ? changes(claims) : changes) })

function unsigned(claims: JsonObject, alg: string): string {
  const encode = (part: JsonObject): string =>
    Buffer.from(JSON.stringify(part)).toString('base64url')
  return `${encode({ alg, typ: 'JWT' })}.${encode(claims)}.`
}

/** The keys that the provider publishes, changed one by one. */
const changeKeys =
  (change: (key: Jwk) => JsonObject) =>
  (document: { keys: JsonWebKey[] }): { keys: JsonWebKey[] } => ({
    keys: document.keys.map((key) => change(key as Jwk) as JsonWebKey),
  })

const test = base
  .extend(
    'now',
    ({ clock }) =>
      (): number =>
        Math.floor(clock.now() / 1000),
  )

  /** Runs a sign-in with a forged ID token. */
  .extend('attack', ({ provider }) => async (site: Site, forge: Forge, as = 'alex') => {
    const browser = new Browser()
    const back = await site.startSignIn(browser, { as })
    provider.tamper = { ...provider.tamper, idToken: forge }
    return { browser, response: await sendToCallback(browser, back) }
  })
  .extend(
    'expectForgeryRejected',
    ({ attack }) =>
      async (
        site: Site,
        forge: Forge,
        reason: string,
        { status = 401, as = 'alex' } = {},
      ): Promise<void> => {
        const { browser, response } = await attack(site, forge, as)

        await expectRejected(site, browser, response, status)
        expect(site.logs.join('\n')).toContain(reason)
      },
  )
  .extend('plainOidc', ({ provider }) => () => ({
    authority: undefined,
    oidcAuthority: provider.oidcAuthority,
  }))
  .extend(
    'common',
    ({ openSite, provider }) =>
      (tenants?: 'any' | 'work' | readonly string[]) =>
        openSite({ authority: provider.authority('common'), tenants }),
  )

describe('an ID token is rejected when', () => {
  // The clock of these tests shows the real time.
  const seconds = (): number => Math.floor(Date.now() / 1000)
  const cases: [what: string, forge: Forge, reason: string][] = [
    ['its nonce is missing', withClaims({ nonce: undefined }), 'nonce'],
    ['its nonce is of another sign-in', withClaims({ nonce: 'other' }), 'nonce'],
    ['its audience is another application', withClaims({ aud: OTHER_APP }), '(aud)'],
    ['it has no audience', withClaims({ aud: undefined }), '(aud)'],
    ['its list of audiences lacks us', withClaims({ aud: [OTHER_APP, 'x'] }), '(aud)'],
    [
      'it has several audiences and no azp',
      withClaims(({ aud }) => ({ aud: [aud, OTHER_APP] })),
      '(azp)',
    ],
    ['its azp is another application', withClaims({ azp: OTHER_APP }), '(azp)'],
    [
      'it has several audiences and was given to the other one',
      withClaims(({ aud }) => ({ aud: [aud, OTHER_APP], azp: OTHER_APP })),
      '(azp)',
    ],
    ['it has expired', withClaims(() => ({ exp: seconds() - 60 })), 'expired'],
    ['it has no expiry', withClaims({ exp: undefined }), 'expired'],
    ['its expiry is text', withClaims(() => ({ exp: String(seconds() + 600) })), ''],
    ['it is not valid yet', withClaims(() => ({ nbf: seconds() + 90 })), 'not valid yet'],
    ['its nbf is text', withClaims({ nbf: '0' }), ''],
    ['it was issued in the future', withClaims(() => ({ iat: seconds() + 90 })), 'in the future'],
    ['it does not say when it was issued', withClaims({ iat: undefined }), 'in the future'],
    ['it names no user', withClaims({ sub: undefined }), '(sub)'],
    ['its user is empty', withClaims({ sub: '' }), '(sub)'],
    ['its user is a number', withClaims({ sub: 7 }), ''],
    [
      'its at_hash is of another access token',
      withClaims({ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }),
      'at_hash',
    ],
    ['its at_hash is no text', withClaims({ at_hash: ['x'] }), 'at_hash'],
    [
      'it is not signed (alg none)',
      (claims, sign) => sign(claims, { alg: 'none' }),
      'none is not allowed',
    ],
    ['its alg is spelt nOnE', (claims) => unsigned(claims, 'nOnE'), 'is not allowed'],
    [
      'it is signed with the client secret (HS256)',
      (claims, sign) => sign(claims, { alg: 'HS256' }, new TextEncoder().encode(CLIENT_SECRET)),
      'HS256 is not allowed',
    ],
    [
      'another key signed it under a known kid',
      (claims, sign) => sign(claims, {}, attackersKey),
      'signature is wrong',
    ],
    [
      'one byte of its claims was changed',
      async (claims, sign) => {
        const [header, , signature] = (await sign(claims)).split('.')
        const payload = Buffer.from(JSON.stringify({ ...claims, sub: 'admin' }))
        return `${header}.${payload.toString('base64url')}.${signature}`
      },
      'signature is wrong',
    ],
    [
      'its signature is missing',
      async (claims, sign) => (await sign(claims)).replace(/[^.]+$/, ''),
      'token was rejected',
    ],
    [
      'its kid is unknown',
      (claims, sign) => sign(claims, { kid: 'unknown' }, attackersKey),
      'its key is unknown',
    ],
    [
      'it brings its own key (jwk)',
      async (claims, sign) => {
        const pair = await generateKeyPair('RS256')
        const jwk = await exportJWK(pair.publicKey)
        return sign(claims, { kid: 'mine', jwk }, pair.privateKey)
      },
      'its key is unknown',
    ],
    ['it is no JSON Web Token', () => 'not-a-token', 'not a JSON Web Token'],
    ['it has two parts only', () => 'e30.e30', 'ID token was rejected'],
    ['it is encrypted (five parts)', () => 'e30.e30.e30.e30.e30', 'ID token was rejected'],
    [
      'its claims are no object',
      async (claims, sign) => (await sign(claims)).replace(/\.[^.]+\./, '.W10.'),
      'not a JSON Web Token',
    ],
    [
      'its header does not contain an algorithm',
      async (claims, sign) => (await sign(claims)).replace(/^[^.]+/, 'e30'),
      'ID token was rejected',
    ],
    ['it lacks its tenant', withClaims({ tid: undefined }), 'tid'],
    ['its tenant is no GUID', withClaims({ tid: '../common' }), 'tid'],
    ['its tenant is a list', withClaims({ tid: [CONTOSO] }), 'tid'],
    ['it names its tenant in two spellings', withClaims({ Tid: FABRIKAM }), 'two tenants'],
    ['its tenant is not that of the authority', withClaims({ tid: FABRIKAM }), 'tenant'],
  ]

  test.for(cases)('%s', async ([, forge, reason], { expectForgeryRejected, openSite }) => {
    await expectForgeryRejected(await openSite(), forge, reason)
  })

  test('it is missing', async ({ expectForgeryRejected, openSite }) => {
    await expectForgeryRejected(await openSite(), () => undefined, 'does not contain an ID token', {
      status: 502,
    })
  })

  test('it is signed with the public key as a secret (HS256)', async ({
    openSite,
    plainOidc,
    provider,
    expectForgeryRejected,
  }) => {
    const site = await openSite(plainOidc())
    provider.tamper = {
      metadata: (document) => ({
        ...document,
        id_token_signing_alg_values_supported: ['HS256', 'RS256'],
      }),
    }
    const keysUrl = `${provider.oidcAuthority}/keys`
    const { keys } = (await (await fetch(keysUrl)).json()) as { keys: Jwk[] }
    const [key = {}] = keys
    const publicKey = await importJWK({ ...key, ext: true }, 'RS256')
    const pem = await exportSPKI(publicKey as CryptoKey)

    await expectForgeryRejected(
      site,
      (claims, sign) => sign(claims, { alg: 'HS256' }, new TextEncoder().encode(pem)),
      'HS256 is not allowed',
    )
  })

  test('the provider announces only none and HS256', async ({
    provider,
    expectForgeryRejected,
    site,
  }) => {
    provider.tamper = {
      metadata: (document) => ({
        ...document,
        id_token_signing_alg_values_supported: ['none', 'HS256'],
      }),
    }

    await expectForgeryRejected(
      site,
      (claims, sign) => sign(claims, { alg: 'none' }),
      'none is not allowed',
    )
  })

  test('its algorithm is secure, but the provider does not use it', async ({
    expectForgeryRejected,
    site,
  }) => {
    const { privateKey } = await generateKeyPair('PS256')

    await expectForgeryRejected(
      site,
      (claims, sign) => sign(claims, { alg: 'PS256' }, privateKey),
      'PS256 is not allowed',
    )
  })

  test.for([
    ['encryption (use)', { use: 'enc' }],
    ['another algorithm (alg)', { alg: 'RS512' }],
    ['other operations (key_ops)', { use: undefined, key_ops: ['encrypt'] }],
  ] as const)(
    'its key is published for %s',
    async ([, changes], { provider, expectForgeryRejected, site }) => {
      provider.tamper = { jwks: changeKeys((key) => ({ ...key, ...changes })) }

      await expectForgeryRejected(site, (claims, sign) => sign(claims), 'its key is unknown')
    },
  )

  test('its issuer is another one, even with the right key', async ({
    openSite,
    plainOidc,
    expectForgeryRejected,
  }) => {
    // The keys of other providers do not name their issuer, so only `iss` is compared.
    const site = await openSite(plainOidc())

    await expectForgeryRejected(site, withClaims({ iss: 'https://evil.example' }), 'its issuer')
  })

  test.for([
    ['an additional slash', (issuer: string) => `${issuer}/`],
    ['another case', (issuer: string) => issuer.toUpperCase()],
    ['a list', (issuer: string) => [issuer]],
  ] as const)(
    'its issuer has another spelling: %s',
    async ([, spell], { openSite, plainOidc, expectForgeryRejected }) => {
      const site = await openSite(plainOidc())

      await expectForgeryRejected(
        site,
        withClaims(({ iss }) => ({ iss: spell(String(iss)) })),
        'its issuer',
      )
    },
  )
})

describe('the age of the authentication (max_age)', () => {
  test('is rejected when it is missing', async ({ openSite, expectForgeryRejected }) => {
    const site = await openSite({ maxAgeSeconds: 300 })

    await expectForgeryRejected(site, withClaims({ auth_time: undefined }), 'auth_time')
  })

  test('is rejected when it is older than requested', async ({
    openSite,
    expectForgeryRejected,
    now,
  }) => {
    const site = await openSite({ maxAgeSeconds: 300 })

    await expectForgeryRejected(
      site,
      withClaims(() => ({ auth_time: now() - 365 })),
      'auth_time',
    )
  })

  test('is rejected when it is a string', async ({ openSite, expectForgeryRejected, now }) => {
    const site = await openSite({ maxAgeSeconds: 300 })

    await expectForgeryRejected(
      site,
      withClaims(() => ({ auth_time: String(now()) })),
      'auth_time',
    )
  })

  test('is checked when zero was requested', async ({ openSite, expectForgeryRejected, now }) => {
    const site = await openSite({ maxAgeSeconds: 0 })

    await expectForgeryRejected(
      site,
      withClaims(() => ({ auth_time: now() - 65 })),
      'auth_time',
    )
  })

  test('is accepted when it is recent enough', async ({ openSite, attack, now }) => {
    const site = await openSite({ maxAgeSeconds: 300 })
    const { response } = await attack(
      site,
      withClaims(() => ({ auth_time: now() - 290 })),
    )

    expect(response.location).toBe('/')
  })
})

describe('the clock', () => {
  test.for([
    ['fast', 55],
    ['slow', -55],
  ] as const)(
    'of the provider can be a little %s',
    async ([, clockOffsetSeconds], { provider, openSite }) => {
      provider.behave({ clockOffsetSeconds, idTokenSeconds: 60 })
      const site = await openSite()

      const browser = await site.signIn()

      expect(await signedInUser(site, browser)).toBe('alex@contoso.onmicrosoft.com')
    },
  )
})

describe('the check of tenants', () => {
  test('accepts a listed tenant with any spelling of its ID', async ({ common }) => {
    const site = await common([CONTOSO.toUpperCase()])
    const browser = await site.signIn()

    expect(await signedInUser(site, browser)).toBe('alex@contoso.onmicrosoft.com')
  })

  test('rejects a tenant that is not listed, and names it in the hint', async ({
    common,
    expectForgeryRejected,
  }) => {
    const site = await common([CONTOSO])
    await expectForgeryRejected(site, (claims, sign) => sign(claims), FABRIKAM, {
      status: 403,
      as: 'jo',
    })

    expect(site.logs.join()).toContain('the list in tenants')
  })

  test('rejects a personal account when only work accounts may sign in', async ({
    common,
    expectForgeryRejected,
  }) => {
    const site = await common('work')

    await expectForgeryRejected(site, (claims, sign) => sign(claims), 'Personal accounts', {
      status: 403,
      as: 'charlie',
    })
  })

  test('rejects a personal account at organizations', async ({
    openSite,
    provider,
    expectForgeryRejected,
  }) => {
    const site = await openSite({ authority: provider.authority('organizations') })

    await expectForgeryRejected(
      site,
      withClaims(({ iss }) => ({ tid: CONSUMERS, iss: String(iss).replace(CONTOSO, CONSUMERS) })),
      'Personal accounts',
      { status: 403 },
    )
  })

  test('accepts a personal account when any account may sign in', async ({ common }) => {
    const site = await common()
    const browser = await site.signIn({ as: 'charlie' })

    expect(await signedInUser(site, browser)).toBe('charlie@personal.example')
  })

  test('rejects a token whose issuer and tenant differ', async ({
    common,
    provider,
    expectForgeryRejected,
  }) => {
    const site = await common()
    // These keys do not name their issuer, so only the issuer of the token is checked.
    provider.tamper = { jwks: changeKeys(({ issuer: _issuer, ...key }) => key) }

    await expectForgeryRejected(site, withClaims({ tid: FABRIKAM }), 'its issuer')
  })

  test('rejects a token whose issuer is the template itself', async ({
    common,
    expectForgeryRejected,
    provider,
  }) => {
    const site = await common()

    await expectForgeryRejected(
      site,
      withClaims({ iss: `${provider.origin}/{tenantid}/v2.0` }),
      'its issuer',
    )
  })

  test('rejects a token of another tenant at a single-tenant authority, by its tid alone', async ({
    provider,
    expectForgeryRejected,
    site,
  }) => {
    provider.tamper = { jwks: changeKeys(({ issuer: _issuer, ...key }) => key) }

    await expectForgeryRejected(
      site,
      withClaims({ tid: FABRIKAM }),
      'not the tenant of the authority',
    )
  })

  test('rejects a repeated tenant claim even when both values agree', async ({
    common,
    expectForgeryRejected,
  }) => {
    const site = await common()

    await expectForgeryRejected(site, withClaims({ TID: CONTOSO }), 'two tenants')
  })
})

describe('the key that signed', () => {
  test('is rejected when it belongs to another tenant', async ({
    provider,
    expectForgeryRejected,
    site,
  }) => {
    provider.tamper = {
      jwks: changeKeys((key) => ({ ...key, issuer: `${provider.origin}/${FABRIKAM}/v2.0` })),
    }

    await expectForgeryRejected(site, (claims, sign) => sign(claims), 'another issuer')
  })

  test('of personal accounts cannot sign for a tenant', async ({
    openSite,
    provider,
    expectForgeryRejected,
  }) => {
    const site = await openSite({ authority: provider.authority('common') })

    // Charlie's tokens are signed with that key.
    await expectForgeryRejected(
      site,
      withClaims({ tid: CONTOSO, iss: `${provider.origin}/${CONTOSO}/v2.0` }),
      'another issuer',
      { as: 'charlie' },
    )
  })

  test('is rejected when it belongs to another cloud', async ({
    provider,
    expectForgeryRejected,
    site,
  }) => {
    provider.tamper = {
      jwks: changeKeys((key) => ({ ...key, cloud_instance_name: 'microsoftonline.us' })),
    }

    await expectForgeryRejected(site, (claims, sign) => sign(claims), 'another cloud')
  })

  test('can omit its issuer and cloud', async ({ provider, site }) => {
    provider.tamper = {
      jwks: changeKeys(({ issuer: _issuer, cloud_instance_name: _cloud, ...key }) => key),
    }

    const browser = await site.signIn()

    expect(await signedInUser(site, browser)).toBe('alex@contoso.onmicrosoft.com')
  })

  test('is found without a kid', async ({ attack, site }) => {
    const { response } = await attack(site, (claims, sign) => sign(claims, { kid: undefined }))

    expect(response.location).toBe('/')
  })
})

describe('new keys of the provider', () => {
  test('are found at once when the old keys were fetched some time ago', async ({
    provider,
    clock,
    site,
  }) => {
    await site.signIn()
    await provider.rollKeys({ keepOld: false })
    clock.advance(31)

    await site.signIn()

    expect(requestCount(provider, 'keys')).toBe(2)
  })

  test('replace the old keys, whose signatures are rejected', async ({
    attack,
    provider,
    clock,
    expectForgeryRejected,
    site,
  }) => {
    let stolen: Sign | undefined
    await attack(site, (claims, sign) => {
      stolen = sign
      return sign(claims)
    })
    await provider.rollKeys({ keepOld: false })
    provider.tamper = {}
    clock.advance(24 * 3600)
    await site.signIn()
    // A key that is missing in the key set is accepted for two hours.
    clock.advance(2 * 3600)

    await expectForgeryRejected(site, (claims) => stolen?.(claims), 'its key is unknown')
  })

  // The key ID comes from the token endpoint, so a visitor cannot choose it. Each sign-in already needs a token request.
  test('are requested at most once for a sign-in, and once for a key ID that stays unknown', async ({
    provider,
    clock,
    attack,
    site,
  }) => {
    await site.signIn()
    clock.advance(31)

    for (const kid of ['a', 'b', 'c', 'c', 'c']) {
      const { response } = await attack(site, (claims, sign) => sign(claims, { kid }))
      expect(response.status).toBe(401)
    }

    // One for the first sign-in, one for each key ID, and one that a cached set preceded.
    expect(requestCount(provider, 'keys')).toBeLessThanOrEqual(5)
  })

  test('are found when they replace the old keys a moment after another sign-in', async ({
    provider,
    site,
  }) => {
    await site.signIn()
    await provider.rollKeys({ keepOld: false })

    const browser = await site.signIn()

    expect(await signedInUser(site, browser)).toBe('alex@contoso.onmicrosoft.com')
  })

  test('that are unavailable leave the old keys in use, and are not requested by every sign-in', async ({
    provider,
    clock,
    attack,
    site,
  }) => {
    await site.signIn()
    clock.advance(31)
    provider.behave({ faults: { keys: { kind: 'status', status: 500 } } })

    for (let kid = 0; kid < 3; kid++) {
      const { response } = await attack(site, (claims, sign) => sign(claims, { kid: `kid-${kid}` }))
      expect(response.status).toBe(503)
    }
    provider.tamper = {}
    await site.signIn()

    // After a failure, the keys are requested once a second.
    expect(requestCount(provider, 'keys')).toBeLessThanOrEqual(1 + 3)
  })
})

describe('the existing session', () => {
  test('stays as it was when a sign-in is rejected', async ({ provider, site, signedIn }) => {
    const before = new Map(signedIn.cookies)
    const back = await site.startSignIn(signedIn, { path: '/login', as: 'sam' })
    provider.tamper = { idToken: withClaims({ nonce: 'other' }) }

    const response = await sendToCallback(signedIn, back)

    expect(response.status).toBe(401)
    expect(await signedInUser(site, signedIn)).toBe('alex@contoso.onmicrosoft.com')
    expect(signedIn.cookies).toEqual(before)
  })

  test('ends when a refreshed ID token is of another user', async ({ provider, clock, site }) => {
    const browser = await site.signIn()
    clock.advance(3700)
    provider.tamper = { idToken: withClaims({ sub: 'somebody-else' }) }

    expect(await signedInUser(site, browser)).toBeUndefined()
    const response = await browser.navigate(`${site.origin}/`)

    expect(response.location).toContain('/authorize')
  })

  test('continues when a refreshed ID token is of the same user', async ({
    provider,
    clock,
    site,
  }) => {
    const browser = await site.signIn()
    clock.advance(3700)

    expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
    expect(requestCount(provider, 'token')).toBe(2)
  })
})
