import { decodeJwt } from 'jose'
import { requestCount } from '../support/attack.ts'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import { Browser, sendToCallback, signIn, startSignIn } from '../support/site.ts'

const DAY = 24 * 3600
const KEY_ID = 'always-the-same'

const test = base
  /** A second key of the provider. Creating one is slow, so the tests share it. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('secondKey', { scope: 'file' }, async ({}) => {
    const { privateKey, publicKey } = await crypto.subtle.generateKey(
      {
        name: 'RSASSA-PKCS1-v1_5',
        hash: 'SHA-256',
        modulusLength: 2048,
        publicExponent: new Uint8Array([1, 0, 1]),
      },
      true,
      ['sign', 'verify'],
    )
    const { kty, n, e } = await crypto.subtle.exportKey('jwk', publicKey)
    return { privateKey, jwk: { kty, n, e, use: 'sig' } as JsonWebKey }
  })
  /** The provider uses one ID for its key and for the key that replaces it. */
  .extend('oneId', ({ provider, secondKey: { privateKey, jwk } }) => {
    const header = { kid: KEY_ID }
    provider.tamper = {
      jwks: ({ keys }) => ({ keys: keys.map((key) => ({ ...key, ...header })) }),
      accessToken: (claims, sign) => sign(claims, header),
      idToken: (claims, sign) => sign(claims, header),
    }
    return {
      token: (expiresIn = 3600) => provider.accessToken({ as: 'alex', expiresIn }),
      /** Returns a token with the right claims, which an attacker signed. */
      async forged() {
        const claims = decodeJwt(await provider.accessToken({ as: 'alex' }))
        return provider.sign(claims, { key: 'stranger', header })
      },
      replace() {
        provider.tamper = {
          jwks: () => ({ keys: [{ ...jwk, ...header }] }),
          accessToken: (claims, sign) => sign(claims, header, privateKey),
          idToken: (claims, sign) => sign(claims, header, privateKey),
        }
      },
    }
  })
  /** Replaces the key of the provider by another one with another ID. */
  .extend('removeKey', ({ provider, secondKey: { privateKey, jwk } }) => () => {
    const header = { kid: 'another' }
    provider.tamper = {
      jwks: () => ({ keys: [{ ...jwk, ...header }] }),
      accessToken: (claims, sign) => sign(claims, header, privateKey),
    }
  })
  /** Stops the next check of a signature until it is released. */
  .extend('heldVerification', () => () => {
    const verify = crypto.subtle.verify.bind(crypto.subtle)
    let release = (): void => undefined
    const released = new Promise<void>((resolve) => {
      release = resolve
    })
    const started = new Promise<void>((resolve) => {
      vi.spyOn(crypto.subtle, 'verify').mockImplementationOnce(async (...given) => {
        resolve()
        await released
        return verify(...given)
      })
    })
    return { started, release }
  })
  .extend(
    'statusOf',
    ({ api }) =>
      async (token: string) =>
        (await api.call('/', token)).status,
  )

describe('a key that replaces another one under the same ID', () => {
  test('is found with its first token, and the old key is not accepted anymore', async ({
    provider,
    clock,
    oneId,
    statusOf,
  }) => {
    const old = await oneId.token()
    expect(await statusOf(old)).toBe(200)
    clock.advance(31)
    oneId.replace()

    expect(await statusOf(await oneId.token())).toBe(200)
    expect(await statusOf(old)).toBe(401)
    expect(requestCount(provider, 'keys')).toBe(2)
  })

  test('is found within 30 seconds after the keys were fetched', async ({
    clock,
    oneId,
    statusOf,
  }) => {
    await statusOf(await oneId.token())
    oneId.replace()
    const token = await oneId.token()

    expect(await statusOf(token)).toBe(401)
    clock.advance(30)
    expect(await statusOf(token)).toBe(200)
  })

  test('is found within a minute while an attacker sends forged tokens', async ({
    clock,
    oneId,
    statusOf,
  }) => {
    await statusOf(await oneId.token())
    clock.advance(31)
    expect(await statusOf(await oneId.forged())).toBe(401)
    oneId.replace()
    expect(await statusOf(await oneId.token())).toBe(401)

    clock.advance(60)
    await statusOf(await oneId.forged())

    expect(await statusOf(await oneId.token())).toBe(200)
  })

  // Node.js verifies synchronously, so that another request cannot fetch the keys in the meantime.
  if (process.env['SIGNATURES'] === 'web') {
    test('is found by a request that checked the old key while another one fetched the keys', async ({
      provider,
      clock,
      oneId,
      statusOf,
      heldVerification,
    }) => {
      await statusOf(await oneId.token())
      clock.advance(31)
      oneId.replace()
      const token = await oneId.token(3601)
      const held = heldVerification()
      const late = statusOf(token)
      await held.started

      expect(await statusOf(await oneId.token(3602))).toBe(200)
      held.release()
      expect(await late).toBe(200)
      expect(requestCount(provider, 'keys')).toBe(2)
    })
  }

  test('lets users sign in', async ({ site, provider, clock, oneId }) => {
    await signIn(site, provider)
    clock.advance(31)
    oneId.replace()
    const browser = new Browser()

    const response = await sendToCallback(browser, await startSignIn(site, provider, browser))

    expect(response.location).toBe('/')
  })
})

describe('forged tokens with the ID of a key', () => {
  test('cause one request for the keys in a minute', async ({
    provider,
    clock,
    oneId,
    statusOf,
  }) => {
    await statusOf(await oneId.token())
    clock.advance(30)
    for (let time = 0; time < 12; time++) {
      expect(await statusOf(await oneId.forged())).toBe(401)
      clock.advance(10)
    }

    expect(requestCount(provider, 'keys')).toBe(1 + 2)
    expect(requestCount(provider, 'metadata')).toBe(1)
    expect(await statusOf(await oneId.token())).toBe(200)
  })
})

describe('a key that the provider removes', () => {
  test('is not accepted anymore two hours after a token named a new key', async ({
    provider,
    clock,
    removeKey,
    statusOf,
  }) => {
    const old = await provider.accessToken({ as: 'alex', expiresIn: DAY })
    expect([await statusOf(old), await statusOf(old), await statusOf(old)]).toEqual([200, 200, 200])
    removeKey()
    clock.advance(31)

    expect(await statusOf(await provider.accessToken({ as: 'alex' }))).toBe(200)
    clock.advance(2 * 3600 - 60)
    expect(await statusOf(old)).toBe(200)
    clock.advance(660)
    expect(await statusOf(old)).toBe(401)
  })

  test('is accepted for twelve hours if the provider has published a missing key again', async ({
    provider,
    clock,
    removeKey,
    statusOf,
  }) => {
    const old = await provider.accessToken({ as: 'alex', expiresIn: DAY })
    for (const kid of ['published', 'missing', 'published again', 'missing again']) {
      provider.tamper = {}
      const forged = await provider.accessToken({ as: 'alex', key: 'stranger', header: { kid } })
      if (kid.startsWith('missing')) removeKey()
      clock.advance(61)
      expect([kid, await statusOf(forged)]).toEqual([kid, 401])
    }

    clock.advance(12 * 3600 - 60)
    expect(await statusOf(old)).toBe(200)
    clock.advance(660)
    expect(await statusOf(old)).toBe(401)
  })

  test('leaves an API without keys that rejects every token and recovers', async ({
    provider,
    clock,
    statusOf,
  }) => {
    const token = await provider.accessToken({ as: 'alex', expiresIn: 3 * DAY })
    expect(await statusOf(token)).toBe(200)
    provider.tamper = { jwks: () => ({ keys: [] }) }
    clock.advance(DAY + 60)
    expect(await statusOf(token)).toBe(401)

    provider.tamper = {}
    clock.advance(301)

    expect(await statusOf(token)).toBe(200)
  })
})

describe('a session whose new ID token has a new key', () => {
  const sessionTest = test.extend('behaviour', { consent: 'skip', idTokenSeconds: 120 })

  sessionTest(
    'continues when the provider replaces its keys twice within seconds',
    async ({ site, provider, clock, browser }) => {
      await signIn(site, provider, {}, browser)
      clock.advance(120)
      await provider.rollKeys({ keepOld: false })
      await signIn(site, provider, { as: 'robin' })
      await provider.rollKeys({ keepOld: false })

      expect((await browser.navigate(`${site.origin}/`)).status).toBe(200)
    },
  )

  sessionTest(
    'continues while the keys cannot be fetched, and is refreshed afterwards',
    async ({ site, provider, clock, browser }) => {
      await signIn(site, provider, {}, browser)
      await provider.rollKeys()
      provider.behave({ faults: { keys: { kind: 'status', status: 503 } } })
      clock.advance(120)
      const during = await browser.navigate(`${site.origin}/`)

      provider.behave({ faults: {} })
      clock.advance(2)
      const after = await browser.navigate(`${site.origin}/`)

      expect([during.status, after.status]).toEqual([200, 200])
    },
  )
})
