import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as node from '../../src/encryption/aes-node.ts'
import * as web from '../../src/encryption/aes-web.ts'
import { andThen } from '../../src/maybe-promise.ts'
import { createEncryption } from '../../src/encryption/index.ts'

const SECRET = 'a-secret-of-the-tests-0123456789-abcdef'
const OTHER = 'another-secret-of-the-tests-9876543210'
const INFO = 'identity-web v1 test'

/** Both implementations with promises. */
const ciphers = {
  node: {
    encrypt: async (secret: string, value: string) =>
      node.encryptString(node.deriveKey(secret, INFO), value),
    decrypt: async (secret: string, encrypted: string) =>
      node.decryptString(node.deriveKey(secret, INFO), encrypted),
  },
  web: {
    encrypt: (secret: string, value: string) =>
      web.encryptString(web.deriveKey(secret, INFO), value),
    decrypt: (secret: string, encrypted: string) =>
      web.decryptString(web.deriveKey(secret, INFO), encrypted),
  },
}

const json = fc.jsonValue().map((value) => JSON.stringify(value))

describe.each([
  ['Node.js', 'Node.js', ciphers.node, ciphers.node],
  ['Node.js', 'WebCrypto', ciphers.node, ciphers.web],
  ['WebCrypto', 'Node.js', ciphers.web, ciphers.node],
  ['WebCrypto', 'WebCrypto', ciphers.web, ciphers.web],
])('a string that %s encrypted', (_encrypting, decrypting, { encrypt }, { decrypt }) => {
  test(`can be decrypted by ${decrypting}`, async () => {
    await fc.assert(
      fc.asyncProperty(json, async (value) => {
        expect(await decrypt(SECRET, await encrypt(SECRET, value))).toBe(value)
      }),
      { numRuns: 100, seed: 1 },
    )
  })

  test(`cannot be decrypted by ${decrypting} with another secret`, async () => {
    expect(await decrypt(OTHER, await encrypt(SECRET, 'value'))).toBeUndefined()
  })

  test(`cannot be decrypted by ${decrypting} after any byte changed`, async () => {
    const encrypted = Buffer.from(await encrypt(SECRET, '{"sub":"alex"}'), 'base64url')
    for (let at = 0; at < encrypted.length; at++) {
      const tampered = Buffer.from(encrypted)
      tampered[at] = (tampered[at] ?? 0) ^ (1 << (at % 8))
      expect(await decrypt(SECRET, tampered.toString('base64url'))).toBeUndefined()
    }
  })

  test(`cannot be decrypted by ${decrypting} if its start or end is missing`, async () => {
    const encrypted = await encrypt(SECRET, 'value')
    for (let at = 0; at < encrypted.length; at++) {
      expect(await decrypt(SECRET, encrypted.slice(0, at))).toBeUndefined()
      expect(await decrypt(SECRET, encrypted.slice(at + 1))).toBeUndefined()
    }
  })

  test('contains only characters that cookies allow, and is different each time', async () => {
    const results = await Promise.all(Array.from({ length: 600 }, () => encrypt(SECRET, '{"a":1}')))

    expect(new Set(results).size).toBe(600)
    // Every IV must be different. With a repeated IV, an attacker can forge AES-GCM values.
    expect(new Set(results.map((encrypted) => encrypted.slice(0, 17))).size).toBe(600)
    for (const encrypted of results) expect(encrypted).toMatch(/^[\w-]+$/)
  })
})

describe.each([
  ['Node.js', ciphers.node],
  ['WebCrypto', ciphers.web],
])('decryption with %s', (_name, { decrypt }) => {
  test('returns undefined for every string that was not encrypted, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
          fc
            .uint8Array({ minLength: 28, maxLength: 80 })
            .map((bytes) => Buffer.from([1, ...bytes]).toString('base64url')),
        ),
        async (string) => {
          expect(await decrypt(SECRET, string)).toBeUndefined()
        },
      ),
      { numRuns: 300, seed: 1 },
    )
  })
})

// Sessions that users have now must still work after an update.
test('decrypts the format of earlier releases', () => {
  const info = 'identity-web v1 session client identity'
  const encrypted = 'AZghT3Fx3OG4EpjaG1VNvTt9ZsV3yb_P71xi3zBfjiH1ocWVbjH3kw'

  expect(createEncryption([SECRET], 'session client identity').decrypt(encrypted)).toEqual({
    id: 'id',
  })
  expect(node.decryptString(node.deriveKey(SECRET, info), encrypted)).toBe('{"id":"id"}')
})

describe('an encryption', () => {
  test('decrypts the values that it encrypted, without promises on Node.js', () => {
    const encryption = createEncryption([SECRET], 'purpose')
    const value = { user: 'alex', list: [1, 2], nothing: null, text: 'ü\u{1F36A}\uD800' }

    const encrypted = encryption.encrypt(value)

    expect(typeof encrypted).toBe('string')
    expect(encryption.decrypt(encrypted as string)).toEqual(value)
  })

  test('cannot decrypt a value that was encrypted for another purpose', async () => {
    const encrypted = await createEncryption([SECRET], 'session').encrypt({ a: 1 })

    expect(createEncryption([SECRET], 'transaction').decrypt(encrypted)).toBeUndefined()
  })

  test('encrypts with the first secret and decrypts with all secrets', async () => {
    const old = createEncryption([OTHER], 'purpose')
    const rolling = createEncryption([SECRET, OTHER], 'purpose')
    const rolled = createEncryption([SECRET], 'purpose')

    expect(rolling.decrypt(await old.encrypt('old'))).toBe('old')
    expect(rolled.decrypt(await rolling.encrypt('new'))).toBe('new')
    expect(old.decrypt(await rolling.encrypt('new'))).toBeUndefined()
  })

  test('does not contain its value in plain text', async () => {
    const encrypted = await createEncryption([SECRET], 'purpose').encrypt({ token: 'MARKED-token' })

    expect(Buffer.from(encrypted, 'base64url').toString('latin1')).not.toContain('MARKED')
  })
})

describe('andThen', () => {
  test('continues immediately with a value, and later with a promise', async () => {
    const double = (value: number): number => value * 2

    expect(andThen(2, double)).toBe(4)
    expect(await andThen(Promise.resolve(2), double)).toBe(4)
  })
})
