import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { IdentityError } from '../../src/errors.ts'
import { fitBudget } from '../../src/session/cookie-budget.ts'
import { createCookieStrategy } from '../../src/session/cookie-strategy.ts'
import type { Session } from '../../src/session/session.ts'
import type { AccessToken, SessionTokens } from '../../src/tokens.ts'

const session = (changes: Partial<Session> = {}): Session => ({
  id: 'id',
  claims: { iss: 'https://issuer.example', sub: 'alex' },
  startedAt: 1000,
  touchedAt: 1000,
  idleEndsAt: 1060,
  endsAt: 1600,
  ...changes,
})

const access = (resource: string, size: number, expiresAt = 5000): AccessToken => ({
  token: 'x'.repeat(size),
  type: 'Bearer',
  resource,
  scopes: ['Read'],
  expiresAt,
  refreshAt: expiresAt - 300,
})

const withTokens = (list: readonly AccessToken[], refreshToken = 'refresh'): SessionTokens => ({
  revision: 1,
  refreshToken,
  access: list,
})

const resources = ({ access: list }: SessionTokens): string[] =>
  list.map(({ resource }) => resource)

function rejection(value: Session, tokens: SessionTokens): IdentityError {
  try {
    fitBudget(value, tokens)
  } catch (error) {
    if (IdentityError.is(error)) return error
    throw error
  }
  throw new Error('It fits.')
}

describe('tokens that fit', () => {
  test('stay as they are', () => {
    const tokens = withTokens([access('a', 1000), access('b', 1000)])

    expect(fitBudget(session(), tokens).tokens).toBe(tokens)
  })
})

describe('tokens that do not fit', () => {
  test('lose the access token that expires first', () => {
    const tokens = withTokens([
      access('late', 2000, 9000),
      access('soon', 2000, 6000),
      access('new', 2000, 7000),
    ])

    const fitting = fitBudget(session(), tokens)

    expect(resources(fitting.tokens)).toEqual(['late', 'new'])
    expect(fitting.leftOut).toBeUndefined()
  })

  test('lose as many access tokens as necessary, but not the newest one', () => {
    const tokens = withTokens([
      access('a', 2000, 9000),
      access('b', 2000, 8000),
      access('new', 4000, 1),
    ])

    expect(resources(fitBudget(session(), tokens).tokens)).toEqual(['new'])
  })

  test('are not mutated', () => {
    const tokens = withTokens([access('a', 4000), access('b', 4000)])

    fitBudget(session(), tokens)

    expect(resources(tokens)).toEqual(['a', 'b'])
  })

  test('keep all access tokens without a refresh token, because they cannot be issued again', () => {
    const { refreshToken: _, ...tokens } = withTokens([access('a', 3000), access('b', 3000)])

    expect(rejection(session(), tokens).code).toBe('session_too_large')
  })
})

describe('a session that is too large with its newest access token', () => {
  const big = 'x'.repeat(4000)
  const memberships = { [big]: true }
  const idToken = (size: number): { readonly idToken: string } => ({ idToken: 'x'.repeat(size) })
  const ACCESS = 'access tokens'
  const GROUPS = 'the groups that were looked up'
  const ID_TOKEN = 'the ID token for the sign-out at the provider'

  test.each<[string, Session, SessionTokens, readonly string[]]>([
    ['access tokens', session({ user: { big } }), withTokens([access('', 2000)]), [ACCESS]],
    [
      'groups, if the access token and the ID token fit then',
      session({ memberships }),
      { ...withTokens([access('', 2000)]), ...idToken(2000) },
      [GROUPS],
    ],
    [
      'an ID token',
      session({ user: { big } }),
      { ...withTokens([]), ...idToken(3000) },
      [ID_TOKEN],
    ],
    [
      'an ID token, if the access token fits then',
      session({ user: big.slice(0, 1500) }),
      { ...withTokens([access('', 1300)], big.slice(0, 1200)), ...idToken(3000) },
      [ID_TOKEN],
    ],
    [
      'groups and an ID token that is larger than the access token',
      session({ memberships }),
      { ...withTokens([access('', 3000)]), ...idToken(4000) },
      [GROUPS, ID_TOKEN],
    ],
    [
      'an access token and groups, but keeps a small ID token',
      session({ user: { big }, memberships }),
      { ...withTokens([access('', 2000)]), ...idToken(300) },
      [ACCESS, GROUPS],
    ],
    [
      'all of them',
      session({ user: { big: big + 'x'.repeat(800) }, memberships }),
      { ...withTokens([access('', 2000)]), ...idToken(1000) },
      [ACCESS, GROUPS, ID_TOKEN],
    ],
  ])('does without %s', (_name, value, tokens, parts) => {
    const fitting = fitBudget(value, tokens)

    expect(fitting.leftOut?.parts).toEqual(parts)
    expect(fitting.leftOut?.cause.hint).toContain('Make ')
    expect(fitting.tokens.access).toEqual(parts.includes(ACCESS) ? [] : tokens.access)
    expect(fitting.tokens.refreshToken).toBe(tokens.refreshToken)
    expect(fitting.session.user).toEqual(value.user)
    expect(fitting.session.claims).toEqual(value.claims)
    expect(fitting.session.memberships).toEqual(
      parts.includes(GROUPS) ? undefined : value.memberships,
    )
    expect(fitting.tokens.idToken).toBe(parts.includes(ID_TOKEN) ? undefined : tokens.idToken)
  })

  test('does without the claims that guards do not use, if onLogin returned a user', () => {
    const claims = { iss: 'i', sub: 's', roles: ['Admin'], hr: true, other: 'x'.repeat(6000) }
    const guarded = { names: new Set(['hr']), hasFunction: false }
    const value = session({ user: { id: 1 }, claims })

    const fitting = fitBudget(value, withTokens([access('', 1000)]), guarded)

    expect(fitting.leftOut?.parts).toEqual(['the claims that guards do not use'])
    const { other: _, ...kept } = claims
    expect(fitting.session).toEqual({ ...value, claims: kept, hasFewerClaims: true })
    expect(resources(fitting.tokens)).toEqual([''])
    for (const [of, guards] of [
      [session({ claims }), guarded],
      [value, { ...guarded, hasFunction: true }],
    ] as const) {
      expect(() => fitBudget(of, withTokens([]), guards)).toThrow(
        /The largest part \(\d+ bytes\) is the claim "other"/,
      )
    }
  })

  test('keeps the other access tokens if they fit then', () => {
    const tokens = {
      ...withTokens([access('a', 1000), access('b', 1000), access('c', 1000)]),
      ...idToken(5000),
    }

    const fitting = fitBudget(session(), tokens)

    expect(fitting.leftOut?.parts).toEqual([ID_TOKEN])
    expect(resources(fitting.tokens)).toEqual(['a', 'b', 'c'])
  })

  test('keeps the object of its tokens if only the groups do not fit', () => {
    const tokens = withTokens([access('', 2000)])

    expect(fitBudget(session({ memberships }), tokens).tokens).toBe(tokens)
  })
})

describe('a session that is too large', () => {
  const big = 'x'.repeat(6000)

  test.each<[string, Session, SessionTokens]>([
    ['the user that onLogin returned', session({ user: { big } }), withTokens([])],
    [
      'the claim "groups"',
      session({ claims: { iss: 'i', sub: 's', groups: [big] } }),
      withTokens([]),
    ],
    ['the refresh token', session(), withTokens([], big)],
    [
      'the access token for api://todos',
      session(),
      { revision: 1, access: [access('api://todos', 6000)] },
    ],
    [
      'the access token for the default API',
      session(),
      { revision: 1, access: [access('', 6000)] },
    ],
  ])('is rejected with the name of its largest part: %s', (part, value, tokens) => {
    const error = rejection(value, tokens)

    expect(error.code).toBe('session_too_large')
    expect(error.message).toContain('The largest part (60')
    expect(error.message).toContain(` bytes) is ${part}.`)
    expect(error.hint).toContain(`Make ${part} smaller`)
    expect(error.hint).toContain('smaller')
    expect(error.message + error.hint).not.toContain('xxx')
  })

  test('is measured in bytes, not in characters', () => {
    expect(() => fitBudget(session({ user: '日'.repeat(1600) }), withTokens([]))).not.toThrow()
    expect(rejection(session({ user: '日'.repeat(2000) }), withTokens([])).message).toContain(
      '6002',
    )
  })
})

test('a session within the budget fits into a request header of 8 kB, with room for other cookies', async () => {
  const strategy = createCookieStrategy({
    secrets: ['a-secret-of-the-tests-0123456789-abcdef'],
    owner: 'client',
    name: 'identity',
    attributes: { path: '/', secure: true, sameSite: 'Lax' },
    lifetimes: { idle: 60, absolute: 600 },
    now: () => 1000,
  })
  await fc.assert(
    fc.asyncProperty(fc.nat({ max: 6000 }), fc.nat({ max: 6000 }), async (user, token) => {
      const written = Promise.resolve().then(() =>
        strategy.update('', session({ user: 'x'.repeat(user) }), withTokens([access('a', token)])),
      )
      const cookies = await written.catch((error: unknown) => {
        if (IdentityError.is(error) && error.code === 'session_too_large') return []
        throw error
      })

      const header = cookies.map((cookie) => cookie.split(';')[0]).join('; ')
      expect(header.length).toBeLessThan(7700)
    }),
    { seed: 1 },
  )
})
