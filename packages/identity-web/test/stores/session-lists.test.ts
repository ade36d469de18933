import type { SessionStore } from 'identity-web'
import { memoryStore } from 'identity-web'
import type { AuthOptions, Claims, IdentityEvent } from 'identity-web/express'
import { redisStore } from 'identity-web/redis'
import { sessionFor } from 'identity-web-dev/testing'
import { createClient } from 'redis'
import { afterAll, beforeAll } from 'vitest'
import { Browser } from '../support/browser.ts'
import { CountingStore } from '../support/counting-store.ts'
import {
  declareDevices,
  devicesOf,
  endDevice,
  isSignedIn,
  signInWith,
  type Device,
} from '../support/listed-sessions.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { startRedisServer, type RedisServer } from '../support/redis-server.ts'
import { SESSION_SECRET, type Site } from '../support/site.ts'

let redis: RedisServer
let client: ReturnType<typeof createClient>
beforeAll(async () => {
  redis = await startRedisServer()
  client = createClient({ url: redis.url })
  client.setMaxListeners(0)
  await client.connect()
})
afterAll(async () => {
  client.destroy()
  await redis.close()
})

let prefixes = 0
const STORES: [string, () => SessionStore][] = [
  ['Redis', () => redisStore(client, { prefix: `${prefixes++}:` })],
  ['memoryStore()', memoryStore],
  ['a store without a lock', () => new CountingStore()],
]
const WITH_LOCK = STORES.slice(0, 2)

const test = base
  .extend('behaviour', { consent: 'skip' })
  .extend(
    'start',
    ({ openSite }) =>
      async <User = Claims>(
        store: SessionStore,
        options: AuthOptions<User> = {},
      ): Promise<Site<User>> => {
        const session = { secret: SESSION_SECRET, store, ...options.session }
        const site = await openSite<User>({ ...options, session })
        declareDevices(site)
        return site
      },
  )
  .extend(
    'signIn',
    ({ provider }) =>
      <User>(site: Site<User>, device?: Device) =>
        signInWith(site, provider, device),
  )

describe.each(STORES)('with %s, listSessions', (_, newStore) => {
  test('returns the sessions of the user, the newest one first, and marks the current one', async ({
    start,
    signIn,
    clock,
  }) => {
    const site = await start(newStore())
    const begin = clock.now()
    const laptop = await signIn(site, { userAgent: 'Laptop/1.0' })
    clock.advance(60)
    const phone = await signIn(site, { userAgent: `Phone/${'9'.repeat(300)}` })
    await signIn(site, { as: 'robin', userAgent: 'Robin/1.0' })

    const sessions = await devicesOf(site, laptop)

    const handle = expect.stringMatching(/^[\w-]{43}$/) as string
    const times = { startedAt: expect.any(Date) as Date, lastUsedAt: expect.any(Date) as Date }
    expect(sessions).toEqual([
      { handle, ...times, current: false, userAgent: `Phone/${'9'.repeat(194)}` },
      { handle, ...times, current: true, userAgent: 'Laptop/1.0' },
    ])
    const [ofPhone, ofLaptop] = sessions.map(({ startedAt }) => Number(startedAt))
    expect(Math.abs(Number(ofLaptop) - begin)).toBeLessThan(30_000)
    expect(Number(ofPhone) - Number(ofLaptop)).toBeGreaterThanOrEqual(60_000)
    expect((await devicesOf(site, phone)).map(({ current }) => current)).toEqual([true, false])
  })

  test('keeps the handle while the session is used', async ({ start, signIn, clock }) => {
    const site = await start(newStore())
    const browser = await signIn(site)
    const [before] = await devicesOf(site, browser)

    clock.advance(12 * 3600)
    expect(await isSignedIn(site, browser)).toBe(true)

    const [after] = await devicesOf(site, browser)
    expect(after?.handle).toBe(before?.handle)
    expect(after?.startedAt).toEqual(before?.startedAt)
    expect(Number(after?.lastUsedAt) - Number(before?.lastUsedAt)).toBeGreaterThanOrEqual(
      12 * 3_600_000,
    )
  })

  test('does not return sessions that ended by sign-out, by time, or by another sign-in', async ({
    start,
    signIn,
    clock,
  }) => {
    const site = await start(newStore(), { session: { idleTimeoutSeconds: 1000 } })
    const idle = await signIn(site, { userAgent: 'Idle' })
    clock.advance(600)
    const browser = await signIn(site, { userAgent: 'Replaced' })
    const other = await signIn(site, { userAgent: 'Signed out' })
    await signIn(site, { browser, userAgent: 'Current' })
    expect(await devicesOf(site, browser)).toHaveLength(3)

    await other.navigate(`${site.origin}/logout`)
    clock.advance(600)

    expect((await devicesOf(site, browser)).map(({ userAgent }) => userAgent)).toEqual(['Current'])
    expect(await isSignedIn(site, idle)).toBe(false)
  })

  test('does not return sessions that revokeSessions ended, before their next request', async ({
    start,
    signIn,
  }) => {
    const site = await start(newStore())
    const browser = await signIn(site)
    const { claims } = (await browser.navigate(`${site.origin}/`)).json() as { claims: Claims }
    await signIn(site)

    await site.auth.revokeSessions({ sub: claims.sub })

    expect(await site.auth.listSessions({ sub: claims.sub })).toEqual([])
    await signIn(site)
    expect(await site.auth.listSessions({ sub: claims.sub })).toHaveLength(1)
  })

  test.for([
    ['sub', ({ claims: { sub } }: Signed) => ({ sub })],
    ['oid', ({ claims: { oid } }: Signed) => ({ oid: oid ?? '' })],
    ['the user of the handler', ({ user }: Signed) => ({ user })],
    ['the id of the user', () => ({ user: 42 })],
    ['that id as a string', () => ({ user: '42' })],
  ] as const)('finds a user by %s', async ([, of], { start, signIn }) => {
    const site = await start(newStore(), {
      onLogin: ({ name }) => ({ id: name === 'Alex Rivera' ? 42 : 7 }),
    })
    const browser = await signIn(site)
    const robin = await signIn(site, { as: 'robin' })
    const selector = of((await browser.navigate(`${site.origin}/`)).json() as Signed)

    const sessions = await site.auth.listSessions(selector)
    expect(sessions).toMatchObject([{ current: false }])
    await site.auth.revokeSessions({ ...selector, handle: sessions[0]?.handle ?? '' })

    expect(await site.auth.listSessions(selector)).toEqual([])
    expect([await isSignedIn(site, browser), await isSignedIn(site, robin)]).toEqual([false, true])
  })
})

interface Signed {
  readonly claims: Claims
  readonly user: { readonly id: number }
}

describe.each(STORES)('with %s, revokeSessions({ user, handle })', (_, newStore) => {
  test('ends only this session, also for copies of its cookie', async ({ start, signIn }) => {
    const events: IdentityEvent[] = []
    const site = await start(newStore(), { onEvent: (event) => void events.push(event) })
    const [laptop, phone] = [await signIn(site), await signIn(site)]
    const copy = new Browser()
    for (const [name, cookie] of laptop.cookies) copy.cookies.set(name, cookie)
    const handle = (await devicesOf(site, laptop)).find(({ current }) => current)?.handle ?? ''

    expect(await endDevice(site, phone, handle)).toBe(200)

    expect(await isSignedIn(site, laptop)).toBe(false)
    expect(await isSignedIn(site, copy)).toBe(false)
    expect(await devicesOf(site, phone)).toMatchObject([{ current: true }])
    // A second click is not an error.
    expect(await endDevice(site, phone, handle)).toBe(200)
    const revoked = events.filter(({ type }) => type === 'session.revoked')
    expect(revoked).toMatchObject([{ by: 'handle', level: 'info' }])
  })
})

describe.each(STORES)('with %s, a list', (_, newStore) => {
  test('has a hundred sessions, and the oldest one leaves it but stays valid', async ({
    start,
    signIn,
  }) => {
    const site = await start(newStore())
    const first = await signIn(site, { userAgent: 'First' })
    for (let count = 0; count < 98; count++) await sessionFor(site, { as: 'alex' })
    const second = await signIn(site, { userAgent: 'Hundredth' })
    expect((await devicesOf(site, first)).at(-1)).toMatchObject({ userAgent: 'First' })

    await signIn(site, { userAgent: 'Newest' })

    const sessions = await devicesOf(site, second)
    expect(sessions).toHaveLength(100)
    expect(sessions.filter(({ userAgent }) => userAgent !== undefined)).toMatchObject([
      { userAgent: 'Newest' },
      { userAgent: 'Hundredth', current: true },
    ])
    expect(await isSignedIn(site, first)).toBe(true)
  })

  test('loses sessions that have ended before it loses valid ones', async ({ start, signIn }) => {
    const site = await start(newStore())
    const first = await signIn(site, { userAgent: 'First' })
    const browser = new Browser()
    for (let count = 0; count < 105; count++) await signIn(site, { browser, userAgent: 'Repeated' })

    const agents = (await devicesOf(site, first)).map(({ userAgent }) => userAgent)

    expect(agents).toEqual(['Repeated', 'First'])
  })
})

test.for(WITH_LOCK)(
  'with %s, sign-ins at the same moment are all listed',
  async ([, newStore], { start, signIn }) => {
    const site = await start(newStore())

    const browsers = await Promise.all(Array.from({ length: 8 }, () => signIn(site)))

    expect(await devicesOf(site, browsers[0] as Browser)).toHaveLength(8)
    expect(site.logs.filter((line) => line.includes('session.unlisted'))).toEqual([])
  },
)
