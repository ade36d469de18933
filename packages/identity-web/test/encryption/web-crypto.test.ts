import { expect, test as base, vi } from 'vitest'
import * as node from '../../src/encryption/aes-node.ts'
import * as web from '../../src/encryption/aes-web.ts'

// The encryption and the cookie strategy on runtimes other than Node.js. There, every result is a promise.
const SECRET = 'a-secret-of-the-tests-0123456789-abcdef'
const OTHER = 'another-secret-of-the-tests-9876543210'

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('modules', { scope: 'file' }, async ({}, { onCleanup }) => {
    vi.resetModules()
    vi.doMock('#aes', () => web)
    onCleanup(() => {
      vi.doUnmock('#aes')
      vi.resetModules()
    })
    return {
      encryptions: await import('../../src/encryption/index.ts'),
      strategies: await import('../../src/session/cookie-strategy.ts'),
    }
  })
  .extend('encryptions', ({ modules }) => modules.encryptions)
  .extend('strategies', ({ modules }) => modules.strategies)

test('an encryption returns promises and tries each secret', async ({ encryptions }) => {
  const old = encryptions.createEncryption([OTHER], 'purpose')
  const rolling = encryptions.createEncryption([SECRET, OTHER], 'purpose')
  const encrypted = old.encrypt({ a: 1 })

  expect(encrypted).toBeInstanceOf(Promise)
  expect(await rolling.decrypt(await encrypted)).toEqual({ a: 1 })
  expect(await rolling.decrypt('AAAA')).toBeUndefined()
})

test('a session is written and read', async ({ strategies }) => {
  const strategy = strategies.createCookieStrategy({
    secrets: [SECRET],
    owner: 'client',
    name: 'identity',
    attributes: { path: '/', secure: false, sameSite: 'Lax' },
    lifetimes: { idle: 60, absolute: 600 },
    now: () => 1000,
  })
  const session = {
    id: 'id',
    claims: { iss: 'https://issuer.example', sub: 'alex' },
    startedAt: 1000,
    touchedAt: 1000,
    idleEndsAt: 1060,
    endsAt: 1600,
  }
  const tokens = { revision: 1, refreshToken: 'refresh', access: [] }

  const cookies = await strategy.update('', session, tokens)
  const header = cookies.map((cookie) => cookie.split(';')[0]).join('; ')

  expect(await strategy.read(header)).toEqual(session)
  expect(await strategy.readTokens(header, session)).toMatchObject(tokens)
  expect(await strategy.read('identity=1.AAAA')).toBeUndefined()
})

test.each([10, 1023, 1024, 1025, 5000])(
  'Node.js and other runtimes derive the same key from settings of %i bytes',
  async (length) => {
    const info = 'x'.repeat(length)
    const [nodeKey, webKey] = [node.deriveKey(SECRET, info), web.deriveKey(SECRET, info)]

    expect(await web.decryptString(webKey, node.encryptString(nodeKey, 'value'))).toBe('value')
    expect(node.decryptString(nodeKey, await web.encryptString(webKey, 'value'))).toBe('value')
    const other = node.deriveKey(SECRET, `${info}x`)
    expect(node.decryptString(other, node.encryptString(nodeKey, 'value'))).toBeUndefined()
  },
)

test('the key of another runtime cannot be exported', async () => {
  expect((await web.deriveKey(SECRET, 'purpose')).extractable).toBe(false)
})
