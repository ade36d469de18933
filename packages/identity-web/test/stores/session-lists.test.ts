import type { Claims, IdentityEvent } from 'identity-web/express'
import { sessionFor } from 'identity-web-dev/testing'
import { Browser } from '../support/browser.ts'
import {
  claimsOf,
  devicesOf,
  endDevice,
  handlesOf,
  isSignedIn,
  STORES,
  test,
  unlistedIn,
} from '../support/listed-sessions.ts'
import { describe, expect } from '../support/server-fixtures.ts'

describe.each(STORES)('with %s, listSessions', (kind) => {
  test('returns the sessions of the user, the newest one first, and marks the current one', async ({
    startWith,
    signIn,
    clock,
  }) => {
    const site = await startWith(kind)
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

  test('keeps the handle while the session is used', async ({ startWith, signIn, clock }) => {
    const site = await startWith(kind)
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
    startWith,
    signIn,
    clock,
  }) => {
    const site = await startWith(kind, { session: { idleTimeoutSeconds: 1000 } })
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

  test.for(['sub', 'oid', 'tid', 'sid'] as const)(
    'does not return sessions that revokeSessions ended by %s, before their next request',
    async (claim, { startWith, signIn }) => {
      const site = await startWith(kind)
      const browser = await signIn(site)
      const { sub, [claim]: value = '' } = await claimsOf(site, browser)
      const { headers } = await sessionFor(site, { as: 'alex', claims: { [claim]: value } })
      expect(await site.auth.listSessions({ sub })).toHaveLength(2)

      await site.auth.revokeSessions({ [claim]: value } as { sub: string })

      expect(await site.auth.listSessions({ sub })).toEqual([])
      expect((await new Browser().navigate(`${site.origin}/`, { headers })).status).toBe(302)
      await signIn(site)
      expect(await site.auth.listSessions({ sub })).toHaveLength(1)
    },
  )

  test.for([
    ['sub', ({ claims: { sub } }: Signed) => ({ sub })],
    ['oid', ({ claims: { oid } }: Signed) => ({ oid: oid ?? '' })],
    ['the user of the handler', ({ user }: Signed) => ({ user })],
    ['the id of the user', () => ({ user: 42 })],
    ['that id as a string', () => ({ user: '42' })],
  ] as const)('finds a user by %s', async ([, of], { startWith, signIn }) => {
    const site = await startWith(kind, {
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

describe.each(STORES)('with %s, revokeSessions({ user, handle })', (kind) => {
  test('ends only this session, also for copies of its cookie', async ({ startWith, signIn }) => {
    const events: IdentityEvent[] = []
    const site = await startWith(kind, { onEvent: (event) => void events.push(event) })
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

describe.each(STORES)('with %s, a list', (kind) => {
  test('has a hundred sessions, and the oldest one leaves it but stays valid', async ({
    startWith,
    signIn,
  }) => {
    const site = await startWith(kind)
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

  test('loses sessions that have ended before it loses valid ones', async ({
    startWith,
    signIn,
  }) => {
    const site = await startWith(kind)
    const first = await signIn(site, { userAgent: 'First' })
    const browser = new Browser()
    for (let count = 0; count < 105; count++) await signIn(site, { browser, userAgent: 'Repeated' })

    const agents = (await devicesOf(site, first)).map(({ userAgent }) => userAgent)

    expect(agents).toEqual(['Repeated', 'First'])
  })

  test('loses sessions that were revoked before it loses valid ones', async ({
    startWith,
    signIn,
  }) => {
    const site = await startWith(kind)
    const first = await signIn(site, { userAgent: 'First' })
    const claims = { sid: 'revoked' }
    for (let count = 0; count < 99; count++) await sessionFor(site, { as: 'alex', claims })
    await site.auth.revokeSessions(claims)

    await signIn(site, { userAgent: 'Newest' })

    const agents = (await devicesOf(site, first)).map(({ userAgent }) => userAgent)
    expect(agents).toEqual(['Newest', 'First'])
  })
})

test.for(STORES.slice(0, 3))(
  'with %s, sign-ins at two servers at the same moment are all listed',
  async (kind, { start, stores, signIn }) => {
    const session = { store: await stores[kind]() }
    const servers = [
      await start({ redirectUri: 'http://localhost/redirect', session }),
      await start({ redirectUri: 'http://localhost/redirect', session }),
    ] as const

    const browsers = await Promise.all(
      [...servers, ...servers, ...servers].map((one) => signIn(one)),
    )

    const [one, other] = servers
    for (const browser of browsers) {
      expect(await handlesOf(one, browser)).toHaveLength(6)
      expect(await handlesOf(other, browser)).toHaveLength(6)
    }
    expect([...unlistedIn(one), ...unlistedIn(other)]).toEqual([])
  },
)
