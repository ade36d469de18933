import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as node from '../../src/encryption/aes-node.ts'
import * as web from '../../src/encryption/aes-web.ts'
import { andThen } from '../../src/maybe-promise.ts'
import { createEncryption } from '../../src/encryption/encryption.ts'

const SECRET = 'a-secret-of-the-tests-0123456789-abcdef'
const OTHER = 'another-secret-of-the-tests-9876543210'
const INFO = 'identity-web v1 test'

/** What both ciphers offer, seen as promises. */
const ciphers = {
  node: {
    seal: async (secret: string, text: string) =>
      node.encryptString(node.deriveKey(secret, INFO), text),
    open: async (secret: string, sealed: string) =>
      node.decryptString(node.deriveKey(secret, INFO), sealed),
  },
  web: {
    seal: (secret: string, text: string) => web.encryptString(web.deriveKey(secret, INFO), text),
    open: (secret: string, sealed: string) =>
      web.decryptString(web.deriveKey(secret, INFO), sealed),
  },
}

const json = fc.jsonValue().map((value) => JSON.stringify(value))

describe.each([
  ['Node.js', 'Node.js', ciphers.node, ciphers.node],
  ['Node.js', 'WebCrypto', ciphers.node, ciphers.web],
  ['WebCrypto', 'Node.js', ciphers.web, ciphers.node],
  ['WebCrypto', 'WebCrypto', ciphers.web, ciphers.web],
])('what %s seals', (_sealing, _opening, sealing, opening) => {
  test(`${_opening} opens`, async () => {
    await fc.assert(
      fc.asyncProperty(json, async (text) => {
        expect(await opening.open(SECRET, await sealing.seal(SECRET, text))).toBe(text)
      }),
      { numRuns: 100, seed: 1 },
    )
  })

  test(`${_opening} opens with no other secret`, async () => {
    expect(await opening.open(OTHER, await sealing.seal(SECRET, 'text'))).toBeUndefined()
  })

  test(`${_opening} does not open with any bit of any byte changed`, async () => {
    const sealed = Buffer.from(await sealing.seal(SECRET, '{"sub":"alex"}'), 'base64url')
    for (let at = 0; at < sealed.length; at++) {
      const tampered = Buffer.from(sealed)
      tampered[at] = (tampered[at] ?? 0) ^ (1 << (at % 8))
      expect(await opening.open(SECRET, tampered.toString('base64url'))).toBeUndefined()
    }
  })

  test(`${_opening} does not open cut short, at whichever end`, async () => {
    const sealed = await sealing.seal(SECRET, 'text')
    for (let at = 0; at < sealed.length; at++) {
      expect(await opening.open(SECRET, sealed.slice(0, at))).toBeUndefined()
      expect(await opening.open(SECRET, sealed.slice(at + 1))).toBeUndefined()
    }
  })

  test('is cookie-safe, and another text at each time', async () => {
    const texts = await Promise.all(
      Array.from({ length: 600 }, () => sealing.seal(SECRET, '{"a":1}')),
    )

    expect(new Set(texts).size).toBe(600)
    // No two IVs are the same: AES-GCM gives its key away otherwise.
    expect(new Set(texts.map((text) => text.slice(0, 17))).size).toBe(600)
    for (const text of texts) expect(text).toMatch(/^[\w-]+$/)
  })
})

describe.each([
  ['Node.js', ciphers.node],
  ['WebCrypto', ciphers.web],
])('whatever text %s gets', (_name, { open }) => {
  test('it opens none that was not sealed, and never throws', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
          fc
            .uint8Array({ minLength: 28, maxLength: 80 })
            .map((bytes) => Buffer.from([1, ...bytes]).toString('base64url')),
        ),
        async (text) => {
          expect(await open(SECRET, text)).toBeUndefined()
        },
      ),
      { numRuns: 300, seed: 1 },
    )
  })
})

describe('a sealer', () => {
  test('gives back what it sealed, at once on Node.js', () => {
    const encryption = createEncryption([SECRET], 'slot')
    const value = { user: 'alex', list: [1, 2], nothing: null, text: 'ü\u{1F36A}\uD800' }

    const sealed = encryption.encrypt(value)

    expect(typeof sealed).toBe('string')
    expect(encryption.decrypt(sealed as string)).toEqual(value)
  })

  test('opens nothing of another slot', async () => {
    const sealed = await createEncryption([SECRET], 'session').encrypt({ a: 1 })

    expect(createEncryption([SECRET], 'transaction').decrypt(sealed)).toBeUndefined()
  })

  test('seals with the first secret and opens with all', async () => {
    const old = createEncryption([OTHER], 'slot')
    const rolling = createEncryption([SECRET, OTHER], 'slot')
    const rolled = createEncryption([SECRET], 'slot')

    expect(rolling.decrypt(await old.encrypt('old'))).toBe('old')
    expect(rolled.decrypt(await rolling.encrypt('new'))).toBe('new')
    expect(old.decrypt(await rolling.encrypt('new'))).toBeUndefined()
  })

  test('holds nothing of what it sealed in the open', async () => {
    const sealed = await createEncryption([SECRET], 'slot').encrypt({ token: 'MARKED-token' })

    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('MARKED')
  })
})

describe('andThen', () => {
  test('goes on at once with a value, later with a promise', async () => {
    const double = (value: number): number => value * 2

    expect(andThen(2, double)).toBe(4)
    expect(await andThen(Promise.resolve(2), double)).toBe(4)
  })
})
