import { Auth, ApiAuth } from 'identity-web/express'
import { Auth as FetchAuth } from 'identity-web/fetch'
import { describe, expect, test, vi } from 'vitest'

const ACCESS = Symbol.for('identity-web.test-access')

/** Calls the method that the testing kit calls. */
const accessOf = (owner: object): unknown => {
  const method = Reflect.get(owner, ACCESS) as () => unknown
  return method.call(owner)
}

const settings = {
  authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
  clientId: '11111111-2222-4333-8444-555555555555',
  session: { secret: 'a session secret of at least 32 characters' },
  redirectUri: 'https://contoso.example/redirect',
  logger: false as const,
}
const owners = (): object[] => [
  new Auth(settings),
  new FetchAuth(settings),
  new ApiAuth({ ...settings, session: undefined, redirectUri: undefined } as never),
]

describe('sessions and tokens without a sign-in', () => {
  test('exist in development', () => {
    vi.stubEnv('NODE_ENV', 'test')
    const { session: _session, redirectUri: _uri, ...api } = settings

    expect(accessOf(new Auth(settings))).toMatchObject({ clientId: settings.clientId })
    expect(accessOf(new ApiAuth({ ...api, audience: 'api://todos' }))).toMatchObject({
      audience: ['api://todos'],
    })
  })

  test('do not exist in production', () => {
    vi.stubEnv('NODE_ENV', 'production')

    for (const owner of owners()) {
      expect(() => accessOf(owner)).toThrow('NODE_ENV is "production"')
    }
  })

  test.for<[string, object, object]>([
    ['the option environment', { environment: 'production' }, { NODE_ENV: 'test' }],
    ['a variable of the runtime', {}, { NODE_ENV: 'production' }],
    ['a misspelled variable', {}, { NODE_ENV: 'prod' }],
    ['a public redirect URI on a server without NODE_ENV', {}, {}],
  ])('do not exist in production by %s', ([, option, variables]) => {
    // An edge server does not have `process.env.NODE_ENV`.
    vi.stubEnv('NODE_ENV', undefined)

    const clientCredential = 'secret'
    const auth = new FetchAuth({ ...settings, clientCredential, ...option }, variables)
    expect(() => accessOf(auth)).toThrow('This Auth runs in production')
  })

  test('exist without NODE_ENV for an application on localhost', () => {
    vi.stubEnv('NODE_ENV', undefined)

    const auth = new FetchAuth({ ...settings, redirectUri: 'http://localhost:3000/redirect' }, {})
    expect(accessOf(auth)).toMatchObject({ clientId: settings.clientId })
  })

  test('are not a member that applications see', () => {
    for (const owner of owners()) {
      const prototypes = [owner, Object.getPrototypeOf(owner) as object]
      expect(prototypes.flatMap(Object.keys)).not.toContain('testAccess')
      expect(Object.getOwnPropertySymbols(owner)).toEqual([])
    }
  })
})
