import type { SessionOptions } from '../../src/options/session-options.ts'
import type { SessionStore } from 'identity-web/express'
import { Auth } from 'identity-web/express'
import { Keyv } from 'keyv'
import { Keyv as Keyv6 } from 'keyv6'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { CountingStore } from '../support/counting-store.ts'
import { SESSION_SECRET, sendToCallback } from '../support/site.ts'

// Keyv 5.0 to 5.3 does not throw when its database fails. `set` and `delete` return `false`.

class SilentStore extends CountingStore {
  silent: 'set' | 'delete' | undefined

  override set(key: string, value: string, ttlMs: number): unknown {
    return this.silent === 'set' ? Promise.resolve(false) : super.set(key, value, ttlMs)
  }

  override delete(key: string): unknown {
    if (this.silent === 'delete') return Promise.resolve(false)
    super.delete(key)
    // Like a Map and a Keyv, for a key that is not stored.
    return false
  }
}

const KINDS: [string, (store: SessionStore) => SessionOptions][] = [
  ['in a store', (store) => ({ store })],
  ['in cookies, with a deny-list', (denyList) => ({ denyList })],
]

const test = base
  .extend('behaviour', { consent: 'skip' })
  .extend('store', () => new SilentStore())
  .extend('start', ({ openSite }) => (session: SessionOptions) => {
    return openSite({ session: { secret: SESSION_SECRET, ...session } })
  })

const UNAVAILABLE = {
  code: 'store_unavailable',
  hint: expect.stringContaining('throwOnErrors: true') as string,
}

describe.each(KINDS)('a store whose set returns false, with sessions %s,', (_kind, sessionWith) => {
  test('fails a sign-out, and the user can try again', async ({ start, store }) => {
    const site = await start(sessionWith(store))
    const browser = await site.signIn()

    store.silent = 'set'
    const page = await browser.navigate(`${site.origin}/logout`)
    store.silent = undefined

    expect(page.status).toBe(503)
    expect(page.setCookies).toEqual([])
    expect(site.logs.join()).toContain('set returned false')
    expect((await browser.navigate(`${site.origin}/logout`)).status).toBe(302)
    expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
  })

  test('fails revokeSessions', async ({ start, store }) => {
    const site = await start(sessionWith(store))
    store.silent = 'set'

    await expect(site.auth.revokeSessions({ sub: 'alex' })).rejects.toMatchObject(UNAVAILABLE)
  })

  test('does not start a session', async ({ start, store, browser }) => {
    const site = await start(sessionWith(store))
    const back = await site.startSignIn(browser)

    store.silent = 'set'

    expect((await sendToCallback(browser, back)).status).toBe(503)
  })
})

test('a store whose delete returns false fails a sign-out only if the session is still stored', async ({
  start,
  store,
}) => {
  const site = await start({ store })
  const browser = await site.signIn()

  store.silent = 'delete'
  const failed = await browser.navigate(`${site.origin}/logout`)
  store.silent = undefined
  const again = await browser.navigate(`${site.origin}/logout`)

  expect([failed.status, again.status]).toEqual([503, 302])
  expect((await browser.navigate(`${site.origin}/`)).status).toBe(302)
  expect(site.logs.join()).toContain('delete returned false, and the value is still stored')
})

describe('a Keyv', () => {
  /** The properties of a Keyv of version 5.0 to 5.3, which does not have the option. */
  const old = Object.assign(new CountingStore(), { opts: {}, hooks: {}, stats: {} })

  test.for([
    ['version 5 without throwOnErrors', new Keyv(), false],
    ['version 5 before 5.4', old, false],
    ['version 5 with throwOnErrors: false', new Keyv({ throwOnErrors: false }), false],
    ['version 5 with throwOnErrors: true', new Keyv({ throwOnErrors: true }), true],
    ['version 6', new Keyv6(), true],
  ] as const)('of %s is accepted or rejected', ([, store, isAccepted], { provider }) => {
    for (const option of ['store', 'denyList']) {
      const auth = new Auth({
        authority: provider.authority(),
        clientId: provider.app.clientId,
        clientCredential: provider.app.clientSecret,
        redirectUri: 'http://localhost:3000/redirect',
        session: { secret: SESSION_SECRET, [option]: store },
        strictStart: false,
        logger: false,
      })
      const problems = auth.problems.filter((one) => one.option === `session.${option}`)

      expect(problems.map(({ message }) => message)).toEqual(
        isAccepted ? [] : [expect.stringContaining('new Keyv({ store, throwOnErrors: true })')],
      )
    }
  })
})
