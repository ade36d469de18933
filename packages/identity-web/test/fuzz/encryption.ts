import assert from 'node:assert/strict'
import * as fc from 'fast-check'
import { fromBase64, stringFromBase64Url, toBase64Url } from '../../src/base64.ts'
import * as node from '../../src/encryption/aes-node.ts'
import * as web from '../../src/encryption/aes-web.ts'
import { createEncryption } from '../../src/encryption/index.ts'
import { once, textTarget, valueTarget, type FuzzTarget, wellFormed } from './target.ts'

const SECRET = 'a-secret-of-the-tests-0123456789-abcdef'
const INFO = 'identity-web v1 fuzz'
const nodeKey = once(() => node.deriveKey(SECRET, INFO))
const webKey = once(() => web.deriveKey(SECRET, INFO))

// Values that no key encrypted: too short, of zeros, and of another version.
const SEALED = [
  'AQABAgMEBQYHCAkKC1XqvB8',
  'AQ',
  '',
  'AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  'AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
]

/** A valid value. */
const sealed = once(() => node.encryptString(nodeKey(), '{"sub":"alex"}'))

const WORDS = ['AQ', 'A', '_', '-', '=', '==', '+', '/', '.', ' ', '\n', 'AAAA', '%3D', '\u212A']

export const encryptionTargets: readonly FuzzTarget[] = [
  textTarget({
    name: 'encryption/decrypt',
    corpus: 'base64url',
    seeds: SEALED,
    words: WORDS,
    runs: 1000,
    async check(text) {
      assert.equal(node.decryptString(nodeKey(), text), undefined)
      assert.equal(await web.decryptString(webKey(), text), undefined)
    },
  }),
  valueTarget({
    name: 'encryption/changed',
    arbitrary: fc.record({
      at: fc.nat({ max: 200 }),
      word: fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary', maxLength: 3 })),
      removed: fc.nat({ max: 3 }),
    }),
    seeds: [
      { at: 200, word: '=', removed: 0 },
      { at: 200, word: ' ', removed: 0 },
      { at: 200, word: 'A', removed: 0 },
      { at: 200, word: '.', removed: 0 },
    ],
    runs: 1000,
    async check({ at, word, removed }) {
      const value = sealed()
      const changed = value.slice(0, at) + word + value.slice(at + removed)
      // Only one spelling of a value is valid, so that a revoked or used value cannot be written in another way.
      const expected = changed === value ? '{"sub":"alex"}' : undefined
      assert.equal(node.decryptString(nodeKey(), changed), expected, `Node.js: ${changed}`)
      assert.equal(await web.decryptString(webKey(), changed), expected, `WebCrypto: ${changed}`)
    },
  }),
  valueTarget({
    name: 'encryption/last-character',
    arbitrary: fc.record({
      value: fc.string({ unit: 'binary', maxLength: 5 }),
      last: fc.constantFrom(
        ...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'),
      ),
    }),
    runs: 200,
    async check({ value, last }) {
      const plain = wellFormed(value)
      const text = node.encryptString(nodeKey(), plain)
      const changed = text.slice(0, -1) + last
      const expected = changed === text ? plain : undefined
      assert.equal(node.decryptString(nodeKey(), changed), expected, `Node.js: ${text} → ${last}`)
      assert.equal(
        await web.decryptString(webKey(), changed),
        expected,
        `WebCrypto: ${text} → ${last}`,
      )
    },
  }),
  valueTarget({
    name: 'encryption/round-trip',
    arbitrary: fc.jsonValue(),
    runs: 200,
    async check(value) {
      const plain = JSON.stringify(value)
      const text = node.encryptString(nodeKey(), plain)
      assert.match(text, /^[\w-]+$/)
      assert.equal(await web.decryptString(webKey(), text), plain)
      assert.equal(node.decryptString(nodeKey(), await web.encryptString(webKey(), plain)), plain)
      const { encrypt, decrypt } = createEncryption([SECRET], 'fuzz')
      const again: unknown = await decrypt(await encrypt(value))
      assert.equal(JSON.stringify(again), plain)
      const other = createEncryption([SECRET], 'another purpose')
      assert.equal(await other.decrypt(await encrypt(value)), undefined)
    },
  }),
  valueTarget({
    name: 'encryption/info',
    arbitrary: fc.string({ unit: 'grapheme', minLength: 900, maxLength: 1200 }),
    seeds: ['a'.repeat(1024), 'a'.repeat(1025), 'é'.repeat(512), 'é'.repeat(513), 'a'.repeat(9000)],
    runs: 50,
    async check(info) {
      // Both implementations derive the same key, of settings of every length.
      const text = node.encryptString(node.deriveKey(SECRET, info), 'value')
      assert.equal(await web.decryptString(web.deriveKey(SECRET, info), text), 'value')
      assert.equal(node.decryptString(node.deriveKey(SECRET, `${info}.`), text), undefined)
    },
  }),
  textTarget({
    name: 'base64url/decode',
    corpus: 'base64url',
    words: WORDS,
    runs: 1000,
    check(text) {
      const bytes = fromBase64(text)
      // Not canonical on purpose: certificates, keys and claims challenges arrive in base64 with line breaks.
      if (bytes !== undefined) assert.ok(bytes.length <= text.length)
      stringFromBase64Url(text)
    },
  }),
  valueTarget({
    name: 'base64url/round-trip',
    arbitrary: fc.string({ unit: 'binary', maxLength: 60 }),
    runs: 500,
    check(text) {
      const bytes = new TextEncoder().encode(text)
      const encoded = toBase64Url(bytes)
      assert.equal(encoded, Buffer.from(bytes).toString('base64url'))
      assert.deepEqual(fromBase64(encoded), bytes)
      assert.equal(stringFromBase64Url(encoded), wellFormed(text))
    },
  }),
]
