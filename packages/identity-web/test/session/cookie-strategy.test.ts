import { describe, expect, test as base } from 'vitest'
import {
  createCookieStrategy,
  type CookieStrategyOptions,
} from '../../src/session/cookie-strategy.ts'
import { withSetCookies } from '../../src/session/cookies.ts'
import { createLatestUsers } from '../../src/session/process-memory.ts'
import { needsTouch, startTimes, type Session } from '../../src/session/session.ts'
import type { SessionStrategy } from '../../src/session/strategy.ts'
import { NO_TOKENS, type SessionTokens } from '../../src/tokens.ts'

const lifetimes = { idle: 60, absolute: 600 }

const session = (changes: Partial<Session> = {}): Session => ({
  id: 'id',
  claims: { iss: 'https://issuer.example', sub: 'alex', roles: ['reader'] },
  ...startTimes(lifetimes, 1000),
  ...changes,
})
const tokens: SessionTokens = { revision: 1, refreshToken: 'refresh', access: [] }

const toHeader = (cookies: readonly string[]): string =>
  cookies.map((cookie) => cookie.split(';')[0]).join('; ')

async function headerOf(strategy: SessionStrategy, value = session()): Promise<string> {
  return toHeader(await strategy.update('', value, tokens))
}

const test = base
  .extend('time', () => ({ now: 1000 }))
  .extend(
    'create',
    ({ time }) =>
      (options: Partial<CookieStrategyOptions> = {}): SessionStrategy =>
        createCookieStrategy({
          secrets: ['a-secret-of-the-tests-0123456789-abcdef'],
          owner: 'client',
          name: 'identity',
          attributes: { path: '/', secure: false, sameSite: 'Lax' },
          lifetimes,
          now: () => time.now,
          ...options,
        }),
  )
  .extend('strategy', ({ create }) => create())

describe('a session in cookies', () => {
  test('is read as it was written, and decrypted only once', async ({ strategy }) => {
    const header = await headerOf(strategy)

    const first = strategy.read(header)

    expect(first).toEqual(session())
    expect(strategy.read(header)).toBe(first)
  })

  test('cannot be mutated by one of the requests that share it', async ({ strategy }) => {
    const read = (await strategy.read(await headerOf(strategy))) as Session

    expect(() => Object.assign(read.claims, { roles: ['admin'] })).toThrow(TypeError)
    expect(() => (read.claims.roles as string[]).push('admin')).toThrow(TypeError)
  })

  test.for([
    ['before the idle time', 59, {}, true],
    ['at the idle time', 60, {}, false],
    ['before the absolute time', 599, { touchedAt: 1590, idleEndsAt: 1650 }, true],
    ['at the absolute time', 600, { touchedAt: 1590, idleEndsAt: 1650 }, false],
  ] as const)(
    'is valid or expired %s: %i seconds',
    async ([_name, seconds, changes, isAlive], { strategy, time }) => {
      const header = await headerOf(strategy, session(changes))
      time.now += seconds

      expect((await strategy.read(header)) !== undefined).toBe(isAlive)
    },
  )

  test('expires even if it is cached', async ({ strategy, time }) => {
    const header = await headerOf(strategy)
    await strategy.read(header)
    time.now += 60

    expect(strategy.read(header)).toBeUndefined()
  })

  test('stays in the browser until its absolute end, with a Max-Age of at least 0', async ({
    strategy,
    time,
  }) => {
    time.now += 100
    expect((await strategy.update('', session()))[0]).toContain('; Max-Age=500;')
    time.now += 1000
    expect((await strategy.update('', session()))[0]).toContain('; Max-Age=0;')
  })

  test('is written without its tokens if they did not change', async ({ create }) => {
    const cookies = await create().update('identity-tokens=1.kept', session())

    expect(cookies).toHaveLength(1)
    expect(cookies[0]).toMatch(/^identity=/)
  })

  test('that grew is written without parts of the newest tokens, and deletes a second chunk', async ({
    create,
  }) => {
    const access = { token: 'x'.repeat(2000), type: 'Bearer', resource: '', scopes: [] }
    const newest: SessionTokens = {
      revision: 2,
      refreshToken: 'newest',
      access: [{ ...access, expiresAt: 5000, refreshAt: 4000 }],
    }
    const strategy = create({ latestTokens: () => newest })
    const header = await headerOf(strategy)

    const cookies = await strategy.update(header, session({ user: 'x'.repeat(4000) }))

    expect(cookies.find((cookie) => cookie.startsWith('identity-tokens.1='))).toContain(
      'Max-Age=0;',
    )
    expect(await strategy.readTokens(toHeader(cookies), session())).toMatchObject({
      revision: 2,
      refreshToken: 'newest',
      access: [],
    })
  })

  test('that lost only its groups is written without its tokens', async ({ strategy }) => {
    const memberships = { ['x'.repeat(6000)]: true }

    const cookies = await strategy.update(await headerOf(strategy), session({ memberships }))

    expect(toHeader(cookies)).toMatch(/^identity=[^;]*$/)
    expect((await strategy.read(toHeader(cookies)))?.memberships).toBeUndefined()
  })

  test('is written with its own tokens if large tokens of another session are in the way', async ({
    strategy,
  }) => {
    const another = session({ id: 'another' })
    const header = toHeader(
      await strategy.update('', another, { ...tokens, idToken: 'x'.repeat(4000) }),
    )

    const cookies = await strategy.update(header, session({ user: 'x'.repeat(2000) }))

    expect(withSetCookies(header, cookies).length).toBeLessThan(4000)
    expect(await strategy.readTokens(toHeader(cookies), session())).toMatchObject(NO_TOKENS)
  })

  test('is written with fewer tokens if it does not fit beside the tokens that the browser has', async ({
    strategy,
  }) => {
    const access = [
      {
        token: 'x'.repeat(4000),
        type: 'Bearer',
        resource: '',
        scopes: ['User.Read'],
        expiresAt: 2000,
        refreshAt: 1900,
      },
    ]
    const before = toHeader(await strategy.update('', session(), { ...tokens, access }))
    expect(await strategy.readTokens(before, session())).toMatchObject({ access })
    const larger = session({ user: { note: 'x'.repeat(2000) } })

    const cookies = await strategy.update(before, larger)

    const names = cookies.map((cookie) => cookie.split('=')[0])
    expect(names).toEqual(['identity', 'identity-tokens', 'identity-tokens.1'])
    expect(cookies[2]).toContain('; Max-Age=0')
    const after = toHeader(cookies.slice(0, 2))
    expect(await strategy.readTokens(after, larger)).toMatchObject({ ...tokens, access: [] })
  })

  test('is deleted with its tokens', async ({ create }) => {
    const deleted = await create().end('identity=2.a; identity.1=b; identity-tokens=1.c; x=1')

    expect(toHeader(deleted)).toBe('identity=; identity.1=; identity-tokens=')
  })
})

describe('the tokens of a session', () => {
  test('cannot be read with another session', async ({ strategy }) => {
    const header = await headerOf(strategy)

    expect(await strategy.readTokens(header, session())).toMatchObject(tokens)
    expect(strategy.readTokens(header, session({ id: 'another' }))).toBe(NO_TOKENS)
  })

  test('are empty if the cookie is missing or was changed', ({ create }) => {
    expect(create().readTokens('', session())).toBe(NO_TOKENS)
    expect(create().readTokens('identity-tokens=1.AAAA', session())).toBe(NO_TOKENS)
  })
})

describe('needsTouch', () => {
  test('is true after a tenth of the idle time', () => {
    const hundred = { idle: 100, absolute: 1000 }
    const idleSession = session(startTimes(hundred, 1000))

    expect(needsTouch(idleSession, hundred, 1009)).toBe(false)
    expect(needsTouch(idleSession, hundred, 1010)).toBe(true)
  })

  test('does not become true earlier at the end of the session', () => {
    const last = session({ touchedAt: 1000, idleEndsAt: 1020, endsAt: 1020 })

    expect(needsTouch(last, { idle: 100, absolute: 1000 }, 1009)).toBe(false)
  })
})

describe('the newest user of a session', () => {
  test('is forgotten if the session was not stored, unless the user has changed again', () => {
    const users = createLatestUsers(() => 1000)
    const [first, second, third] = [1, 2, 3].map((userChangedAt) =>
      session({ user: { id: userChangedAt }, userChangedAt }),
    ) as [Session, Session, Session]
    users.record(first)
    const undoSecond = users.record(second)
    const undoThird = users.record(third)

    undoSecond()
    expect(users.apply(session()).user).toEqual(third.user)
    undoThird()
    expect(users.apply(session()).user).toEqual(second.user)
  })
})
