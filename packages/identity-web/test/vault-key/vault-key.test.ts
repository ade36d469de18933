import { constants, createPrivateKey, sign as signBytes, X509Certificate } from 'node:crypto'
import { copyFileSync } from 'node:fs'
import { importX509, jwtVerify } from 'jose'
import type { ClientAuth } from 'openid-client'
import type { ClientCredential } from '../../src/client/index.ts'
import { IdentityError } from '../../src/errors.ts'
import type { EventEmitter } from '../../src/event-emitter.ts'
import { vaultKey, type VaultKey } from '../../src/vault-key/vault-key.ts'
import { allOf, errorOf } from '../client/credential/openssl.ts'
import * as requests from '../client/credential/request.ts'
import {
  apply,
  ASSERTION_REQUEST,
  CLIENT,
  ENDPOINT,
  headerOf,
  rejection,
  SECRET,
} from '../client/credential/request.ts'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'

type Algorithm = 'PS256' | 'RS256'

type Given = Parameters<typeof vaultKey>[0]
type Settings = Parameters<typeof requests.create>[1]

const create = (key: Given, settings?: Settings) => requests.create(vaultKey(key), settings)
const send = (key: Given, settings?: Settings) => requests.send(vaultKey(key), settings)

/** Signs as a vault does, and counts the calls. */
class Vault {
  calls = 0
  readonly #pem: string

  constructor(pem: string) {
    this.#pem = pem
  }

  readonly sign = async (
    data: Uint8Array,
    { algorithm }: { algorithm: Algorithm },
    saltLength = 32,
  ): Promise<Uint8Array> => {
    this.calls += 1
    const key = createPrivateKey(this.#pem)
    const padding = constants.RSA_PKCS1_PSS_PADDING
    return signBytes('sha256', data, algorithm === 'RS256' ? key : { key, padding, saltLength })
  }
}

const test = base
  .extend('shop', { scope: 'file' }, ({ workshop }) => {
    workshop.certificate('app')
    workshop.certificate('new')
    workshop.certificate('short', 'rsa:1024')
    workshop.certificate('ec', 'ec -pkeyopt ec_paramgen_curve:P-256')
    workshop.openssl('x509 -outform DER -in app.pem -out app.cer')
    return workshop
  })
  .extend('pem', ({ shop }) => shop.text('app.pem'))
  .extend('vault', ({ shop }) => new Vault(shop.text('app.key')))
  .extend('newVault', ({ shop }) => new Vault(shop.text('new.key')))
  .extend('credential', ({ vault, pem }) => ({ sign: vault.sign, certificate: pem }))
  .extend('newCredential', ({ newVault, shop }) => ({
    sign: newVault.sign,
    certificate: shop.text('new.pem'),
  }))
  /** A function that returns a key, which the test can rotate. */
  .extend('rotation', ({ credential }) => {
    const rotation = { key: credential, get: vi.fn<() => Promise<typeof credential>>() }
    rotation.get.mockImplementation(async () => rotation.key)
    return rotation
  })
  /** Sets the time, which advances only with the returned function. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('advance', ({}, { onCleanup }) => {
    vi.useFakeTimers({ toFake: ['Date'] })
    onCleanup(() => void vi.useRealTimers())
    return (seconds: number): void => void vi.setSystemTime(Date.now() + seconds * 1000)
  })

/** Returns the assertion that a request sends. */
const assertionOf = async (auth: ClientAuth): Promise<string> =>
  (await apply(auth)).body.get('client_assertion') ?? ''

const hexOf = (pem: string): string => new X509Certificate(pem).fingerprint.replaceAll(':', '')

/** A request that the provider rejects. */
const rejectedRequest = async (auth: ClientAuth): Promise<never> => {
  await apply(auth)
  throw rejection()
}

/** The certificate that signed the assertion of a request. */
const thumbprintIn = async (auth: ClientAuth): Promise<unknown> =>
  headerOf(await apply(auth))['x5t#S256']

describe('a key in a vault', () => {
  test.for([
    ['PS256', 'x5t#S256', 'fingerprint256'],
    ['RS256', 'x5t', 'fingerprint'],
  ] as const)(
    'signs the assertion of the certificate with %s',
    async ([algorithm, field, fingerprint], { credential, pem }) => {
      const { body } = await send(credential, { certificateAlgorithm: algorithm })

      const key = await importX509(pem, algorithm)
      const verified = await jwtVerify(body.get('client_assertion') ?? '', key)
      const hex = new X509Certificate(pem)[fingerprint].replaceAll(':', '')
      expect(verified.protectedHeader).toEqual({
        alg: algorithm,
        typ: 'JWT',
        [field]: Buffer.from(hex, 'hex').toString('base64url'),
      })
      const { iat = 0, exp = 0 } = verified.payload
      expect(verified.payload).toMatchObject({ iss: CLIENT, sub: CLIENT, aud: ENDPOINT, nbf: iat })
      expect(exp - iat).toBe(600)
      expect(body.get('client_id')).toBe(CLIENT)
    },
  )

  test.for(['DER', 'bytes of PEM', 'a file', 'a chain'] as const)(
    'accepts its certificate as %s',
    async (kind, { vault, shop, pem }) => {
      const certificates = {
        DER: shop.bytes('app.cer'),
        'bytes of PEM': Buffer.from(pem),
        'a file': shop.path('app.pem'),
        'a chain': pem + shop.text('new.pem'),
      }
      const sent = await send({
        sign: vault.sign,
        certificate: certificates[kind],
        sendX5c: true,
      })

      expect(headerOf(sent).x5c?.[0]).toBe(new X509Certificate(pem).raw.toString('base64'))
      expect(headerOf(sent).x5c).toHaveLength(kind === 'a chain' ? 2 : 1)
    },
  )

  test('that expires soon is reported at the start, or when a function returns it', async ({
    credential,
    pem,
  }) => {
    const emit = vi.fn<EventEmitter['emit']>()
    const warnings = () => ({
      expiryWarnings: {
        events: { emit } as unknown as EventEmitter,
        now: () => Date.parse(new X509Certificate(pem).validTo) / 1000 - 60,
        sent: new Map(),
      },
    })
    await create(credential, warnings()).prepare()
    const later = create(async () => credential, warnings())
    await later.prepare()
    expect(emit).toHaveBeenCalledTimes(1)
    await later.run(assertionOf)

    const event = { option: 'clientCredential', thumbprint: hexOf(pem) }
    expect(emit.mock.calls).toMatchObject([
      ['credential.expiring', event],
      ['credential.expiring', event],
    ])
  })

  test('is not used at the start, but its certificate is read', async ({ vault, shop }) => {
    const prepare = (certificate: string): Promise<void> =>
      create({ sign: vault.sign, certificate }).prepare()

    await prepare(shop.path('app.pem'))
    await expect(prepare(shop.path('none.pem'))).rejects.toThrow(
      /^clientCredential\.certificate: the file does not exist/,
    )
    expect(vault.calls).toBe(0)
  })

  test.for([
    ['of an EC key', 'ec.pem', /^The key of clientCredential\.certificate is not an RSA key with/],
    ['of a short key', 'short.pem', /^The key of clientCredential\.certificate is not an RSA key/],
    ['without a certificate', 'app.key', /^clientCredential\.certificate does not contain a cert/],
  ] as const)('rejects a file %s', async ([, file, message], { vault, shop }) => {
    await expect(
      create({ sign: vault.sign, certificate: shop.path(file) }).prepare(),
    ).rejects.toMatchObject({ code: 'configuration', message: expect.stringMatching(message) })
  })

  test('rejects a damaged certificate', async ({ vault }) => {
    await expect(
      create({ sign: vault.sign, certificate: Uint8Array.of(0x30, 1, 2) }).prepare(),
    ).rejects.toThrow('clientCredential.certificate is damaged and cannot be read.')
  })

  test('works in a list, and gives way to the next credential', async ({ credential }) => {
    const down = () => Promise.reject(new Error('down'))
    const list = (key: VaultKey): ClientCredential => [vaultKey(key), SECRET]
    const { body } = await requests
      .create(list({ ...credential, sign: down }))
      .run((auth) => apply(auth, ['client_secret_post']))

    expect(body.get('client_secret')).toBe(SECRET)
    expect((await requests.send(list(credential))).body.has('client_assertion')).toBe(true)
  })
})

describe('an assertion of a vault', () => {
  test('is used again until a minute before its end', async ({ credential, vault, advance }) => {
    const authentication = create(credential)
    const first = await authentication.run(assertionOf)

    advance(539)
    expect(await authentication.run(assertionOf)).toBe(first)
    advance(1)
    expect(await authentication.run(assertionOf)).not.toBe(first)
    expect(vault.calls).toBe(2)
  })

  test('is signed once for requests at the same time', async ({ credential, vault }) => {
    const authentication = create(credential)

    const all = await Promise.all([1, 2, 3].map(() => authentication.run(assertionOf)))

    expect(new Set(all).size).toBe(1)
    expect(vault.calls).toBe(1)
  })

  test('is signed once for first requests at the same time with a function', async ({
    credential,
    vault,
  }) => {
    const authentication = create(async () => credential)

    const all = await Promise.all([1, 2, 3].map(() => authentication.run(assertionOf)))

    expect(new Set(all).size).toBe(1)
    expect(vault.calls).toBe(1)
  })

  test('is not used at another token endpoint', async ({ credential, pem }) => {
    const authentication = create(credential)
    await authentication.run(assertionOf)

    const body = new URLSearchParams()
    const other = { issuer: 'https://other.example', token_endpoint: 'https://other.example/token' }
    await authentication.run(async (auth) => {
      await (auth(other, { client_id: CLIENT }, body, new Headers()) as unknown as Promise<void>)
    })

    const key = await importX509(pem, 'PS256')
    const verified = await jwtVerify(body.get('client_assertion') ?? '', key)
    expect(verified.payload.aud).toBe('https://other.example/token')
  })

  // RFC 7523, section 3: such providers reject the `jti` of an assertion that they have seen.
  test('is used once at providers other than Microsoft', async ({ credential, vault }) => {
    const authentication = create(credential, { preferredSecretMethod: 'client_secret_basic' })

    const all = await Promise.all([1, 2, 3].map(() => authentication.run(assertionOf)))

    expect(new Set(all).size).toBe(3)
    expect(vault.calls).toBe(3)
  })

  test('is not used again after the provider rejected it', async ({ credential }) => {
    const authentication = create(credential)
    const first = await authentication.run(assertionOf)

    await errorOf(
      authentication.run(async (auth) => {
        expect(await assertionOf(auth)).toBe(first)
        throw rejection()
      }),
    )

    expect(await authentication.run(assertionOf)).not.toBe(first)
  })

  test('ends before a certificate file that was replaced is noticed', async ({
    vault,
    newVault,
    shop,
    advance,
  }) => {
    copyFileSync(shop.path('app.pem'), shop.path('live.pem'))
    let current = vault
    const authentication = create({
      certificate: shop.path('live.pem'),
      sign: (...request) => current.sign(...request),
    })
    const old = await authentication.run(thumbprintIn)
    copyFileSync(shop.path('new.pem'), shop.path('live.pem'))
    current = newVault

    expect(await authentication.run(thumbprintIn)).toBe(old)
    advance(600)
    expect(await authentication.run(thumbprintIn)).not.toBe(old)
  })

  test('that failed is signed again for the next request', async ({ credential, vault }) => {
    let isDown = true
    const authentication = create({
      ...credential,
      sign: async (...request) => {
        if (isDown) throw new Error('down')
        return vault.sign(...request)
      },
    })

    await errorOf(authentication.run(assertionOf))
    isDown = false

    expect(await authentication.run(assertionOf)).toMatch(/^eyJ/)
  })
})

describe('a signature', () => {
  test('of another key is not sent, and the error says so', async ({ newVault, pem }) => {
    const sent = vi.fn<(auth: ClientAuth) => void>()
    const error = await errorOf(
      create({ sign: newVault.sign, certificate: pem }).run(async (auth) => {
        await apply(auth)
        sent(auth)
      }),
    )

    expect(error).toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(
        /^The certificate in clientCredential\.certificate and the key of clientCredential\.sign\(\) do not belong together, or /,
      ),
    })
    expect(sent).not.toHaveBeenCalled()
    // A fixed key is not read again.
    expect(newVault.calls).toBe(1)
  })

  test.for([
    ['another algorithm', 'RS256', 32],
    ['another length of the salt', 'PS256', 222],
  ] as const)('with %s is not sent', async ([, algorithm, salt], { vault, pem }) => {
    const sign = (data: Uint8Array) => vault.sign(data, { algorithm }, salt)

    await expect(send({ sign, certificate: pem })).rejects.toThrow(/do not belong together, or/)
  })

  test.for<[string, () => unknown, string]>([
    ['nothing', () => undefined, 'undefined'],
    ['a string', () => SECRET, 'string'],
    ['the whole result', () => ({ result: new Uint8Array(256) }), 'object'],
    ['an empty array', () => new Uint8Array(), '0 bytes'],
    ['the hash', () => new Uint8Array(32), '32 bytes'],
    ['DER of an EC key', () => new Uint8Array(71).fill(0x30), '71 bytes'],
    ['one byte too short', () => new Uint8Array(255), '255 bytes'],
  ])('cannot be %s', async ([, sign, returned], { pem }) => {
    const error = await errorOf(send({ sign: sign as () => Uint8Array, certificate: pem }))

    expect(error).toMatchObject({ code: 'configuration' })
    expect(error.message).toBe(
      `clientCredential.sign() returned ${returned}. It must return the signature as a Uint8Array with 256 bytes, for example (await cryptography.signData('PS256', data)).result of Azure Key Vault.`,
    )
    expect(allOf(error)).not.toContain(SECRET)
  })

  test('can be a value without a promise', async ({ shop, pem }) => {
    const key = createPrivateKey(shop.text('app.key'))
    const sign = (data: Uint8Array) =>
      signBytes('sha256', data, {
        key,
        padding: constants.RSA_PKCS1_PSS_PADDING,
        saltLength: 32,
      })

    expect((await send({ sign, certificate: pem })).body.has('client_assertion')).toBe(true)
  })
})

describe('a vault', () => {
  test('that throws is reported without the message of its error', async ({ pem }) => {
    const sign = () => Promise.reject(new TypeError(`token ${SECRET}`))
    const error = await errorOf(send({ sign, certificate: pem }))

    expect(error).toMatchObject({
      code: 'provider_unavailable',
      message: 'clientCredential.sign() failed with an error (TypeError).',
    })
    expect(error).not.toHaveProperty('retryAfterSeconds')
    expect(allOf(error)).not.toContain(SECRET)
  })

  test.for<[string, object, object]>([
    [
      'Azure',
      { statusCode: 429, response: { headers: new Headers({ 'retry-after': '7' }) } },
      {
        message: 'clientCredential.sign() failed with an error (RestError, status 429).',
        retryAfterSeconds: 7,
      },
    ],
    [
      'AWS',
      { $metadata: { httpStatusCode: 400 } },
      { message: 'clientCredential.sign() failed with an error (RestError, status 400).' },
    ],
  ])('of %s that throttles is reported with its status', async ([, fields, expected], { pem }) => {
    const failure = Object.assign(new Error(SECRET), { name: 'RestError', ...fields })
    const error = await errorOf(send({ sign: () => Promise.reject(failure), certificate: pem }))

    expect(error).toMatchObject({ code: 'provider_unavailable', ...expected })
    expect(allOf(error)).not.toContain(SECRET)
  })

  test.for([
    ['provider_unavailable', 'provider_unavailable', 'Another provider is down.'],
    // A guard would send a user to the provider, who cannot solve it.
    [
      'interaction_required',
      'provider_unavailable',
      /^clientCredential\.sign\(\) failed with an err/,
    ],
  ] as const)(
    'that throws %s of another application is reported as %s',
    async ([thrown, code, message], { pem }) => {
      const failure = new IdentityError(thrown, 'Another provider is down.')
      const sign = () => Promise.reject(failure)

      expect(await errorOf(send({ sign, certificate: pem }))).toMatchObject({
        code,
        message: expect.stringMatching(message),
      })
    },
  )

  test('that does not respond does not stop requests', async ({ credential, vault }) => {
    let isSlow = true
    const authentication = create(
      {
        ...credential,
        sign: (...request) => (isSlow ? new Promise(() => undefined) : vault.sign(...request)),
      },
      { timeoutSeconds: 0.1 },
    )

    expect(await errorOf(authentication.run(assertionOf))).toMatchObject({
      code: 'provider_unavailable',
      message: 'clientCredential.sign() did not return within 0.1 seconds.',
      hint: expect.stringMatching(/^Check the connection to the vault\./),
      retryAfterSeconds: 5,
    })
    isSlow = false
    expect(await authentication.run(assertionOf)).toMatch(/^eyJ/)
  })
})

test('a request leaves no timer, which would keep the process alive', async ({ credential }) => {
  const timers = () =>
    process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length
  const before = timers()
  await send(async () => credential)

  expect(timers()).toBeLessThanOrEqual(before)
})

describe('a function that returns a key', () => {
  test('is called again after an hour', async ({ rotation, advance }) => {
    const authentication = create(rotation.get)
    await authentication.run(assertionOf)

    advance(3599)
    await authentication.run(assertionOf)
    expect(rotation.get).toHaveBeenCalledTimes(1)
    advance(1)
    await authentication.run(assertionOf)
    await authentication.run(assertionOf)
    expect(rotation.get).toHaveBeenCalledTimes(2)
  })

  test('can fail after an hour, and the key is still used', async ({ rotation, advance }) => {
    const authentication = create(rotation.get)
    await authentication.run(assertionOf)
    rotation.get.mockRejectedValue(new Error('down'))

    advance(3600)
    expect(await authentication.run(assertionOf)).toMatch(/^eyJ/)
    // An outage does not cause a call for each request.
    await authentication.run(assertionOf)
    expect(rotation.get).toHaveBeenCalledTimes(2)
  })

  test('is called at once when the key was rotated', async ({
    credential,
    newCredential,
    advance,
  }) => {
    let current = credential
    const get = vi.fn<() => Promise<typeof credential>>(async () => ({
      certificate: current.certificate,
      // Without a version, the vault signs with the newest key.
      sign: (...request) => current.sign(...request),
    }))
    const authentication = create(get)
    const old = await authentication.run(thumbprintIn)
    current = newCredential
    advance(600)

    const all = await Promise.all([1, 2, 3].map(() => authentication.run(thumbprintIn)))

    expect(new Set(all).size).toBe(1)
    expect(all[0]).not.toBe(old)
    expect(get).toHaveBeenCalledTimes(2)
  })

  test('was rotated to a key that the provider rejects, and the hint is about the new one', async ({
    credential,
    newCredential,
    shop,
  }) => {
    const get = vi
      .fn<() => typeof credential>(() => newCredential)
      .mockReturnValueOnce({ ...credential, sign: newCredential.sign })
    const sent = vi.fn<() => void>()

    const error = await errorOf(
      create(get).run(async (auth) => {
        await apply(auth)
        sent()
        get.mockImplementation(() => {
          throw new Error('down')
        })
        throw rejection()
      }),
    )

    expect((error as IdentityError).hint).toContain(hexOf(shop.text('new.pem')))
    // The key that was read in the meantime is not another key.
    expect(sent).toHaveBeenCalledTimes(1)
  })

  test('is called only once more if key and certificate still differ', async ({
    newVault,
    pem,
  }) => {
    const get = vi.fn<() => unknown>(() => ({ sign: newVault.sign, certificate: pem }))

    await expect(send(get as () => VaultKey)).rejects.toThrow(/do not belong together/)
    expect(get).toHaveBeenCalledTimes(2)
    expect(newVault.calls).toBe(2)
  })

  test('is called at once when the provider rejects the key, and the request is repeated', async ({
    rotation,
    newCredential,
  }) => {
    const authentication = create(rotation.get)
    const old = await authentication.run(thumbprintIn)
    rotation.key = newCredential
    let waiting = 0
    let release = (): void => undefined
    const allSent = new Promise<void>((resolve) => {
      release = resolve
    })

    const request = async (auth: ClientAuth): Promise<string> => {
      if ((await thumbprintIn(auth)) !== old) return 'done'
      waiting += 1
      if (waiting === 3) release()
      await allSent
      throw rejection(700_027)
    }
    const runs = [1, 2, 3].map(() => authentication.run(request))

    expect(await Promise.all(runs)).toEqual(['done', 'done', 'done'])
    expect(rotation.get).toHaveBeenCalledTimes(2)
  })

  test('is called once for each rejected request, and the hint is about its certificate', async ({
    credential,
    pem,
  }) => {
    const get = vi.fn<() => Promise<typeof credential>>(async () => ({ ...credential }))
    const asked: string[] = []

    const error = await errorOf(
      create(get).run(async (auth) => {
        asked.push(await assertionOf(auth))
        throw rejection()
      }),
    )

    expect(new Set(asked).size).toBe(2)
    expect(asked).toHaveLength(2)
    expect(get).toHaveBeenCalledTimes(2)
    expect((error as IdentityError).hint).toBe(
      `The certificate with the thumbprint ${hexOf(pem)} must be in the app registration (Certificates & secrets).`,
    )
  })

  test('that did not change is not tried again', async ({ credential, pem }) => {
    const request = vi.fn<() => Promise<never>>(() => Promise.reject(rejection()))
    const keys: Given[] = [credential, async () => credential, { ...credential, certificate: pem }]
    for (const key of keys) {
      // oxlint-disable-next-line no-await-in-loop
      await errorOf(create(key).run(async (auth) => apply(auth).then(request)))
    }

    expect(request).toHaveBeenCalledTimes(keys.length)
  })

  test('can fail after a rejection, and the hint says so', async ({ rotation }) => {
    const authentication = create(rotation.get)

    const rejected = await authentication.run(assertionOf)
    rotation.get.mockRejectedValue(new TypeError(SECRET))

    const error = await errorOf(authentication.run(rejectedRequest))

    expect(error).toMatchObject({
      oauthError: 'invalid_client',
      hint: expect.stringMatching(
        /The current version cannot be used: The function in vaultKey\(\) of clientCredential failed with an error \(TypeError\)\.$/,
      ),
    })
    expect(allOf(error)).not.toContain(SECRET)
    expect(await authentication.run(assertionOf)).not.toBe(rejected)
  })

  test('is called after each rejection', async ({ credential, newCredential }) => {
    let current = credential
    const authentication = create(async () => ({ ...current }))
    await authentication.run(assertionOf)
    const rotate = async (next: typeof credential): Promise<unknown> => {
      const old = await authentication.run(thumbprintIn)
      current = next
      return authentication.run(async (auth) => {
        const thumbprint = await thumbprintIn(auth)
        if (thumbprint === old) throw rejection()
        return thumbprint
      })
    }

    const first = await rotate(newCredential)
    expect(await rotate(credential)).not.toBe(first)
  })

  test.for([
    ['a JWT', 'a.b.c', 'string'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a list', [], 'object'],
  ] as const)('that returns %s is a configuration error', async ([, value, returned]) => {
    expect(await errorOf(send((() => value) as never))).toMatchObject({
      code: 'configuration',
      message: `The function in vaultKey() of clientCredential returned ${returned}. It must return { certificate, sign }.`,
    })
  })

  test('is not called again for a request that was rejected later', async ({
    rotation,
    newCredential,
  }) => {
    const authentication = create(rotation.get)
    const old = await authentication.run(thumbprintIn)
    rotation.key = newCredential
    const request = async (auth: ClientAuth): Promise<void> => {
      if ((await thumbprintIn(auth)) === old) throw rejection()
    }

    await authentication.run(async (auth) => {
      const isOld = (await thumbprintIn(auth)) === old
      if (isOld) await authentication.run(request)
      if (isOld) throw rejection()
    })

    expect(rotation.get).toHaveBeenCalledTimes(2)
  })

  test('that has expired says so when the provider rejects it', async ({ credential, advance }) => {
    advance(3 * 24 * 3600)

    await expect(create(async () => credential).run(rejectedRequest)).rejects.toMatchObject({
      hint: expect.stringMatching(/^The certificate with .* expired on .*\. Create a new/),
    })
  })

  test('does not respond, and the error comes after three time limits', async () => {
    const error = await errorOf(
      send(() => new Promise<never>(() => undefined), { timeoutSeconds: 0.1 }),
    )

    expect(error).toMatchObject({
      code: 'provider_unavailable',
      message: expect.stringMatching(
        /^The function in vaultKey\(\) of clientCredential did not return within 0\.3\d* seconds\.$/,
      ),
    })
  })

  test.for<[string, (pem: string) => object, string]>([
    ['no certificate', () => ({}), 'clientCredential().certificate is missing.'],
    [
      'a private key',
      (pem) => ({ certificate: pem, privateKey: SECRET }),
      'clientCredential().privateKey cannot be used together with clientCredential().sign. Remove it.',
    ],
    [
      'something else',
      () => ({ certificate: '-----BEGIN NOTHING-----' }),
      'clientCredential().certificate does not contain a certificate.',
    ],
  ])('with %s is a configuration error', async ([, fields, message], { vault, pem }) => {
    const error = await errorOf(send(() => ({ sign: vault.sign, ...fields(pem) }) as never))

    expect(error).toMatchObject({ code: 'configuration' })
    expect(error.message).toContain(message)
    expect(allOf(error)).not.toContain(SECRET)
  })
})

const NESTED = /^The code in vaultKey\(\) requests a token of the application that it authen/

describe('code of a credential that requests a token of its own client', () => {
  type Nested = () => Promise<string>
  const KINDS: readonly [string, (nested: Nested, certificate: string) => Given][] = [
    [
      'sign',
      (nested, certificate) => ({ certificate, sign: async () => Buffer.from(await nested()) }),
    ],
    [
      'a function',
      (nested, certificate) => async () => {
        await nested()
        return { certificate, sign: () => new Uint8Array() }
      },
    ],
  ]

  test.for(KINDS)('in %s is an error, not a hang', async ([, key], { pem }) => {
    const authentication = create(key(() => authentication.run(assertionOf), pem))

    expect(await errorOf(authentication.run(assertionOf))).toMatchObject({
      code: 'configuration',
      message: expect.stringMatching(NESTED),
    })
  })

  test('is an error in a list, too, although the next credential could replace it', async ({
    pem,
  }) => {
    const secret = vi.fn<() => void>()
    const request = async (auth: ClientAuth): Promise<string> => {
      const { body } = await apply(auth, ['client_secret_post'])
      if (body.has('client_secret')) secret()
      return body.get('client_assertion') ?? ''
    }
    const sign = async (): Promise<Uint8Array> => Buffer.from(await authentication.run(request))
    const authentication = requests.create([vaultKey({ certificate: pem, sign }), SECRET])

    await expect(authentication.run(request)).rejects.toThrow(NESTED)
    expect(secret).not.toHaveBeenCalled()
  })

  test('by way of a client of another tenant is an error, and does not repeat itself', async ({
    pem,
  }) => {
    let clients = 0
    const key: Given = {
      certificate: pem,
      async sign() {
        clients += 1
        return Buffer.from(await requests.create(credential).run(assertionOf))
      },
    }
    const credential = vaultKey(key)

    await expect(requests.create(credential).run(assertionOf)).rejects.toThrow(NESTED)
    expect(clients).toBe(1)
  })

  test('is an error even if the code wraps it', async ({ pem }) => {
    const sign = async (): Promise<Uint8Array> => {
      await authentication.run(assertionOf).catch(() => {
        throw new Error('wrapped')
      })
      return new Uint8Array()
    }
    const authentication = create({ certificate: pem, sign })

    await expect(authentication.run(assertionOf)).rejects.toThrow(NESTED)
  })

  test('by way of another client is an error', async ({ credential, vault }) => {
    const first = create({
      ...credential,
      sign: async (...request) => {
        await second.run(assertionOf)
        return vault.sign(...request)
      },
    })
    const second = create({
      ...credential,
      sign: async (...request) => {
        await first.run(assertionOf)
        return vault.sign(...request)
      },
    })

    await expect(first.run(assertionOf)).rejects.toThrow(NESTED)
  })

  test('is not an error after the code has returned', async ({ credential, vault }) => {
    let later: Promise<string> | undefined
    const authentication = create({
      ...credential,
      sign: async (...request) => {
        // Timers and connections of a vault's client belong to the call that has created them.
        later ??= new Promise((resolve, reject) => {
          setTimeout(() => void authentication.run(assertionOf).then(resolve, reject), 50)
        })
        return vault.sign(...request)
      },
    })
    const first = await authentication.run(assertionOf)

    expect(await later).toBe(first)
  })

  test('ends at the time limit on runtimes without AsyncLocalStorage', async ({
    pem,
    onTestFinished,
  }) => {
    onTestFinished(() => void vi.resetModules())
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined)
    vi.resetModules()
    const { vaultKey: vaultKeyThere } = await import('../../src/vault-key/vault-key.ts')
    const sign = async (): Promise<Uint8Array> => Buffer.from(await authentication.run(assertionOf))
    const credential = vaultKeyThere({ certificate: pem, sign })
    const authentication = requests.create(credential, { timeoutSeconds: 0.1 })

    expect(await errorOf(authentication.run(assertionOf))).toMatchObject({
      code: 'provider_unavailable',
      hint: expect.stringMatching(
        /If the code requests a token of this application, it waits for itself\./,
      ),
    })
  })
})

describe('the function that vaultKey() returns', () => {
  test('can be called in a function of the application', async ({ credential, vault, pem }) => {
    const key = vaultKey(credential)
    const sent = new Set<string>()
    const authentication = requests.create((given) => key(given))

    const first = await authentication.run(assertionOf)
    sent.add(first).add(await authentication.run(assertionOf))

    const { payload } = await jwtVerify(first, await importX509(pem, 'PS256'))
    expect(payload).toMatchObject({ iss: CLIENT, sub: CLIENT, aud: ENDPOINT })
    // It does not learn that the provider rejected an assertion, so it uses each one once.
    expect(sent.size).toBe(2)
    expect(vault.calls).toBe(2)
  })

  test('signs for the client of the request, with its algorithm', async ({ credential, pem }) => {
    const key = vaultKey(credential)
    for (const algorithm of ['PS256', 'RS256'] as const) {
      for (const clientId of [CLIENT, 'another']) {
        // oxlint-disable-next-line no-await-in-loop
        const jwt = await key({ ...ASSERTION_REQUEST, algorithm, clientId })
        // oxlint-disable-next-line no-await-in-loop
        const verified = await jwtVerify(jwt, await importX509(pem, algorithm))
        expect(verified.payload.sub).toBe(clientId)
      }
    }
  })

  test('reads a key once an hour', async ({ credential }) => {
    const get = vi.fn<() => Promise<typeof credential>>(async () => credential)
    const key = vaultKey(get)
    await key(ASSERTION_REQUEST)
    await key(ASSERTION_REQUEST)

    expect(get).toHaveBeenCalledTimes(1)
    expect(get).toHaveBeenCalledWith(ASSERTION_REQUEST)
  })

  test('rejects wrong arguments', async () => {
    await expect(vaultKey({} as VaultKey)(ASSERTION_REQUEST)).rejects.toMatchObject({
      code: 'configuration',
      message: 'vaultKey().sign must be a function that returns the signature of its data.',
    })
  })

  test('is an error inside its own code', async ({ pem }) => {
    const key = vaultKey({
      certificate: pem,
      sign: async () => Buffer.from(await key(ASSERTION_REQUEST)),
    })

    await expect(key(ASSERTION_REQUEST)).rejects.toThrow(NESTED)
  })
})
