import {
  constants,
  createHmac,
  createPublicKey,
  generateKeyPairSync,
  sign,
  type KeyObject,
} from 'node:crypto'
import { compactVerify } from 'jose'
import { describe, expect, test, vi } from 'vitest'
import { oidcAuthority } from '../../src/authority/recognize.ts'
import type { IssuingAuthority } from '../../src/authority/issuing-authority.ts'
import { candidateKeys, type ProviderKey } from '../../src/authority/keys.ts'
import type { ProviderMetadata } from '../../src/authority/metadata.ts'
import * as node from '../../src/authority/signature-node.ts'
import * as web from '../../src/authority/signature-web.ts'
import { rejectionOf } from '../../src/authority/token-claims.ts'
import { spellingsOf } from '../support/spellings.ts'
import { LEADING_ZERO_KEY, LEADING_ZERO_TOKENS } from './leading-zero.ts'

// The contract of both implementations of signatures. jose is the reference.

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
const longRsa = generateKeyPairSync('rsa', { modulusLength: 4608 })
const shortRsa = generateKeyPairSync('rsa', { modulusLength: 1024 })
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
const p521 = generateKeyPairSync('ec', { namedCurve: 'P-521' })
const ed25519 = generateKeyPairSync('ed25519')
const ed448 = generateKeyPairSync('ed448')

type Pair = { readonly publicKey: KeyObject; readonly privateKey: KeyObject }
type Options = Omit<Parameters<typeof sign>[2] & object, 'key'> & object

const P1363 = { dsaEncoding: 'ieee-p1363' } as const
const pss = (saltLength: number) => ({ padding: constants.RSA_PKCS1_PSS_PADDING, saltLength })

const ALGORITHMS: Readonly<
  Record<string, [pair: Pair, hash: string | undefined, options: object]>
> = {
  RS256: [rsa, 'sha256', {}],
  RS384: [rsa, 'sha384', {}],
  RS512: [rsa, 'sha512', {}],
  PS256: [rsa, 'sha256', pss(32)],
  PS384: [rsa, 'sha384', pss(48)],
  PS512: [rsa, 'sha512', pss(64)],
  ES256: [p256, 'sha256', P1363],
  ES384: [p384, 'sha384', P1363],
  ES512: [p521, 'sha512', P1363],
  EdDSA: [ed25519, undefined, {}],
  Ed25519: [ed25519, undefined, {}],
}
const NAMES = Object.keys(ALGORITHMS)

const jwkOf = ({ publicKey }: Pair): ProviderKey => publicKey.export({ format: 'jwk' })
const encode = (value: object | string): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')

const CLAIMS = { iss: 'https://id.example', sub: 'alex', name: 'Zoë' }

interface Signer {
  readonly pair?: Pair
  readonly hash?: string | undefined
  readonly options?: Options
  readonly header?: object
}

/** Signs a token. By default, with the key and the parameters of its algorithm. */
function tokenOf(alg: string, { header, ...signer }: Signer = {}): string {
  const input = `${encode({ alg, typ: 'JWT', ...header })}.${encode(CLAIMS)}`
  return `${input}.${signatureOf(input, alg, signer)}`
}

function signatureOf(input: string, alg: string, signer: Omit<Signer, 'header'> = {}): string {
  const [pair, hash, options] = ALGORITHMS[alg] ?? [rsa, 'sha256', {}]
  const key = { key: (signer.pair ?? pair).privateKey, ...(signer.options ?? options) }
  return sign('hash' in signer ? signer.hash : hash, Buffer.from(input), key).toString('base64url')
}

/** Returns the token with other bytes as its signature. */
function withSignature(token: string, change: (signature: Buffer) => Buffer): string {
  const end = token.lastIndexOf('.') + 1
  return (
    token.slice(0, end) + change(Buffer.from(token.slice(end), 'base64url')).toString('base64url')
  )
}

const keysOf = (alg: string): ProviderKey[] => [jwkOf(ALGORITHMS[alg]?.[0] ?? rsa)]

interface Verification {
  readonly keys?: readonly ProviderKey[]
  readonly announced?: readonly string[]
}

type Verify = (token: string, verification: Verification) => unknown

/** Loads the code above the signatures with one of the implementations. */
async function load(implementation: object): Promise<Verify> {
  vi.resetModules()
  vi.doMock('#signature', () => implementation)
  const { readToken, verifySignature } = await import('../../src/authority/signed-token.ts')
  vi.doUnmock('#signature')
  vi.resetModules()
  return (token, { keys = [], announced = NAMES }) => {
    const contents = readToken(token, rejectionOf('token'))
    const metadata = { id_token_signing_alg_values_supported: announced }
    return verifySignature(issuingWith(keys), metadata as unknown as ProviderMetadata, {
      token,
      ...contents,
    })
  }
}

function issuingWith(keys: readonly ProviderKey[]): IssuingAuthority {
  return {
    authority: oidcAuthority('https://id.example'),
    transport: { fetch, timeoutSeconds: 1 },
    now: () => 0,
    clock: () => ({ now: 0, tolerance: 0 }),
    metadata: () => Promise.reject(new Error('not needed')),
    ready: () => Promise.resolve(),
    cachedMetadata: () => undefined,
    signingKeys: (_, header) => candidateKeys(keys, header),
    newestKeys: () => Promise.resolve([]),
    replacedKeys: () => Promise.resolve([]),
    revision: () => 0,
  }
}

/** Returns whether jose accepts a token with one of the keys. */
async function isAcceptedByJose(token: string, keys: readonly ProviderKey[]): Promise<boolean> {
  const results = keys.map((key) =>
    compactVerify(token, createPublicKey({ key: { ...key }, format: 'jwk' }), {
      algorithms: NAMES,
    }).then(
      () => true,
      () => false,
    ),
  )
  return (await Promise.all(results)).includes(true)
}

const WRONG = 'its signature is wrong'
const INVALID = 'it or its key is not valid'
const NOT_JWT = 'it is not a JSON Web Token'

const implementations: readonly [name: string, implementation: object][] = [
  ['Node.js', node],
  ['other runtimes', web],
]

describe.each(implementations)('the signatures of %s', (_name, implementation) => {
  const loaded = load(implementation)

  async function outcomeOf(token: string, verification: Verification): Promise<string> {
    const verify = await loaded
    try {
      await verify(token, verification)
      return 'accepted'
    } catch (error) {
      return (error as Error).message.replace('The token was rejected: ', '').replace(/\.$/, '')
    }
  }

  /** Checks that a token is rejected, by jose as well. */
  async function expectRejected(
    token: string,
    reason: string,
    verification: Verification,
  ): Promise<void> {
    expect(await outcomeOf(token, verification)).toContain(reason)
    expect(await isAcceptedByJose(token, verification.keys ?? [])).toBe(false)
  }

  describe.each(NAMES)('with %s', (alg) => {
    const keys = keysOf(alg)
    const [pair] = ALGORITHMS[alg]!

    test('accept a valid token, and its key', async () => {
      const token = tokenOf(alg)
      expect(await (await loaded)(token, { keys })).toBe(keys[0])
      expect(await isAcceptedByJose(token, keys)).toBe(true)
    })

    test('find the key among others', async () => {
      const others = [rsa, p256, p384, p521, ed25519, ed448].map(jwkOf)
      const another = generateKeyPairSync('ec', { namedCurve: 'P-256' })
      expect(await outcomeOf(tokenOf(alg), { keys: [jwkOf(another), ...others] })).toBe('accepted')
    })

    test('accept a token that is longer than any buffer', async () => {
      const token = tokenOf(alg, { header: { pad: 'x'.repeat(20_000) } })
      expect(await outcomeOf(token, { keys })).toBe('accepted')
      const changed = token.replace(/\.[^.]+\./, `.${encode({ ...CLAIMS, sub: 'robin' })}.`)
      await expectRejected(changed, WRONG, { keys })
    })

    test('reject a token whose signature has another bit, at every byte', async () => {
      const token = tokenOf(alg)
      const { length } = Buffer.from(token.split('.')[2]!, 'base64url')
      for (let at = 0; at < length; at += 7) {
        const forged = withSignature(token, (bytes) => {
          bytes[at]! ^= 1 << (at % 8)
          return bytes
        })
        await expectRejected(forged, WRONG, { keys })
      }
    })

    test('reject a token with other claims or another header', async () => {
      const [header, claims, signature] = tokenOf(alg).split('.')
      const forged = [
        `${header}.${encode({ ...CLAIMS, sub: 'robin' })}.${signature}`,
        `${encode({ alg, typ: 'at+jwt' })}.${claims}.${signature}`,
      ]
      for (const token of forged) await expectRejected(token, WRONG, { keys })
    })

    test.each<[what: string, change: (bytes: Buffer) => Buffer]>([
      ['is empty', () => Buffer.alloc(0)],
      ['is one byte', (bytes) => bytes.subarray(0, 1)],
      ['lost its last byte', (bytes) => bytes.subarray(0, -1)],
      // jose accepts PS256 without a zero byte.
      ['lost its first byte', (bytes) => (bytes[0] === 0 ? bytes.fill(1) : bytes).subarray(1)],
      ['has a zero at its end', (bytes) => Buffer.concat([bytes, Buffer.alloc(1)])],
      ['has a zero at its start', (bytes) => Buffer.concat([Buffer.alloc(1), bytes])],
      ['has another one behind it', (bytes) => Buffer.concat([bytes, bytes])],
      ['is zero', (bytes) => Buffer.alloc(bytes.length)],
      ['is the largest number', (bytes) => Buffer.alloc(bytes.length, 0xff)],
      ['is reversed', (bytes) => Buffer.from(bytes.toReversed())],
      ['is longer than any buffer', () => Buffer.alloc(5000, 1)],
    ])('reject a token whose signature %s', async (_what, change) => {
      await expectRejected(withSignature(tokenOf(alg), change), WRONG, { keys })
    })

    test('reject every other spelling of a token', async () => {
      const [header, claims, signature] = tokenOf(alg).split('.') as [string, string, string]
      const spellings = [
        ...spellingsOf(header).map((other) => `${other}.${claims}.${signature}`),
        ...spellingsOf(claims).map((other) => `${header}.${other}.${signature}`),
        ...spellingsOf(signature).map((other) => `${header}.${claims}.${other}`),
        ...[' ', '\n', '=', '\0'].flatMap((character) => [
          `${header}.${claims}.${character}${signature}`,
          `${header}.${claims}.${signature}${character}`,
        ]),
      ]
      for (const token of spellings)
        expect(await outcomeOf(token, { keys })).toMatch(/is not a JSON Web Token|encrypted/)
    })

    // Encoded as Latin-1, such a character would be the one that was signed.
    test('reject a token with a character whose lower byte is the right one', async () => {
      const token = tokenOf(alg)
      const parts = token.split('.')
      let at = 0
      for (const part of parts) {
        for (const offset of [0, part.length - 1]) {
          const position = at + offset
          const other = String.fromCharCode(token.charCodeAt(position) + 0x100)
          const forged = token.slice(0, position) + other + token.slice(position + 1)
          await expectRejected(forged, NOT_JWT, { keys })
        }
        at += part.length + 1
      }
    })

    test('reject a token of another key', async () => {
      const other =
        pair.publicKey.asymmetricKeyType === 'rsa'
          ? longRsa
          : pair.publicKey.asymmetricKeyType === 'ec'
            ? generateKeyPairSync('ec', {
                namedCurve: pair.publicKey.asymmetricKeyDetails!.namedCurve!,
              })
            : generateKeyPairSync('ed25519')
      await expectRejected(tokenOf(alg, { pair: other }), WRONG, { keys })
    })

    test.each([
      ['an extension that is not known', { crit: ['exp'], exp: 1 }],
      ['an extension that is missing', { crit: ['x'] }],
      ['a list of extensions that is empty', { crit: [] }],
      ['extensions that are not a list', { crit: 'b64' }],
      ['extensions that are null', { crit: null }],
    ])('reject a token with %s', async (_what, header) => {
      await expectRejected(tokenOf(alg, { header }), INVALID, { keys })
    })

    test('reject a token whose claims are not encoded (RFC 7797, section 7)', async () => {
      for (const b64 of [true, false]) {
        const token = tokenOf(alg, { header: { crit: ['b64'], b64 } })
        expect(await outcomeOf(token, { keys })).toBe(INVALID)
      }
    })

    test('ignore b64 without crit, as jose does', async () => {
      const token = tokenOf(alg, { header: { b64: false } })
      expect(await outcomeOf(token, { keys })).toBe('accepted')
      expect(await isAcceptedByJose(token, keys)).toBe(true)
    })

    test('reject every other algorithm for the same signature', async () => {
      const [, claims, signature] = tokenOf(alg).split('.')
      for (const other of NAMES) {
        if (other === alg || (alg.startsWith('Ed') && other.startsWith('Ed'))) continue
        const token = `${encode({ alg: other, typ: 'JWT' })}.${claims}.${signature}`
        await expectRejected(token, 'its', { keys: [rsa, p256, p384, p521, ed25519].map(jwkOf) })
      }
    })

    test('reject an algorithm that the provider does not announce', async () => {
      const announced = NAMES.filter((name) => name !== alg)
      expect(await outcomeOf(tokenOf(alg), { keys, announced })).toBe(
        `its algorithm ${alg} is not allowed`,
      )
    })
  })

  test.each([
    ['RS256', 'sha384'],
    ['RS384', 'sha256'],
    ['RS512', 'sha1'],
    ['ES256', 'sha384'],
    ['ES384', 'sha512'],
  ])('reject %s with the hash %s', async (alg, hash) => {
    await expectRejected(tokenOf(alg, { hash }), WRONG, { keys: keysOf(alg) })
  })

  test.each([
    ['PS256', 'an empty salt', pss(0)],
    ['PS256', 'the salt of SHA-1', pss(20)],
    ['PS256', 'the longest salt', pss(222)],
    ['PS512', 'the salt of SHA-256', pss(32)],
    ['PS256', 'the padding of RS256', {}],
    ['RS256', 'the padding of PS256', pss(32)],
  ])('reject %s with %s', async (alg, _what, options) => {
    await expectRejected(tokenOf(alg, { options }), WRONG, { keys: keysOf(alg) })
  })

  test.each(['ES256', 'ES384', 'ES512'])('reject %s in DER', async (alg) => {
    const token = tokenOf(alg, { options: { dsaEncoding: 'der' } })
    await expectRejected(token, WRONG, { keys: keysOf(alg) })
  })

  test.each([
    ['zero and zero (CVE-2022-21449)', '', ''],
    ['zero and one', '', '01'],
    ['one and zero', '01', ''],
    ['the order of the curve twice', 'n', 'n'],
    ['one and one', '01', '01'],
  ])('reject ES256 with the numbers %s', async (_what, ...numbers) => {
    const order = 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551'
    const signature = numbers
      .map((number) => (number === 'n' ? order : number).padStart(64, '0'))
      .join('')
    const token = withSignature(tokenOf('ES256'), () => Buffer.from(signature, 'hex'))
    await expectRejected(token, WRONG, { keys: keysOf('ES256') })
  })

  test('reject EdDSA with a second number that is too large (RFC 8032, section 5.1.7)', async () => {
    const order = (1n << 252n) + 27742317777372353535851937790883648493n
    const token = withSignature(tokenOf('EdDSA'), (bytes) => {
      const second = Buffer.from(bytes.subarray(32).toReversed()).toString('hex')
      const larger = (BigInt(`0x${second}`) + order).toString(16).padStart(64, '0')
      return Buffer.concat([bytes.subarray(0, 32), Buffer.from(larger, 'hex').toReversed()])
    })
    await expectRejected(token, WRONG, { keys: keysOf('EdDSA') })
  })

  test('reject a number that is larger than the key (RS256)', async () => {
    const modulus = BigInt(`0x${Buffer.from(jwkOf(rsa).n!, 'base64url').toString('hex')}`)
    const token = withSignature(tokenOf('RS256'), (bytes) => {
      const larger = (BigInt(`0x${bytes.toString('hex')}`) + modulus).toString(16)
      return Buffer.from(larger.padStart(larger.length + (larger.length % 2), '0'), 'hex')
    })
    await expectRejected(token, WRONG, { keys: keysOf('RS256') })
  })

  // OpenSSL and WebCrypto compare only the numbers with PS256, so that a token would have two spellings.
  test.each(['RS256', 'PS256'] as const)(
    'reject a signature without its leading zero byte (%s, RFC 8017, section 8)',
    async (alg) => {
      const token = LEADING_ZERO_TOKENS[alg]
      const keys = [LEADING_ZERO_KEY]
      expect(await outcomeOf(token, { keys })).toBe('accepted')
      for (const change of [
        (bytes: Buffer) => bytes.subarray(1),
        (bytes: Buffer) => Buffer.concat([Buffer.alloc(1), bytes]),
      ])
        expect(await outcomeOf(withSignature(token, change), { keys })).toBe(WRONG)
    },
  )

  test.each(['none', 'None', '', 'HS256', 'HS512', 'RS1', 'RSA-OAEP', '__proto__'])(
    'reject the algorithm "%s"',
    async (alg) => {
      const input = `${encode({ alg })}.${encode(CLAIMS)}`
      const spki = rsa.publicKey.export({ format: 'pem', type: 'spki' })
      const signatures = [
        '',
        signatureOf(input, 'RS256'),
        ...[spki, JSON.stringify(jwkOf(rsa)), ''].map((secret) =>
          createHmac('sha256', secret).update(input).digest('base64url'),
        ),
      ]
      for (const signature of signatures) {
        await expectRejected(`${input}.${signature}`, 'is not allowed', {
          keys: keysOf('RS256'),
          announced: [...NAMES, alg],
        })
      }
    },
  )

  test('reject an RSA key that is too short', async () => {
    for (const alg of ['RS256', 'PS256']) {
      const token = tokenOf(alg, { pair: shortRsa, options: alg === 'PS256' ? pss(32) : {} })
      await expectRejected(token, INVALID, { keys: [jwkOf(shortRsa)] })
    }
  })

  test('accept a long RSA key', async () => {
    const token = tokenOf('RS256', { pair: longRsa })
    expect(await outcomeOf(token, { keys: [jwkOf(longRsa)] })).toBe('accepted')
  })

  test('do not use Ed448 for EdDSA', async () => {
    const token = tokenOf('EdDSA', { pair: ed448 })
    await expectRejected(token, 'its key is unknown', { keys: [jwkOf(ed448)] })
  })

  test.each<[what: string, alg: string, key: () => ProviderKey]>([
    ['lacks its modulus', 'RS256', () => ({ kty: 'RSA', e: 'AQAB' })],
    ['has a modulus of another type', 'RS256', () => ({ ...jwkOf(rsa), n: 7 as never })],
    ['is not on its curve', 'ES256', () => ({ ...jwkOf(p256), y: jwkOf(p256).x! })],
    ['lacks a coordinate', 'ES256', () => ({ ...jwkOf(p256), y: undefined as never })],
    ['is too short', 'EdDSA', () => ({ ...jwkOf(ed25519), x: 'AAAA' })],
  ])('reject a key that %s', async (_what, alg, key) => {
    expect(await outcomeOf(tokenOf(alg), { keys: [key()] })).toBe(INVALID)
  })

  test.each([
    ['encryption (use)', { use: 'enc' }],
    ['encryption (key_ops)', { key_ops: ['encrypt'] }],
    ['another algorithm (alg)', { alg: 'RS512' }],
    ['another key ID (kid)', { kid: 'b' }],
  ])('do not use a key for %s', async (_what, changes) => {
    const token = tokenOf('RS256', { header: { kid: 'a' } })
    const key = { ...jwkOf(rsa), kid: 'a' }
    expect(await outcomeOf(token, { keys: [{ ...key, ...changes }] })).toBe('its key is unknown')
    expect(await outcomeOf(token, { keys: [key] })).toBe('accepted')
  })

  test('use only the public part of a key, even if a provider publishes its private key', async () => {
    const key = rsa.privateKey.export({ format: 'jwk' }) as ProviderKey
    expect(key).toHaveProperty('d')
    expect(await outcomeOf(tokenOf('RS256'), { keys: [key] })).toBe('accepted')
  })

  test('use a key with more operations than a public key can have', async () => {
    const key = { ...jwkOf(rsa), key_ops: ['verify', 'verify', 'wrapKey'], ext: false }
    expect(await outcomeOf(tokenOf('RS256'), { keys: [key] })).toBe('accepted')
  })

  test.each([
    ['ES256', p384],
    ['ES384', p256],
    ['ES512', p256],
    ['EdDSA', ed448],
    ['Ed25519', ed448],
  ] as const)('reject %s with a key of another curve that signed the token', async (alg, pair) => {
    const { isSignedBy } = implementation as typeof node
    const token = tokenOf(alg, { pair })
    await expect(
      (async () => isSignedBy({ token, header: { alg } }, jwkOf(pair)))(),
    ).rejects.toThrow(/key|usage|curve|algorithm/i)
  })

  test.each(NAMES)('reject a private key or a key of another type, %s', async (alg) => {
    const { isSignedBy } = implementation as typeof node
    const token = tokenOf(alg)
    const others = [rsa, p256, p384, p521, ed25519, ed448]
      .filter((pair) => pair !== ALGORITHMS[alg]![0])
      .map(jwkOf)
    for (const key of [...others, { kty: 'oct', k: 'AAAA' }]) {
      const isSigned = async (): Promise<boolean> => isSignedBy({ token, header: { alg } }, key)
      expect(await isSigned().catch(() => false)).toBe(false)
    }
  })
})

describe('Node.js', () => {
  const isPromise = (alg: string, pair = ALGORITHMS[alg]![0]): boolean =>
    node.isSignedBy({ token: tokenOf(alg, { pair }), header: { alg } }, jwkOf(pair)) instanceof
    Promise

  test('verifies synchronously, unless that takes long', () => {
    expect(NAMES.filter((alg) => isPromise(alg))).toEqual(['ES384', 'ES512'])
    expect(isPromise('RS256', longRsa)).toBe(true)
  })

  test('does not mix the bytes of tokens that are verified at the same time', async () => {
    const tokens = Array.from({ length: 50 }, (_, at) => tokenOf('ES384', { header: { at } }))
    const key = keysOf('ES384')[0]!
    const results = tokens.map((token) => node.isSignedBy({ token, header: { alg: 'ES384' } }, key))
    for (const token of tokens.map((_, at) => tokenOf('RS256', { header: { at } })))
      expect(node.isSignedBy({ token, header: { alg: 'RS256' } }, jwkOf(rsa))).toBe(true)

    for (const result of results) expect(await result).toBe(true)
  })
})

describe('the imported keys of other runtimes', () => {
  test('are imported once for each algorithm', async () => {
    const key = jwkOf(rsa)

    expect(web.toCryptoKey(key, 'RS256')).toBe(web.toCryptoKey(key, 'RS256'))
    expect(web.toCryptoKey(key, 'RS256')).not.toBe(web.toCryptoKey(key, 'PS256'))
    expect((await web.toCryptoKey(key, 'RS256')).usages).toEqual(['verify'])
  })

  test('are public', async () => {
    const key = p256.privateKey.export({ format: 'jwk' }) as ProviderKey

    expect((await web.toCryptoKey(key, 'ES256')).type).toBe('public')
  })
})
