import { ApiAuth, Auth } from 'identity-web/express'
import { API_AUTH } from '../../src/options/api-options.ts'
import type { Rows } from '../../src/options/rows.ts'
import { describe, expect, test as base, vi } from '../support/settings-fixtures.ts'
import { AUTH } from '../../src/options/auth-options.ts'

const SECRET = 'a-secret-of-thirty-two-characters'
const RIGHT = {
  authority: 'http://localhost:1/contoso.onmicrosoft.com',
  clientId: '11111111-2222-4333-8444-555555555555',
  clientCredential: 'secret',
  redirectUri: 'http://localhost:5000/redirect',
  session: { secret: SECRET },
  logger: {},
}

/** Returns options in which one option is present, but `undefined`. */
function withUndefined(options: object, path: string): object {
  const [name = '', ...rest] = path.split('.')
  const inner = (options as Readonly<Record<string, object | undefined>>)[name]
  return {
    ...options,
    [name]: rest.length === 0 ? undefined : withUndefined(inner ?? {}, rest.join('.')),
  }
}

const restricting = (options: Rows): string[] =>
  Object.keys(options).filter((name) => options[name]?.restricts)

const others = (options: Rows): string[] =>
  Object.keys(options).filter((name) => options[name]?.restricts !== true)

const test = base.extend('settings', { auto: true }, ({ withoutSettings: _removed }) => {
  vi.stubEnv('IDENTITY_AUTHORITY', RIGHT.authority)
  vi.stubEnv('IDENTITY_CLIENT_ID', RIGHT.clientId)
  vi.stubEnv('IDENTITY_CLIENT_SECRET', SECRET)
  vi.stubEnv('IDENTITY_REDIRECT_URI', RIGHT.redirectUri)
  vi.stubEnv('IDENTITY_SESSION_SECRET', SECRET)
})

describe('an option that is undefined', () => {
  test.each(others(AUTH.options))('of Auth is not given: %s', (name) => {
    const browser = { sessionView: () => ({}) }
    const group = name.startsWith('browser.') ? { browser } : {}
    const { problems } = new Auth({ ...withUndefined({ ...group, logger: {} }, name) })

    // The only option that its group requires.
    const expected = name === 'browser.sessionView' ? [name] : []
    expect(problems.map(({ option }) => option)).toEqual(expected)
  })

  test.each(others(API_AUTH.options))('of ApiAuth is not given: %s', (name) => {
    const longRunning = { store: new Map() }
    const group = name.startsWith('longRunning.') ? { longRunning } : {}
    const { problems } = new ApiAuth({ ...withUndefined({ ...group, logger: {} }, name) })

    // The only option that its group requires.
    const expected = name === 'longRunning.store' ? ['longRunning.store'] : []
    expect(problems.map(({ option }) => option)).toEqual(expected)
  })

  test.each(restricting(AUTH.options))('of Auth is a problem, because it restricts: %s', (name) => {
    const { problems } = new Auth({ ...withUndefined(RIGHT, name) })

    expect(problems).toEqual([
      expect.objectContaining({
        option: name,
        message: expect.stringMatching(/^\S+ is present but does not have a value\. Set Auth\(\{ /),
      }),
    ])
  })

  test.each(restricting(API_AUTH.options))(
    'of ApiAuth is a problem, because it restricts: %s',
    (name) => {
      const { problems } = new ApiAuth({ ...withUndefined({ logger: {} }, name) })

      expect(problems).toEqual([
        expect.objectContaining({
          option: name,
          message: expect.stringMatching(/does not have a value\. Set ApiAuth\(\{ /),
        }),
      ])
    },
  )

  test.each([null, ''])('is a problem as %j too, if it restricts', (value) => {
    expect(new Auth({ ...RIGHT, tenants: value as never }).problems).not.toEqual([])
    expect(new ApiAuth({ logger: {}, audience: value as never }).problems).not.toEqual([])
  })

  test('the restricting options are these', () => {
    expect(restricting(AUTH.options)).toEqual([
      'tenants',
      'trustedOrigins',
      'maxAgeSeconds',
      'session.denyList',
    ])
    expect(restricting(API_AUTH.options)).toEqual(['tenants', 'audience', 'allowedClients'])
  })
})

describe('the settings of Azure AD B2C', () => {
  const unset = {
    tenantName: undefined,
    signUpSignInUserFlow: undefined,
    editProfileUserFlow: undefined,
    resetPasswordUserFlow: undefined,
  }

  test('are not given if all of them are undefined, as in the official samples', () => {
    expect(new Auth({ ...RIGHT, b2c: unset }).problems).toEqual([])
    expect(new ApiAuth({ logger: {}, b2c: unset }).problems).toEqual([])
  })

  test('are not given if all of them are empty', () => {
    expect(new Auth({ ...RIGHT, b2c: { ...unset, tenantName: '' } }).problems).toEqual([])
  })

  test('are given if one of them is', () => {
    const { problems } = new Auth({ ...RIGHT, b2c: { ...unset, tenantName: 'fabrikam' } })

    expect(problems[0]?.message).toContain('authority and b2c are both configured')
  })
})
