import { describe, expect, test } from 'vitest'
import { nextKeySet as next } from '../../src/authority/key-set.ts'
import {
  allowedAlgorithms,
  candidateKeys,
  type KeySet,
  type ProviderKey,
} from '../../src/authority/keys.ts'
import { fetchDocument } from '../../src/authority/provider-documents.ts'

const URL = 'https://a.example/keys'
const nextKeySet = (
  before: KeySet | undefined,
  keys: readonly ProviderKey[],
  now: number,
): KeySet => next(before, { url: URL, document: { keys }, now })

describe('the allowed algorithms', () => {
  test.each([
    [undefined, ['RS256']],
    [[], ['RS256']],
    [['RS256'], ['RS256']],
    [
      ['ES256', 'PS512', 'EdDSA'],
      ['ES256', 'PS512', 'EdDSA'],
    ],
    [['none', 'HS256', 'HS384', 'HS512'], ['RS256']],
    [['none', 'HS256', 'ES384'], ['ES384']],
    [['rs256', 'RSA-OAEP', 'dir', ''], ['RS256']],
    [['toString', 'constructor', '__proto__'], ['RS256']],
  ])('for %j are %j', (announced, accepted) => {
    expect(allowedAlgorithms(announced)).toEqual(accepted)
  })
})

describe('missing keys', () => {
  const named = (ids: readonly number[], n = 'x'): ProviderKey[] =>
    ids.map((id) => ({ kty: 'RSA', kid: `key-${id}`, n, e: 'AQAB' }))
  const first = nextKeySet(undefined, named([1, 2]), 0)

  test('are kept, but at most twenty of them', () => {
    const many = nextKeySet(undefined, named(Array.from({ length: 500 }, (_, id) => id)), 0)

    expect(nextKeySet(first, named([1]), 60).keys).toEqual(named([1, 2]))
    expect(nextKeySet(many, named([1]), 60).keys).toHaveLength(1 + 20)
  })

  test('are not kept if another key has their ID, or if the document is empty', () => {
    expect(nextKeySet(first, named([1, 2], 'y'), 60).keys).toEqual(named([1, 2], 'y'))
    expect(nextKeySet(first, [], 60).keys).toEqual([])
  })

  test('are kept longer only if the same key was published again', () => {
    const hoursAfter = (returned: readonly ProviderKey[]): number[] => {
      let set = nextKeySet(nextKeySet(first, named([1]), 60), returned, 120)
      const kept: number[] = []
      for (let hour = 0; hour < 24; hour++) {
        set = nextKeySet(set, named([1]), 180 + hour * 3600)
        if (set.missing.size > 0) kept.push(hour)
      }
      return kept
    }

    expect(hoursAfter(named([1, 2]))).toHaveLength(12)
    expect(hoursAfter([...named([1]), ...named([2], 'y')])).toHaveLength(2)
  })
})

describe('the candidate keys', () => {
  const rsa: ProviderKey = { kty: 'RSA', kid: 'a', n: 'x', e: 'AQAB' }
  const cases: [what: string, key: ProviderKey, header: object, fits: boolean][] = [
    ['its kid', rsa, { alg: 'RS256', kid: 'a' }, true],
    ['no kid in the token', rsa, { alg: 'RS256' }, true],
    ['its curve', { kty: 'EC', crv: 'P-256' }, { alg: 'ES256' }, true],
    ['another curve', { kty: 'EC', crv: 'P-384' }, { alg: 'ES256' }, false],
    ['the curve of EdDSA', { kty: 'OKP', crv: 'Ed25519' }, { alg: 'EdDSA' }, true],
    ['another curve of EdDSA', { kty: 'OKP', crv: 'Ed448' }, { alg: 'EdDSA' }, false],
    ['a curve for encryption', { kty: 'OKP', crv: 'X25519' }, { alg: 'Ed25519' }, false],
    ['another kid', rsa, { alg: 'RS256', kid: 'b' }, false],
    [
      'a key without kid for a token with one',
      { ...rsa, kid: undefined },
      { alg: 'RS256', kid: 'a' },
      false,
    ],
    ['another kind of key', { ...rsa, kty: 'EC' }, { alg: 'RS256', kid: 'a' }, false],
    ['a secret key', { kty: 'oct', kid: 'a', k: 'x' }, { alg: 'RS256', kid: 'a' }, false],
    ['a secret key for HS256', { kty: 'oct', kid: 'a', k: 'x' }, { alg: 'HS256', kid: 'a' }, false],
    ['an algorithm that is a method of objects', rsa, { alg: 'toString', kid: 'a' }, false],
    ['no algorithm', rsa, { kid: 'a' }, false],
    ['use for signatures', { ...rsa, use: 'sig' }, { alg: 'RS256', kid: 'a' }, true],
    ['use for encryption', { ...rsa, use: 'enc' }, { alg: 'RS256', kid: 'a' }, false],
    ['operations with verify', { ...rsa, key_ops: ['verify'] }, { alg: 'RS256', kid: 'a' }, true],
    ['operations without verify', { ...rsa, key_ops: ['sign'] }, { alg: 'RS256', kid: 'a' }, false],
    ['its own algorithm', { ...rsa, alg: 'RS256' }, { alg: 'RS256', kid: 'a' }, true],
    ['another algorithm', { ...rsa, alg: 'PS256' }, { alg: 'RS256', kid: 'a' }, false],
  ] as [string, ProviderKey, object, boolean][]

  test.each(cases)('%s', (_what, key, header, fits) => {
    expect(candidateKeys([key], header)).toEqual(fits ? [key] : [])
  })

  test('are all matching keys, in their order', () => {
    const keys = [rsa, { ...rsa, kid: 'b' }, { ...rsa, kty: 'EC' }]

    expect(candidateKeys(keys, { alg: 'RS256' })).toEqual(keys.slice(0, 2))
  })
})

describe('a key set', () => {
  async function from(body: string): Promise<readonly ProviderKey[]> {
    const fetch = () => Promise.resolve(new Response(body))
    const document = await fetchDocument({ fetch, timeoutSeconds: 1 }, 'keys', URL)
    return next(undefined, { url: URL, document, now: 0 }).keys
  }

  test('is read, without members that are not keys', async () => {
    expect(await from('{"keys":[null,7,"x",{"kty":"RSA"}]}')).toEqual([{ kty: 'RSA' }])
  })

  test.each(['{}', '{"keys":{}}', '{"keys":null}', '[]', 'x'])('cannot be %s', async (body) => {
    await expect(from(body)).rejects.toMatchObject({ code: 'invalid_response', status: 502 })
  })
})
