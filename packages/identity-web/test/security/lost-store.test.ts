import type { SessionOptions } from '../../src/options/session-options.ts'
import type { SessionStore } from 'identity-web/express'
import { memoryStore } from 'identity-web'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { Browser, SESSION_SECRET, type Site } from '../support/site.ts'
import { ExpiringStore } from '../support/expiring-store.ts'
import { copyOf, isSignedIn } from '../support/steps.ts'

// FLUSHALL, or a restart of Redis without a file.

const HOUR = 3600

const test = base
  .extend('behaviour', { consent: 'skip', idTokenSeconds: 9_000_000 })
  .extend('store', ({ clock }) => new ExpiringStore(clock))
  /** Starts servers of one application with sessions in cookies and a deny-list. */
  .extend('start', ({ openSite }) => {
    let redirectUri: string | undefined
    return (denyList: SessionStore | undefined, options: SessionOptions = {}): Promise<Site> =>
      openSite((origin) => ({
        redirectUri: (redirectUri ??= `${origin}/redirect`),
        session: { secret: SESSION_SECRET, ...(denyList && { denyList }), ...options },
      }))
  })

const lossesIn = ({ logs }: Site): string[] => logs.filter((line) => line.includes('lost its data'))

describe('a deny-list that lost its data', () => {
  test('does not restore a session that was signed out', async ({ start, store }) => {
    const site = await start(store)
    const browser = await site.signIn()
    const copy = copyOf(browser)
    await browser.navigate(`${site.origin}/logout`)
    const before = await isSignedIn(site, copy)

    store.entries.clear()
    const lost = await isSignedIn(site, copy)
    await site.signIn({ as: 'robin' })
    const later = await isSignedIn(site, copy)

    expect([before, lost, later]).toEqual([false, false, false])
  })

  test('rejects every session that started before, and accepts later ones', async ({
    start,
    store,
  }) => {
    const site = await start(store)
    const other = await start(store)
    const browser = await site.signIn()
    const stranger = await site.signIn({ as: 'robin' })

    store.entries.clear()

    expect((await browser.script(`${site.origin}/`)).status).toBe(401)
    await site.signIn({}, browser)
    expect([await isSignedIn(site, browser), await isSignedIn(other, browser)]).toEqual([
      true,
      true,
    ])
    expect(await isSignedIn(site, stranger)).toBe(false)
  })

  test('is reported once, with the remedy, by every server that notices it', async ({
    start,
    store,
  }) => {
    const site = await start(store)
    const browser = await site.signIn()
    store.entries.clear()
    // A server that starts after the loss knows it from the session.
    const restarted = await start(store)

    for (const at of [site, site, restarted, restarted]) await isSignedIn(at, browser)
    await site.signIn({ as: 'robin' })
    await isSignedIn(site, browser)

    expect(lossesIn(site)).toHaveLength(1)
    expect(lossesIn(restarted)).toHaveLength(1)
    expect(lossesIn(site)[0]).toContain('"type":"store.data_lost"')
    expect(lossesIn(site)[0]).toContain('"level":"error"')
    expect(lossesIn(site)[0]).toContain('appendonly yes')
  })

  test('is noticed a second time', async ({ start, store }) => {
    const site = await start(store)
    store.entries.clear()
    const first = await site.signIn()
    store.entries.clear()
    const second = await site.signIn({ as: 'robin' })

    expect([await isSignedIn(site, first), await isSignedIn(site, second)]).toEqual([false, true])
    expect(lossesIn(site)).toHaveLength(1)
  })
})

describe('a deny-list with all its data', () => {
  test('starts empty, without a report', async ({ start, store }) => {
    const site = await start(store)

    expect(await isSignedIn(site, await site.signIn())).toBe(true)
    expect(lossesIn(site)).toEqual([])
  })

  test('is new for sessions from the time without one, so they are rejected', async ({
    start,
    store,
  }) => {
    const without = await start(undefined)
    const browser = await without.signIn()
    const site = await start(store)

    expect(await isSignedIn(site, browser)).toBe(false)
    expect(lossesIn(site)).toEqual([])
    expect(await isSignedIn(without, browser)).toBe(true)
  })

  test('serves several servers, whose first users sign in at the same moment', async ({
    start,
  }) => {
    const shared = memoryStore()
    const sites = await Promise.all([start(shared), start(shared), start(shared)])

    const browsers = await Promise.all(sites.map((site) => site.signIn()))

    const [first] = sites
    for (const browser of browsers) expect(await isSignedIn(first, browser)).toBe(true)
    expect(sites.flatMap(lossesIn)).toEqual([])
  })

  test('is read once per request', async ({ start }) => {
    const values = memoryStore()
    let reads = 0
    const getMany: SessionStore['getMany'] = (keys) => {
      reads += 1
      return values.getMany(keys)
    }
    const site = await start({ ...values, getMany })
    const browser = await site.signIn()
    await isSignedIn(site, browser)
    reads = 0

    await isSignedIn(site, browser)

    expect(reads).toBe(1)
  })

  test('keeps sessions that start long after its first one', async ({ start, store, clock }) => {
    const options = { idleTimeoutSeconds: 10 * HOUR, absoluteTimeoutSeconds: 10 * HOUR }
    const site = await start(store, options)
    const browsers: Browser[] = []
    for (let hours = 0; hours < 60; hours += 5) {
      browsers.push(await site.signIn())
      clock.advance(5 * HOUR - 1)
      expect(await isSignedIn(site, browsers.at(-1) as Browser)).toBe(true)
      if (browsers.length > 1) expect(await isSignedIn(site, browsers.at(-2) as Browser)).toBe(true)
    }

    // After a pause without any session, the ID of the data has expired. That is not a loss.
    clock.advance(100 * HOUR)
    const restarted = await start(store, options)

    expect(await isSignedIn(restarted, await restarted.signIn())).toBe(true)
    expect([...lossesIn(site), ...lossesIn(restarted)]).toEqual([])
  })
})

describe('a session store that lost its data', () => {
  test('is reported once, and its users sign in again', async ({ start, store }) => {
    const site = await start(undefined, { store })
    const browser = await site.signIn()
    const before = await isSignedIn(site, new Browser())
    await new Browser().navigate(`${site.origin}/`, {
      headers: { cookie: `identity=1.${'A'.repeat(43)}` },
    })
    expect(lossesIn(site)).toEqual([])

    store.entries.clear()
    const after = [await isSignedIn(site, browser), await isSignedIn(site, browser)]
    await site.signIn({}, browser)

    expect([before, ...after]).toEqual([false, false, false])
    expect(await isSignedIn(site, browser)).toBe(true)
    expect(lossesIn(site)).toHaveLength(1)
    expect(lossesIn(site)[0]).toContain('"option":"session.store"')
  })

  test('is reported by a server at which users did not sign in', async ({
    start,
    store,
    clock,
  }) => {
    const site = await start(undefined, { store })
    const other = await start(undefined, { store })
    const browser = await site.signIn()
    const before = await isSignedIn(other, browser)

    store.entries.clear()
    // The store has the data of the next sign-in.
    await site.signIn({ as: 'robin' })
    clock.advance(5)

    expect([before, await isSignedIn(other, browser)]).toEqual([true, false])
    expect(lossesIn(other)).toHaveLength(1)
  })

  test('does not double the reads of requests with unknown sessions', async ({ start, store }) => {
    const site = await start(undefined, { store })
    await site.signIn()
    const before = store.count('get data')

    for (let request = 0; request < 10; request++) {
      await new Browser().script(`${site.origin}/`, {
        headers: { cookie: `identity=1.${'A'.repeat(42)}${request}` },
      })
    }

    expect(store.count('get s')).toBeGreaterThanOrEqual(10)
    expect(store.count('get data')).toBeLessThanOrEqual(before + 1)
  })

  test('is not reported in the morning, after the ID of the data expired', async ({
    start,
    store,
    clock,
  }) => {
    const site = await start(undefined, { store, absoluteTimeoutSeconds: 8 * HOUR })
    await site.signIn()
    clock.advance(8 * HOUR)
    await site.signIn({ as: 'robin' })
    clock.advance(16 * HOUR)

    expect(await isSignedIn(site, await site.signIn())).toBe(true)
    expect(lossesIn(site)).toEqual([])
  })
})

describe('a session store that lost its data during a request', () => {
  /** Loses everything immediately before it stores a session. */
  class FlushedStore extends ExpiringStore {
    isFlushed = false
    override set(key: string, value: string, ttlMs: number): void {
      if (this.isFlushed && key.startsWith('identity:s:')) this.entries.clear()
      super.set(key, value, ttlMs)
    }
  }

  test.for(['a sign-in', 'a refresh'] as const)(
    'still ends the session that %s stored, when the provider asks for it',
    async (during, { start, clock }) => {
      const store = new FlushedStore(clock)
      const site = await start(undefined, { store })
      store.isFlushed = during === 'a sign-in'
      const browser = await site.signIn()
      store.isFlushed = true
      if (during === 'a refresh') {
        clock.advance(4 * HOUR)
        await browser.navigate(`${site.origin}/`)
      }
      store.isFlushed = false
      const page = await browser.navigate(`${site.origin}/`)
      const { claims } = page.json() as { claims: { sid: string } }

      await new Browser().send(`${site.origin}/front-channel-logout?sid=${claims.sid}`, {})

      expect(page.status).toBe(200)
      expect(await isSignedIn(site, browser)).toBe(false)
    },
  )
})
