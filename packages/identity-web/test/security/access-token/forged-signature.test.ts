import { decodeJwt, decodeProtectedHeader, exportJWK, generateKeyPair, SignJWT } from 'jose'
import {
  describe,
  test,
  encode,
  expectRejected,
  expectAccepted,
  changeKeys,
  type Tokens,
} from './guarded-api.ts'

describe('a signature', () => {
  const forgeries: [what: string, make: (tokens: Tokens) => Promise<string>, reason: string][] = [
    [
      'is missing (alg none)',
      ({ alexToken }) => alexToken({ header: { alg: 'none' } }),
      'algorithm none',
    ],
    [
      'is missing, and alg is spelt otherwise',
      ({ tokenWithHeader }) => tokenWithHeader({ alg: 'nOnE', typ: 'JWT' }),
      'algorithm nOnE',
    ],
    [
      'is missing under the right algorithm',
      async ({ alexToken }) => (await alexToken()).replace(/[^.]+$/, ''),
      'its signature is wrong',
    ],
    [
      'is made with the public key (HS256)',
      ({ alexToken }) => alexToken({ header: { alg: 'HS256' } }),
      'algorithm HS256',
    ],
    [
      'is made with the secret of the API (HS256)',
      ({ alexToken, provider }) =>
        alexToken({
          header: { alg: 'HS256' },
          key: new TextEncoder().encode(provider.api.clientSecret),
        }),
      'algorithm HS256',
    ],
    [
      'is made with another key',
      ({ alexToken }) => alexToken({ key: 'stranger' }),
      'its signature is wrong',
    ],
    [
      'is made with another key, and no key is named',
      ({ alexToken }) => alexToken({ key: 'stranger', header: { kid: undefined } }),
      'its signature is wrong',
    ],
    [
      'is of other claims',
      async ({ alexToken }) => {
        const [header, , signature] = (await alexToken({ scopes: ['Todos.Read'] })).split('.')
        const claims = { ...decodeJwt(await alexToken()), scp: 'Todos.Read Todos.ReadWrite' }
        return `${header}.${encode(claims)}.${signature}`
      },
      'its signature is wrong',
    ],
    [
      'is of another header',
      async ({ alexToken, tokenWithHeader }) =>
        tokenWithHeader({ ...decodeProtectedHeader(await alexToken()), x: 1 }),
      'its signature is wrong',
    ],
    [
      'lost its end',
      async ({ alexToken }) => (await alexToken()).slice(0, -2),
      'its signature is wrong',
    ],
    [
      'is made by an algorithm that the provider does not use (PS256)',
      async ({ alexToken }) =>
        alexToken({ header: { alg: 'PS256' }, key: (await generateKeyPair('PS256')).privateKey }),
      'algorithm PS256',
    ],
    [
      'needs an extension that nobody knows (crit)',
      ({ alexToken }) =>
        alexToken({ header: { crit: ['http://example.com/x'], 'http://example.com/x': 1 } }),
      'it or its key is not valid',
    ],
    [
      'is by a name of objects',
      ({ tokenWithHeader }) => tokenWithHeader({ alg: 'constructor', typ: 'JWT' }),
      'algorithm constructor',
    ],
    [
      'is by __proto__',
      ({ tokenWithHeader }) => tokenWithHeader({ alg: '__proto__', typ: 'JWT' }),
      'algorithm __proto__',
    ],
    [
      'is by nothing',
      ({ tokenWithHeader }) => tokenWithHeader({ typ: 'JWT' }),
      'it does not contain an algorithm',
    ],
    [
      'is by a list',
      ({ tokenWithHeader }) => tokenWithHeader({ alg: ['RS256'], typ: 'JWT' }),
      'it does not contain an algorithm',
    ],
  ]

  test.for(forgeries)('is rejected if it %s', async ([, make, reason], { open, tokens }) => {
    await expectRejected(await open(), await make(tokens), reason)
  })

  test.for(['none', 'HS256'])(
    'cannot use %s, even if the provider announces it',
    async (alg, { provider, open, alexToken }) => {
      provider.tamper = {
        metadata: (document) => ({ ...document, id_token_signing_alg_values_supported: [alg] }),
      }

      await expectRejected(await open(), await alexToken({ header: { alg } }), `algorithm ${alg}`)
    },
  )

  test.for([
    [['RS256', 'ES256'], true],
    [['RS256'], false],
    [['RS256', 7], false],
    ['ES256', false],
  ] as const)(
    'can use ES256 if the provider announces it: %j',
    async ([announced, isAllowed], { provider, open, alexToken }) => {
      const { publicKey, privateKey } = await generateKeyPair('ES256')
      const jwk = { ...(await exportJWK(publicKey)), kid: 'ec', use: 'sig' } as JsonWebKey
      provider.tamper = {
        metadata: (document) => ({ ...document, id_token_signing_alg_values_supported: announced }),
        jwks: ({ keys }) => ({ keys: [...keys, jwk] }),
      }
      const token = await new SignJWT(decodeJwt(await alexToken()))
        .setProtectedHeader({ alg: 'ES256', kid: 'ec', typ: 'JWT' })
        .sign(privateKey)

      if (isAllowed) await expectAccepted(await open(), token)
      else await expectRejected(await open(), token, 'algorithm ES256 is not allowed')
    },
  )

  test('is checked with all keys when the token does not name one', async ({ open, alexToken }) => {
    await expectAccepted(await open(), await alexToken({ header: { kid: undefined } }))
  })

  test.for([
    ['encryption (use)', { use: 'enc' }],
    ['another algorithm (alg)', { alg: 'RS512' }],
    ['other operations (key_ops)', { use: undefined, key_ops: ['encrypt'] }],
  ] as const)(
    'cannot be from a key that is published for %s',
    async ([, changes], { provider, open, alexToken }) => {
      provider.tamper = { jwks: changeKeys((key) => ({ ...key, ...changes })) }

      await expectRejected(await open(), await alexToken(), 'its key is unknown')
    },
  )
})
