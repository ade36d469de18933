import type { SessionOptions } from '../../src/options/session-options.ts'
import { memoryStore } from 'identity-web'
import type { AuthOptions } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { SESSION_SECRET, type Browser, type Site } from '../support/site.ts'

const OLD = '__Host-identity'
const NEW = '__Host-Http-identity'
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
  .extend('after', ({ deploy }) => deploy({ prefix: '__Host-Http-' }))

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

  test('is not accepted under the old name, so the user signs in once more', async ({
    before,
    after,
  }) => {
    const browser = await before.signIn()

    const pages = [
      await browser.navigate(`${before.origin}/`),
      await browser.navigate(`${after.origin}/`),
    ]
    await after.signIn({}, browser)

    expect(pages.map(({ status }) => status)).toEqual([200, 302])
    expect(await userAt(after, browser)).toBe('Alex Rivera')
    expect([...browser.cookies.keys()]).toContain(NEW)
  })

  test('cannot be replaced by a cookie with the old name', async ({ before, after }) => {
    const attacker = await before.signIn({ as: 'robin' })
    const victim = plant(attacker, await after.signIn())

    expect(await userAt(after, victim)).toBe('Alex Rivera')
    expect((await victim.navigate(`${after.origin}/token`)).status).not.toBe(500)
    victim.cookies.set(NEW, { value: '1.AAAA', path: '/', secure: true, sameSite: 'lax' })
    // A new cookie that cannot be read does not bring back the old one.
    expect(await userAt(after, victim)).toBeUndefined()
  })
})

test('on http://localhost, the name does not have a prefix, because Safari rejects it there', async ({
  openSite,
}) => {
  const site = await openSite({
    session: { secret: SESSION_SECRET, cookie: { prefix: '__Host-Http-' } },
  })

  const browser = await site.signIn()

  expect([...browser.cookies.keys()]).toContain('identity')
  expect(await userAt(site, browser)).toBe('Alex Rivera')
})

test('a part of a long session under the old name is not read with the new name', async ({
  openSite,
}) => {
  const onLogin = (): { notes: string } => ({ notes: 'x'.repeat(3000) })
  const site = await openSite({
    redirectUri,
    onLogin,
    session: { secret: SESSION_SECRET, cookie: { prefix: '__Host-Http-' } },
  })
  const browser = await site.signIn()
  browser.cookies.set(`${OLD}.1`, { value: 'AAAA', path: '/', secure: true, sameSite: 'lax' })

  const response = await browser.navigate(`${site.origin}/open`)

  expect(browser.cookies.has(`${NEW}.1`)).toBe(true)
  expect(response.json()).toMatchObject({ user: { notes: onLogin().notes } })
})
