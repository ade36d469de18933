import type { SessionOptions } from '../../src/web/options/session-options.ts'
import { memoryStore } from 'identity-web'
import type { AuthOptions } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { Browser, SESSION_SECRET, signIn, type Site } from '../support/site.ts'

const OLD = '__Host-identity'
const NEW = '__Host-Http-identity'
const HOUR = 3600
const redirectUri = 'https://localhost/redirect'

const test = base
  .extend('behaviour', { consent: 'skip' })
  .extend('kept', (): SessionOptions => ({}))
  /** Starts the same application with other settings of its cookie. They share their sessions. */
  .extend(
    'deploy',
    ({ openSite, kept }) =>
      (cookie: NonNullable<AuthOptions['session']>['cookie']): Promise<Site> =>
        openSite({ redirectUri, session: { secret: SESSION_SECRET, ...kept, cookie } }),
  )
  .extend('before', ({ deploy }) => deploy({}))
  .extend('until', ({ clock }) => new Date(clock.now() + 20 * HOUR * 1000))
  .extend('after', ({ deploy, until }) =>
    deploy({ prefix: '__Host-Http-', acceptOldNameUntil: until }),
  )

async function userAt(site: Site, browser: Browser): Promise<string | undefined> {
  const { user } = (await browser.navigate(`${site.origin}/open`)).json() as {
    user: { name?: string } | null
  }
  return user?.name
}

/** Gives a browser the session cookies of another one, as an attacker does who can only set the old name. */
function plant(from: Browser, to: Browser): Browser {
  for (const [name, value] of from.cookies) {
    if (name.startsWith(OLD)) to.cookies.set(name, value)
  }
  return to
}

describe.for([
  ['cookies', (): SessionOptions => ({})],
  ['a store', (): SessionOptions => ({ store: memoryStore() })],
] as const)('a session in %s whose cookie gets another prefix', ([, kept]) => {
  test.override('kept', kept)

  test('is accepted under the old name until the date, and then moves with its tokens', async ({
    before,
    after,
    provider,
    clock,
  }) => {
    const browser = await signIn(before, provider, { path: '/token' })
    const first = await browser.navigate(`${after.origin}/token`)
    // The session is stored again once in a tenth of the idle time.
    clock.advance(3 * HOUR)
    await browser.navigate(`${after.origin}/token`)
    clock.advance(20 * HOUR)

    const later = await browser.navigate(`${after.origin}/token`)

    expect(first.status).toBe(200)
    expect(later.status).toBe(200)
    const names = [...browser.cookies.keys()].filter((name) => name.includes('identity'))
    expect(names.filter((name) => !name.startsWith(NEW))).toEqual([])
    expect(names).toContain(NEW)
    expect(provider.requests.filter(({ endpoint }) => endpoint === 'authorize')).toHaveLength(1)
  })

  test('is not accepted after the date', async ({ before, after, provider, clock }) => {
    const browser = await signIn(before, provider)
    clock.advance(20 * HOUR + 1)

    expect(await userAt(before, browser)).toBe('Alex Rivera')
    expect(await userAt(after, browser)).toBeUndefined()
  })

  test('is not accepted without a date', async ({ before, deploy, provider }) => {
    const browser = await signIn(before, provider)

    const site = await deploy({ prefix: '__Host-Http-' })

    expect(await userAt(site, browser)).toBeUndefined()
  })

  test('cannot be replaced by a cookie with the old name', async ({ before, after, provider }) => {
    const attacker = await signIn(before, provider, { as: 'robin' })
    const victim = plant(attacker, await signIn(after, provider))

    expect(await userAt(after, victim)).toBe('Alex Rivera')
    expect((await victim.navigate(`${after.origin}/token`)).status).not.toBe(500)
    victim.cookies.set(NEW, { value: '1.AAAA', path: '/', secure: true, sameSite: 'lax' })
    // A new cookie that cannot be read does not bring back the old one.
    expect(await userAt(after, victim)).toBeUndefined()
  })

  test('a sign-in and a sign-out delete the cookies of the old name', async ({
    before,
    after,
    provider,
  }) => {
    const attacker = await signIn(before, provider, { as: 'robin' })
    const browser = plant(attacker, new Browser())
    await signIn(after, provider, { path: '/login' }, browser)
    const namesAfterSignIn = [...browser.cookies.keys()]
    plant(attacker, browser)

    await browser.navigate(`${after.origin}/logout`, {
      method: 'POST',
      headers: { origin: new URL(redirectUri).origin },
    })

    expect(namesAfterSignIn.filter((name) => name.startsWith(OLD))).toEqual([])
    expect([...browser.cookies.keys()].filter((name) => !name.includes('-flow-'))).toEqual([])
  })
})

test('on http://localhost, the name does not have a prefix, because Safari rejects it there', async ({
  openSite,
  provider,
}) => {
  const site = await openSite({
    session: { secret: SESSION_SECRET, cookie: { prefix: '__Host-Http-' } },
  })

  const browser = await signIn(site, provider)

  expect([...browser.cookies.keys()]).toContain('identity')
  expect(await userAt(site, browser)).toBe('Alex Rivera')
})

test('a part of a long session under the old name is not read with the new name', async ({
  provider,
  openSite,
}) => {
  const onLogin = (): { notes: string } => ({ notes: 'x'.repeat(3000) })
  const site = await openSite({
    redirectUri,
    onLogin,
    session: { secret: SESSION_SECRET, cookie: { prefix: '__Host-Http-' } },
  })
  const browser = await signIn(site, provider)
  browser.cookies.set(`${OLD}.1`, { value: 'AAAA', path: '/', secure: true, sameSite: 'lax' })

  const response = await browser.navigate(`${site.origin}/open`)

  expect(browser.cookies.has(`${NEW}.1`)).toBe(true)
  expect(response.json()).toMatchObject({ user: { notes: onLogin().notes } })
})
