import { generateKeyPairSync, sign } from 'node:crypto'
import { createServer } from 'node:http'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { onTestFinished } from 'vitest'
import { close, listen } from '../../support/site.ts'
import { describe, expect, test, encode, expectRejected } from './guarded-api.ts'

// oxlint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u001f\u007f\u2028]/

describe('a malformed token', () => {
  test.for([
    ['a word', 'garbage', 'it is not a JSON Web Token'],
    ['a dot', '.', 'it is not a JSON Web Token'],
    ['two dots', '..', 'it is not a JSON Web Token'],
    ['three dots', '...', 'it is not a JSON Web Token'],
    ['two empty objects', 'e30.e30', 'it'],
    ['empty objects', 'e30.e30.', 'it does not contain an algorithm'],
    ['numbers', 'MQ.MQ.MQ', 'it is not a JSON Web Token'],
    ['a list as the header', 'W10.e30.e30', 'it'],
    ['null', 'bnVsbA.bnVsbA.', 'it is not a JSON Web Token'],
    ['not JSON', 'e3.e3.e3', 'it is not a JSON Web Token'],
    ['six parts', 'e30.e30.e30.e30.e30.e30', 'it'],
    ['an encrypted token', 'e30.e30.e30.e30.e30', 'it is encrypted; remove the token encryption'],
    [
      'an encrypted token of Entra ID',
      `${encode({ alg: 'RSA-OAEP', enc: 'A256CBC-HS512', kid: 'x', cty: 'JWT' })}.a.b.c.d`,
      'it is encrypted; remove the token encryption from the app registration of the API',
    ],
    ['tildes', '~~~~', 'it is not a JSON Web Token'],
  ] as const)('is rejected: %s', async ([, token, reason], { open }) => {
    await expectRejected(await open(), token, reason)
  })

  const broken: [what: string, change: (token: string) => string][] = [
    ['a part less', (token) => token.slice(0, token.lastIndexOf('.'))],
    ['a part more', (token) => `${token}.e30`],
    ['an empty part more', (token) => `${token}.`],
    ['an empty header', (token) => token.replace(/^[^.]+/, '')],
    ['empty claims', (token) => token.replace(/\.[^.]+\./, '..')],
    ['claims that are a list', (token) => token.replace(/\.[^.]+\./, '.W10.')],
    ['claims that are cut', (token) => token.replace(/[^.]{9}\.(?=[^.]+$)/, '.')],
    ['its first half', (token) => token.slice(0, token.length / 2)],
    ['padding of base64', (token) => `${token}==`],
    ['a header twice', (token) => `${token.split('.')[0]}.${token}`],
  ]

  test.for(broken)(
    'is rejected: a valid token with %s',
    async ([, change], { open, alexToken }) => {
      await expectRejected(await open(), change(await alexToken()), 'The')
    },
  )

  // Several invalid byte sequences would become the same character, and so two users the same one.
  test.for(['header', 'claims'])(
    'is rejected when the %s are not UTF-8, even with a valid signature',
    async (part, { open, provider, alexToken }) => {
      const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
      provider.tamper = {
        jwks: ({ keys }) => ({
          keys: [...keys, { ...publicKey.export({ format: 'jwk' }), kid: 'own' }],
        }),
      }
      const api = await open()
      const claims = { ...decodeJwt(await alexToken()), x: '?' }
      const header = { alg: 'RS256', kid: 'own', x: '?' }
      const signed = (parts: readonly Buffer[]): string => {
        const input = parts.map((bytes) => bytes.toString('base64url')).join('.')
        return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`
      }
      const valid = [header, claims].map((value) => Buffer.from(JSON.stringify(value)))
      const changed = valid.map((bytes, at) =>
        (at === 0) === (part === 'header')
          ? Buffer.from(bytes.toString('latin1').replace('"?"', '"\xff"'), 'latin1')
          : bytes,
      )

      const accepted = await api.call('/any', signed(valid))
      expect(accepted.status).toBe(200)
      api.acceptedTokens.length = 0
      await expectRejected(api, signed(changed), 'it is not a JSON Web Token')
    },
  )

  test('is rejected when it is longer than any valid token', async ({ open, tokenWithClaims }) => {
    const api = await open()
    // Node.js rejects headers of that size by default.
    const roomy = createServer({ maxHeaderSize: 100_000 }, api.app)
    const origin = await listen(roomy)
    onTestFinished(() => close(roomy))
    const call = async (token: string): Promise<Response> =>
      fetch(`${origin}/any`, { headers: { authorization: `Bearer ${token}` } })

    const long = await call(await tokenWithClaims({ pad: 'x'.repeat(11_000) }))
    const longer = await call(await tokenWithClaims({ pad: 'x'.repeat(12_500) }))
    const endless = await call('x'.repeat(90_000))

    expect(long.status).toBe(200)
    for (const response of [longer, endless]) {
      expect(response.status).toBe(401)
      expect(await response.json()).toEqual({
        error: 'invalid_token',
        error_description: 'The access token was rejected: it is longer than 16384 characters.',
      })
    }
    expect(api.acceptedTokens).toHaveLength(1)
  })

  test('is not copied into headers and logs', async ({ alexToken, open, tokenWithHeader }) => {
    const evil = `RS256", scope="all\r\nx-evil: 1 \u001b[31m\u2028`
    const right = decodeProtectedHeader(await alexToken())

    for (const header of [{ alg: evil }, { ...right, typ: evil }, { ...right, kid: evil }]) {
      const api = await open()
      const reply = await api.call('/any', await tokenWithHeader(header))

      expect(reply.status).toBe(401)
      expect(Object.keys(reply.challenge ?? {})).toEqual(['error', 'error_description'])
      expect(reply.headers.get('x-evil')).toBeNull()
      expect(api.logs).toHaveLength(1)
      expect(api.logs.join('')).not.toMatch(CONTROL)
    }
  })

  test('does not fill headers and logs', async ({ open, tokenWithHeader }) => {
    const api = await open()

    const reply = await api.call('/any', await tokenWithHeader({ alg: 'x'.repeat(5000) }))

    expect(reply.status).toBe(401)
    expect(reply.headers.get('www-authenticate')?.length).toBeLessThan(1000)
    expect(api.logs.join('').length).toBeLessThan(1000)
  })
})
