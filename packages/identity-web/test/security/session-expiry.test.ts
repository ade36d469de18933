import type { SessionOptions } from '../../src/options/session-options.ts'
import type { SessionStore } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { SESSION_SECRET, type Site } from '../support/site.ts'
import { ExpiringStore } from '../support/expiring-store.ts'
import { copyOf, isSignedIn } from '../support/steps.ts'

// An operator changes the lifetimes of sessions, or a rolling deployment has servers with both settings.

const HOUR = 3600
const KINDS: [string, (store: SessionStore) => SessionOptions][] = [
  ['in cookies', () => ({})],
  ['in cookies, with a deny-list', (denyList) => ({ denyList })],
  ['in a store', (store) => ({ store })],
]
const WITH_STORE = KINDS.slice(1)

const test = base
  .extend('behaviour', {
    consent: 'skip',
    accessTokenSeconds: 9_000_000,
    idTokenSeconds: 9_000_000,
  })
  .extend('store', ({ clock }) => new ExpiringStore(clock))
  /** Starts servers of one application, with other lifetimes. */
  .extend('start', ({ openSite }) => {
    let redirectUri: string | undefined
    return (session: SessionOptions, idle: number, absolute: number): Promise<Site> =>
      openSite((origin) => ({
        redirectUri: (redirectUri ??= `${origin}/redirect`),
        session: {
          secret: SESSION_SECRET,
          idleTimeoutSeconds: idle,
          absoluteTimeoutSeconds: absolute,
          ...session,
        },
      }))
  })

describe.each(KINDS)('a session %s', (_kind, sessionWith) => {
  test('that expired is not revived by a longer idle time', async ({ start, store, clock }) => {
    // The record may stay longer than the session.
    store.set = (key, value) => store.entries.set(key, value)
    const site = await start(sessionWith(store), HOUR, 1000 * HOUR)
    const raised = await start(sessionWith(store), 500 * HOUR, 1000 * HOUR)
    const browser = await site.signIn()
    clock.advance(HOUR)

    expect(await isSignedIn(raised, browser)).toBe(false)
  })

  test('that expired is not revived by a longer absolute time, also after requests', async ({
    start,
    store,
    clock,
  }) => {
    store.set = (key, value) => store.entries.set(key, value)
    const site = await start(sessionWith(store), 2 * HOUR, 2 * HOUR)
    const raised = await start(sessionWith(store), 100 * HOUR, 100 * HOUR)
    const browser = await site.signIn()
    clock.advance(HOUR)
    const during = await isSignedIn(raised, browser)
    clock.advance(HOUR)

    expect([during, await isSignedIn(raised, browser)]).toEqual([true, false])
  })

  test('that is used gets a longer idle time with its next request', async ({
    start,
    store,
    clock,
  }) => {
    const site = await start(sessionWith(store), HOUR, 1000 * HOUR)
    const raised = await start(sessionWith(store), 500 * HOUR, 1000 * HOUR)
    const browser = await site.signIn()
    clock.advance(HOUR / 2)
    const during = await isSignedIn(raised, browser)
    clock.advance(400 * HOUR)

    expect([during, await isSignedIn(raised, browser)]).toEqual([true, true])
  })

  test('gets a shorter idle time immediately', async ({ start, store, clock }) => {
    const site = await start(sessionWith(store), 10 * HOUR, 1000 * HOUR)
    const lowered = await start(sessionWith(store), HOUR, 1000 * HOUR)
    const browser = await site.signIn()
    clock.advance(HOUR)

    expect([await isSignedIn(lowered, browser), await isSignedIn(site, browser)]).toEqual([
      false,
      true,
    ])
  })
})

describe.each(WITH_STORE)('the end of a session %s', (_kind, sessionWith) => {
  test('at a sign-out outlives every copy, also one with a longer idle time', async ({
    start,
    store,
    clock,
  }) => {
    const long = await start(sessionWith(store), 500 * HOUR, 1000 * HOUR)
    const short = await start(sessionWith(store), HOUR, 1000 * HOUR)
    const browser = await long.signIn()
    const copy = copyOf(browser)
    await browser.navigate(`${short.origin}/logout`)
    clock.advance(400 * HOUR)

    expect(await isSignedIn(long, copy)).toBe(false)
  })

  test('by revokeSessions outlives every session, also one with a longer absolute time', async ({
    start,
    store,
    clock,
  }) => {
    const long = await start(sessionWith(store), 500 * HOUR, 1000 * HOUR)
    const short = await start(sessionWith(store), HOUR, HOUR)
    const browser = await long.signIn()
    const { claims } = (await browser.navigate(`${long.origin}/`)).json() as {
      readonly claims: { readonly sub: string }
    }
    await short.auth.revokeSessions({ sub: claims.sub })
    clock.advance(400 * HOUR)
    // Another user signs in meanwhile, at a server with the short time.
    await short.signIn({ as: 'robin' })
    clock.advance(50 * HOUR)

    expect(await isSignedIn(long, browser)).toBe(false)
  })
})
