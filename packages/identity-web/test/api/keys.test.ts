import type { Fault } from 'identity-web-dev'

import { describe, expect, test as base } from '../support/fixtures.ts'
import { candidateKeys, type ProviderKey } from '../../src/authority/keys.ts'

const DAY = 24 * 3600

const test = base
  .extend(
    'statusOf',
    ({ api }) =>
      async (token: string): Promise<number> =>
        (await api.call('/', token)).status,
  )
  .extend('fresh', ({ tokensWith }) => tokensWith({ as: 'alex' }))

  /** A token with an unknown key ID. */
  .extend(
    'forged',
    ({ provider }) =>
      (kid: string): Promise<string> =>
        provider.accessToken({ as: 'alex', key: 'stranger', header: { kid } }),
  )

  /** The number of requests for the documents of the provider. */
  .extend('asked', ({ provider }) => (): Record<string, number> => {
    const counts: Record<string, number> = {}
    for (const { endpoint } of provider.requests) counts[endpoint] = (counts[endpoint] ?? 0) + 1
    return counts
  })

describe('the keys', () => {
  test('are not fetched before the first token or for requests without one', async ({
    api,
    asked,
  }) => {
    await api.call('/')
    await api.call('/', 'no token at all')

    expect(asked()).toEqual({})
  })

  test('are not fetched for tokens that are rejected without a key', async ({
    statusOf,
    provider,
    asked,
  }) => {
    for (const changes of [
      { claims: { aud: 'other' } },
      { expiresIn: -3600 },
      { claims: { ver: '3.0' } },
      { header: { typ: 'dpop+jwt' } },
    ]) {
      expect(await statusOf(await provider.accessToken({ as: 'alex', ...changes }))).toBe(401)
    }
    expect(asked()).toEqual({})
  })

  test('are fetched once for many simultaneous first requests', async ({
    statusOf,
    fresh,
    asked,
  }) => {
    const tokens = await Promise.all(Array.from({ length: 50 }, fresh))

    const found = await Promise.all(tokens.map(statusOf))

    expect(new Set(found)).toEqual(new Set([200]))
    expect(asked()).toEqual({ metadata: 1, keys: 1 })
  })

  test('are fetched once for 50 simultaneous forged key IDs', async ({
    statusOf,
    forged,
    asked,
  }) => {
    const tokens = await Promise.all(
      Array.from({ length: 50 }, (_, at) => forged(`together-${at}`)),
    )

    const found = await Promise.all(tokens.map(statusOf))

    expect(new Set(found)).toEqual(new Set([401]))
    expect(asked()).toEqual({ metadata: 1, keys: 1 })
  })

  test('are cached for a day and then fetched again', async ({ statusOf, fresh, clock, asked }) => {
    expect(await statusOf(await fresh())).toBe(200)
    clock.advance(DAY - 60)
    expect(await statusOf(await fresh())).toBe(200)
    expect(asked()).toEqual({ metadata: 1, keys: 1 })

    clock.advance(120)

    expect(await statusOf(await fresh())).toBe(200)
    expect(asked()).toEqual({ metadata: 2, keys: 2 })
  })

  test('are fetched again for a token that names a new key', async ({
    statusOf,
    fresh,
    clock,
    provider,
    asked,
  }) => {
    const old = await fresh()
    expect(await statusOf(old)).toBe(200)
    clock.advance(31)
    await provider.rollKeys()

    expect(await statusOf(await fresh())).toBe(200)
    expect(await statusOf(old)).toBe(200)
    expect(asked()).toMatchObject({ keys: 2 })
  })

  test('are fetched at most once a minute, whatever IDs are forged', async ({
    statusOf,
    fresh,
    clock,
    forged,
    asked,
  }) => {
    await statusOf(await fresh())
    for (let second = 1; second <= 120; second++) {
      clock.advance(1)
      expect(await statusOf(await forged(`forged-${second}`))).toBe(401)
    }

    expect(asked()['keys']).toBeGreaterThan(1)
    expect(asked()['keys']).toBeLessThanOrEqual(3)
    expect(asked()['metadata']).toBe(1)
  })

  test.for([
    ['a short text', 'forged'],
    ['empty', ''],
    ['a very long text', 'f'.repeat(300)],
    ['a name of every object', '__proto__'],
  ] as const)(
    'are fetched again for a forged ID that is %s after a minute at first, and later after five',
    async ([, kid], { statusOf, fresh, clock, forged, asked }) => {
      await statusOf(await fresh())
      clock.advance(31)
      expect(await statusOf(await forged(kid))).toBe(401)
      const minutes: number[] = []
      for (let minute = 1; minute <= 20; minute++) {
        clock.advance(60)
        const before = asked()['keys']
        expect(await statusOf(await forged(kid))).toBe(401)
        if (asked()['keys'] !== before) minutes.push(minute)
      }

      expect(minutes).toEqual([1, 3, 7, 12, 17])
    },
  )

  test('that are new are found after the cool-down, although their tokens arrived during it', async ({
    statusOf,
    fresh,
    clock,
    provider,
  }) => {
    expect(await statusOf(await fresh())).toBe(200)
    clock.advance(5)
    await provider.rollKeys()
    const early = await fresh()

    expect(await statusOf(early)).toBe(401)
    clock.advance(30)
    expect(await statusOf(early)).toBe(200)
  })

  test('that are new are found within a minute, although an attacker forges IDs all the time', async ({
    statusOf,
    fresh,
    clock,
    forged,
    provider,
  }) => {
    expect(await statusOf(await fresh())).toBe(200)
    for (let time = 0; time < 4; time++) {
      clock.advance(31)
      await statusOf(await forged(`noise-${time}`))
    }
    await provider.rollKeys()
    const token = await fresh()
    const found: number[] = []
    for (let second = 0; second <= 60; second++) {
      found.push(await statusOf(token))
      clock.advance(1)
      await statusOf(await forged(`more-${second}`))
    }

    expect(found.at(-1)).toBe(200)
  })

  test('that are new are found after an outage, although their tokens arrived during it', async ({
    statusOf,
    fresh,
    clock,
    provider,
  }) => {
    expect(await statusOf(await fresh())).toBe(200)
    clock.advance(31)
    await provider.rollKeys()
    provider.behave({ faults: { keys: { kind: 'status', status: 503 } } })
    const early = await fresh()
    expect(await statusOf(early)).not.toBe(200)

    provider.behave({ faults: {} })
    clock.advance(31)

    expect(await statusOf(early)).toBe(200)
  })

  test('with two thousand forged IDs still respect the cool-down', async ({
    statusOf,
    fresh,
    clock,
    forged,
    asked,
  }) => {
    await statusOf(await fresh())
    clock.advance(31)
    const [head, payload, signature] = (await forged('x')).split('.')
    expect(head).toBeTruthy()
    for (let at = 0; at < 2000; at++) {
      const header = Buffer.from(JSON.stringify({ alg: 'RS256', typ: 'JWT', kid: `k${at}` }))
      await statusOf(`${header.toString('base64url')}.${payload}.${signature}`)
    }

    expect(asked()).toMatchObject({ keys: 2 })
    expect(await statusOf(await fresh())).toBe(200)
  })
})

describe('the keys that match a token', () => {
  const rsa: ProviderKey = { kty: 'RSA', kid: 'a', n: 'x', e: 'AQAB' }
  const keySet = (): ProviderKey[] => [
    rsa,
    { ...rsa, kid: 'b' },
    { ...rsa, kid: 'c', alg: 'PS256' },
  ]
  const kidsOf = (keys: readonly ProviderKey[]): unknown[] => keys.map(({ kid }) => kid)

  test('are looked up once for each header, by the algorithm and the ID', () => {
    const keys = keySet()

    for (let time = 0; time < 2; time++) {
      expect(kidsOf(candidateKeys(keys, { alg: 'RS256', kid: 'a' }))).toEqual(['a'])
      expect(kidsOf(candidateKeys(keys, { alg: 'RS256', kid: 'b' }))).toEqual(['b'])
      expect(kidsOf(candidateKeys(keys, { alg: 'RS256', kid: 'c' }))).toEqual([])
      expect(kidsOf(candidateKeys(keys, { alg: 'PS256', kid: 'c' }))).toEqual(['c'])
      expect(kidsOf(candidateKeys(keys, { alg: 'RS256' }))).toEqual(['a', 'b'])
      expect(kidsOf(candidateKeys(keys, { alg: 'PS256' }))).toEqual(['a', 'b', 'c'])
    }
    const header = { alg: 'RS256', kid: 'a' }
    expect(candidateKeys(keys, header)).toBe(candidateKeys(keys, header))
  })

  test('belong to this key set, although another one has the same IDs', () => {
    const [before, after] = [keySet(), keySet().map((key) => ({ ...key, n: 'y' }))]
    candidateKeys(before, { alg: 'RS256', kid: 'a' })

    expect(candidateKeys(after, { alg: 'RS256', kid: 'a' })).toEqual([{ ...rsa, n: 'y' }])
  })

  const NO_ID = { alg: 'RS256' }
  test.each(['undefined', '', 'null', 'RS256', ' a', 'a ', '__proto__'])(
    'without an id are not those with the id "%s", in either order',
    (kid) => {
      const [one, other] = [keySet(), keySet()]
      const named = { ...rsa, kid }

      expect(candidateKeys(one, NO_ID)).toHaveLength(2)
      expect(candidateKeys(one, { alg: 'RS256', kid })).toEqual([])
      other.push(named)
      expect(candidateKeys(other, { alg: 'RS256', kid })).toEqual([named])
      expect(candidateKeys(other, NO_ID)).toHaveLength(3)
    },
  )

  test('are still looked up once after thousands of forged IDs', () => {
    const keys = keySet()
    for (let at = 0; at < 5000; at++) {
      expect(candidateKeys(keys, { alg: 'RS256', kid: `forged-${at}` })).toHaveLength(0)
    }

    for (const header of [{ alg: 'RS256', kid: 'a' }, { alg: 'RS256' }]) {
      const found = candidateKeys(keys, header)
      expect(found.length).toBeGreaterThan(0)
      expect(candidateKeys(keys, header)).toBe(found)
    }
  })

  test('are found in a very large set, although not all of them are cached', () => {
    const keys = Array.from({ length: 500 }, (_, at) => ({ ...rsa, kid: `key-${at}` }))

    for (let time = 0; time < 2; time++) {
      for (const key of keys) {
        expect(candidateKeys(keys, { alg: 'RS256', kid: key.kid })).toEqual([key])
      }
    }
    const headers = keys.map(({ kid }) => ({ alg: 'RS256', kid }))
    const kept = headers.filter(
      (header) => candidateKeys(keys, header) === candidateKeys(keys, header),
    )
    expect(kept.length).toBeGreaterThan(0)
    expect(kept.length).toBeLessThanOrEqual(100)
  })

  test('for a token without an ID do not match the ID "undefined", and the other way round', async ({
    statusOf,
    provider,
  }) => {
    const nameless = await provider.accessToken({ as: 'alex', header: { kid: undefined } })
    const named = await provider.accessToken({ as: 'alex', header: { kid: 'undefined' } })

    for (let time = 0; time < 3; time++) {
      expect(await statusOf(nameless)).toBe(200)
      expect(await statusOf(named)).toBe(401)
    }
  })
})

/** Each with the status if the keys were never fetched, and its `Retry-After`. */
const FAULTS: [string, Fault, number, string | null][] = [
  ['answers 503', { kind: 'status', status: 503 }, 503, '5'],
  ['answers 429', { kind: 'status', status: 429, retryAfter: '7' }, 503, '7'],
  ['closes the connection', { kind: 'drop' }, 503, '5'],
  ['answers with a web page', { kind: 'html' }, 502, null],
  ['answers with too much', { kind: 'huge', bytes: 2_000_000 }, 502, null],
]

describe.each(FAULTS)('while the provider %s', (_, fault, status, retryAfter) => {
  const faults = { metadata: fault, keys: fault }

  test('the last valid keys are still used after one day and after two', async ({
    statusOf,
    fresh,
    provider,
    clock,
    forged,
  }) => {
    expect(await statusOf(await fresh())).toBe(200)
    provider.behave({ faults })

    for (const seconds of [3600, DAY, 60, DAY]) {
      clock.advance(seconds)
      expect(await statusOf(await fresh())).toBe(200)
    }
    expect(await statusOf(await provider.accessToken({ as: 'alex', key: 'stranger' }))).toBe(401)
    expect(await statusOf(await forged('forged'))).toBe(401)
  })

  test('the last valid keys are not used after three days, and the API recovers', async ({
    statusOf,
    fresh,
    provider,
    clock,
  }) => {
    const token = await provider.accessToken({ as: 'alex', expiresIn: 5 * DAY })
    expect(await statusOf(token)).toBe(200)
    provider.behave({ faults })

    clock.advance(3 * DAY - 60)
    expect(await statusOf(token)).toBe(200)
    clock.advance(120)
    expect(await statusOf(token)).toBe(status)
    expect(await statusOf(await fresh())).toBe(status)

    provider.behave({ faults: {} })
    clock.advance(2)
    expect(await statusOf(token)).toBe(200)
  })

  test('it is requested at most every 30 seconds after the keys expired', async ({
    statusOf,
    fresh,
    provider,
    clock,
  }) => {
    await statusOf(await fresh())
    provider.behave({ faults })
    clock.advance(DAY + 1)
    const before = provider.requests.length

    for (let time = 0; time < 20; time++) {
      clock.advance(1)
      await statusOf(await fresh())
    }

    expect(provider.requests.length - before).toBeLessThanOrEqual(2)
  })

  test('rejects every request before it has a key, and recovers', async ({
    api,
    statusOf,
    provider,
    fresh,
    clock,
  }) => {
    provider.behave({ faults })
    const token = await fresh()

    const refused = await api.call('/', token)
    expect(refused.status).toBe(status)
    expect(refused.headers.get('retry-after')).toBe(retryAfter)
    expect(refused.headers.has('www-authenticate')).toBe(false)
    expect(refused.headers.get('cache-control')).toBe('no-store')
    // Tokens that are rejected without a key are still rejected.
    expect(await statusOf(await provider.accessToken({ as: 'alex', expiresIn: -99 }))).toBe(401)

    provider.behave({ faults: {} })
    clock.advance(2)
    expect(await statusOf(token)).toBe(200)
  })

  test('tokens are rejected as well if only the metadata was fetched', async ({
    statusOf,
    provider,
    fresh,
    clock,
  }) => {
    provider.behave({ faults: { keys: fault } })
    const token = await fresh()

    expect(await statusOf(token)).toBe(status)

    provider.behave({ faults: {} })
    clock.advance(2)
    expect(await statusOf(token)).toBe(200)
  })
})
