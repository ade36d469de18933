import { decodeJwt, decodeProtectedHeader, generateKeyPair } from 'jose'
import {
  describe,
  test,
  encode,
  expectRefused,
  expectLetIn,
  changeKeys,
  type Tokens,
} from './guarded-api.ts'

describe('a signature', () => {
  const forgeries: [what: string, make: (tokens: Tokens) => Promise<string>, reason: string][] = [
    ['is missing (alg none)', ({ alexs }) => alexs({ header: { alg: 'none' } }), 'algorithm none'],
    [
      'is missing, and alg is spelt otherwise',
      ({ underHeader }) => underHeader({ alg: 'nOnE', typ: 'JWT' }),
      'algorithm nOnE',
    ],
    [
      'is missing under the right algorithm',
      async ({ alexs }) => (await alexs()).replace(/[^.]+$/, ''),
      'its signature is wrong',
    ],
    [
      'is made with the public key (HS256)',
      ({ alexs }) => alexs({ header: { alg: 'HS256' } }),
      'algorithm HS256',
    ],
    [
      'is made with the secret of the API (HS256)',
      ({ alexs, provider }) =>
        alexs({
          header: { alg: 'HS256' },
          key: new TextEncoder().encode(provider.api.clientSecret),
        }),
      'algorithm HS256',
    ],
    [
      'is made with another key',
      ({ alexs }) => alexs({ key: 'stranger' }),
      'its signature is wrong',
    ],
    [
      'is made with another key, and no key is named',
      ({ alexs }) => alexs({ key: 'stranger', header: { kid: undefined } }),
      'its signature is wrong',
    ],
    [
      'is of other claims',
      async ({ alexs }) => {
        const [header, , signature] = (await alexs({ scopes: ['Todos.Read'] })).split('.')
        const claims = { ...decodeJwt(await alexs()), scp: 'Todos.Read Todos.ReadWrite' }
        return `${header}.${encode(claims)}.${signature}`
      },
      'its signature is wrong',
    ],
    [
      'is of another header',
      async ({ alexs, underHeader }) =>
        underHeader({ ...decodeProtectedHeader(await alexs()), x: 1 }),
      'its signature is wrong',
    ],
    ['lost its end', async ({ alexs }) => (await alexs()).slice(0, -4), 'its signature is wrong'],
    [
      'is made by an algorithm that the provider does not use (PS256)',
      async ({ alexs }) =>
        alexs({ header: { alg: 'PS256' }, key: (await generateKeyPair('PS256')).privateKey }),
      'algorithm PS256',
    ],
    [
      'needs an extension that nobody knows (crit)',
      ({ alexs }) =>
        alexs({ header: { crit: ['http://example.com/x'], 'http://example.com/x': 1 } }),
      'it or its key is not valid',
    ],
    [
      'is by a name of objects',
      ({ underHeader }) => underHeader({ alg: 'constructor', typ: 'JWT' }),
      'algorithm constructor',
    ],
    [
      'is by __proto__',
      ({ underHeader }) => underHeader({ alg: '__proto__', typ: 'JWT' }),
      'algorithm __proto__',
    ],
    [
      'is by nothing',
      ({ underHeader }) => underHeader({ typ: 'JWT' }),
      'it does not name an algorithm',
    ],
    [
      'is by a list',
      ({ underHeader }) => underHeader({ alg: ['RS256'], typ: 'JWT' }),
      'it does not name an algorithm',
    ],
  ]

  test.for(forgeries)('rejects a token where it %s', async ([, make, reason], { open, tokens }) => {
    await expectRefused(await open(), await make(tokens), reason)
  })

  test.for(['none', 'HS256'])(
    'is not by %s because the provider announces it',
    async (alg, { provider, open, alexs }) => {
      provider.tamper = {
        metadata: (document) => ({ ...document, id_token_signing_alg_values_supported: [alg] }),
      }

      await expectRefused(await open(), await alexs({ header: { alg } }), `algorithm ${alg}`)
    },
  )

  test('is looked for among all keys where the token names none', async ({ open, alexs }) => {
    await expectLetIn(await open(), await alexs({ header: { kid: undefined } }))
  })

  test.for([
    ['encryption (use)', { use: 'enc' }],
    ['another algorithm (alg)', { alg: 'RS512' }],
    ['other operations (key_ops)', { use: undefined, key_ops: ['encrypt'] }],
  ] as const)(
    'is not by a key that is published for %s',
    async ([, changes], { provider, open, alexs }) => {
      provider.tamper = { jwks: changeKeys((key) => ({ ...key, ...changes })) }

      await expectRefused(await open(), await alexs(), 'its key is unknown')
    },
  )
})
