import { describe, expect, test as base } from '../support/fixtures.ts'
import type { AuthOptions } from 'identity-web/express'
import KeyvRedis from '@keyv/redis'
import { Keyv } from 'keyv'
import { Keyv as Keyv6 } from 'keyv6'
import { vi } from 'vitest'
import { Browser } from '../support/browser.ts'
import { CountingStore } from '../support/counting-store.ts'
import { startRedisServer } from '../support/redis-server.ts'
import { SESSION_SECRET, startSignIn, sendToCallback, signIn, type Site } from '../support/site.ts'

/** A store that can be made to fail. */
class FailingStore extends CountingStore {
  fault: 'none' | 'rejects' | 'throws' | 'hangs' = 'none'

  override get(key: string): unknown {
    return this.#play(() => super.get(key))
  }

  override set(key: string, value: string, ttlMs: number): unknown {
    return this.#play(() => super.set(key, value, ttlMs))
  }

  override delete(key: string): unknown {
    return this.#play(() => super.delete(key))
  }

  #play(act: () => unknown): unknown {
    if (this.fault === 'none') return Promise.resolve(act())
    this.calls.push('fault')
    if (this.fault === 'throws') throw new Error('MARKED-store-is-broken')
    if (this.fault === 'rejects') return Promise.reject(new Error('MARKED-store-is-broken'))
    return new Promise(() => undefined)
  }
}
const test = base
  .extend('store', () => new FailingStore())
  .extend('start', ({ openSite, store }) => (options: AuthOptions = {}): Promise<Site> => {
    return openSite({
      ...options,
      session: { secret: SESSION_SECRET, storeTimeoutSeconds: 0.05, store, ...options.session },
    })
  })

/** Milliseconds for which the circuit breaker of a failing store is open. */
const PAUSE = 1000
const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, PAUSE + 50))

describe.each(['rejects', 'throws', 'hangs'] as const)('a store that %s', (fault) => {
  test('returns 503 with Retry-After to its users, and does not sign them out', async ({
    start,
    provider,
    store,
  }) => {
    const { origin } = await start()
    const browser = await signIn({ origin }, provider)
    const cookie = browser.cookies.get('identity')?.value

    store.fault = fault
    const page = await browser.navigate(`${origin}/`)
    const script = await browser.script(`${origin}/`)
    store.fault = 'none'

    expect(page.status).toBe(503)
    expect(page.headers['retry-after']).toMatch(/^\d+$/)
    expect(page.text).toContain('not available right now')
    expect(page.text).toContain(`href="${origin}/"`)
    expect(script.status).toBe(503)
    expect(script.json()).toEqual({ error: 'store_unavailable' })
    expect(page.setCookies.filter((line) => line.startsWith('identity'))).toEqual([])
    expect(browser.cookies.get('identity')?.value).toBe(cookie)
    expect((await browser.navigate(`${origin}/`)).status).toBe(200)
  })

  test('does not sign out incompletely', async ({ start, provider, store }) => {
    const { origin } = await start()
    const browser = await signIn({ origin }, provider)

    store.fault = fault
    const response = await browser.navigate(`${origin}/logout`)
    store.fault = 'none'

    expect(response.status).toBe(503)
    expect(browser.cookies.has('identity')).toBe(true)
    expect((await browser.navigate(`${origin}/logout`)).status).toBe(302)
    expect((await browser.navigate(`${origin}/`)).status).toBe(302)
  })

  test('does not start a session, but the next attempt can', async ({ start, provider, store }) => {
    const { origin } = await start()
    const browser = new Browser()
    const back = await startSignIn({ origin }, provider, browser)

    store.fault = fault
    const response = await sendToCallback(browser, back)
    store.fault = 'none'

    expect(response.status).toBe(503)
    expect(response.headers['retry-after']).toMatch(/^\d+$/)
    expect(browser.cookies.has('identity')).toBe(false)
    await signIn({ origin }, provider, {}, browser)
    expect((await browser.navigate(`${origin}/`)).status).toBe(200)
  })

  test('throws instead of revoking a session', async ({ start, store }) => {
    const { auth } = await start()

    store.fault = fault

    await expect(auth.revokeSessions({ sub: 'a' })).rejects.toMatchObject({
      code: 'store_unavailable',
      status: 503,
    })
  })

  test('redirects visitors without a session to the provider', async ({ start, store }) => {
    const { origin } = await start()

    store.fault = fault

    expect((await new Browser().navigate(`${origin}/`)).status).toBe(302)
  })

  test('does not get every request, and is used again when it recovers', async ({
    start,
    provider,
    store,
  }) => {
    const logs: string[] = []
    const log = (message: string): void => void logs.push(message)
    // Its repetitions are counted.
    const logger = { info: log, warn: log, error: log }
    const { origin } = await start({ logger, onEvent: undefined })
    const browser = await signIn({ origin }, provider)

    store.fault = fault
    for (let index = 0; index < 20; index++) await browser.navigate(`${origin}/`)
    const asked = store.count('fault')
    store.fault = 'none'
    expect((await browser.navigate(`${origin}/`)).status).toBe(503)
    await pause()

    expect(asked).toBeLessThanOrEqual(4)
    expect((await browser.navigate(`${origin}/`)).status).toBe(200)
    expect(logs.filter((line) => line.startsWith('The session store is down'))).toHaveLength(1)
    expect(logs.filter((line) => line.startsWith('The session store responds again'))).toHaveLength(
      1,
    )
  })

  test('also rejects requests when it is the deny-list of sessions in cookies', async ({
    start,
    store,
    provider,
  }) => {
    const { origin } = await start({ session: { store: undefined, denyList: store } })
    const browser = await signIn({ origin }, provider)

    store.fault = fault

    expect((await browser.navigate(`${origin}/`)).status).toBe(503)
  })
})

describe('a Keyv whose backend fails', () => {
  const listen = <K extends Keyv | Keyv6>(keyv: K): K => {
    keyv.on('error', () => undefined)
    return keyv
  }

  test.for<[string, (store: FailingStore) => Keyv | Keyv6]>([
    // The getMany of version 5 returns undefined then, also with throwOnErrors.
    ['version 5', (store) => new Keyv({ store, throwOnErrors: true })],
    // Version 6 throws an error only if nobody listens to its events.
    ['version 6', (store) => new Keyv6({ store })],
    ['version 6 with a listener', (store) => listen(new Keyv6({ store }))],
  ])('does not sign out a user, with %s', async ([, create], { start, provider, store }) => {
    const adapter = Object.assign(store, { opts: {}, on: () => adapter, clear: () => undefined })
    const { origin } = await start({ session: { store: create(adapter) } })
    const browser = await signIn({ origin }, provider)
    expect((await browser.navigate(`${origin}/`)).status).toBe(200)

    store.fault = 'rejects'
    expect((await browser.navigate(`${origin}/`)).status).toBe(503)
    expect((await browser.navigate(`${origin}/logout`)).status).toBe(503)
    store.fault = 'none'

    expect((await browser.navigate(`${origin}/`)).status).toBe(200)
  })

  // @keyv/redis hides errors too: it emits them, and its get returns undefined and its set returns as if it had stored.
  test.for<[string, (store: KeyvRedis<string>) => Keyv | Keyv6]>([
    ['version 5', (store) => new Keyv({ store, throwOnErrors: true, useKeyPrefix: false })],
    ['version 6', (store) => new Keyv6({ store })],
  ])(
    'logs a lost connection to Redis, which does not end the process, with %s',
    async ([, create], { start, provider, onTestFinished }) => {
      const redis = await startRedisServer({ appendonly: true })
      const adapter = new KeyvRedis<string>(redis.url)
      onTestFinished(async () => {
        await adapter.disconnect(true).catch(() => undefined)
        await redis.close()
      })
      const { origin, logs } = await start({
        session: { storeTimeoutSeconds: 1, store: create(adapter) },
      })
      const browser = await signIn({ origin }, provider)
      expect((await browser.navigate(`${origin}/`)).status).toBe(200)

      await redis.stop()
      await vi.waitFor(() => expect(logs.join()).toContain('The session store cannot be reached'))
      expect((await browser.navigate(`${origin}/`)).status).toBe(503)
      await redis.start()

      await vi.waitFor(
        async () => expect((await browser.navigate(`${origin}/`)).status).toBe(200),
        { timeout: 10_000, interval: 250 },
      )
    },
  )
})

describe('a provider that is down', () => {
  test('does not affect sessions with valid tokens, and shows a page when a refresh is needed', async ({
    start,
    provider,
    clock,
  }) => {
    const { origin } = await start()
    const browser = await signIn({ origin }, provider, { path: '/token' })

    provider.behave({ faults: { token: { kind: 'status', status: 503 } } })
    expect((await browser.navigate(`${origin}/`)).status).toBe(200)
    expect((await browser.navigate(`${origin}/token`)).status).toBe(200)
    clock.advance(3700)

    const page = await browser.navigate(`${origin}/`)
    const token = await browser.navigate(`${origin}/token`)
    expect(page.status).toBe(200)
    expect(token.status).toBe(503)
    expect(token.headers['retry-after']).toBeDefined()
    expect(token.text).toContain('Sign-in is not available right now')
    provider.behave({ faults: {} })
    expect((await browser.navigate(`${origin}/token`)).status).toBe(200)
  })
})
