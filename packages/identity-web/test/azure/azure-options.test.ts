import { azureCredential, type ContextSource } from 'identity-web/azure'
import { Auth } from 'identity-web/express'
import { decodeJwt } from 'jose'
import {
  configurationError,
  CONTOSO,
  describe,
  errorOf,
  expect,
  FABRIKAM,
  LONG_RUNNING_SECRET,
  test as base,
  THINGS_DEFAULT,
  TODOS,
} from '../support/azure-fixtures.ts'

const test = base.extend('behaviour', { consent: 'skip' })
const USER_READ = 'https://graph.microsoft.com/User.Read'

describe('a wrong source', () => {
  test.for<[string, () => unknown]>([
    ['undefined', () => undefined],
    ['null', () => null],
    ['a string', () => 'auth'],
    ['a plain object', () => ({ getTokenForClient: () => undefined })],
    ['a class', () => Auth],
    ['a context of another library', () => ({ kind: 'session', userInfo: () => undefined })],
  ])('is an error: %s', async ([, source]) => {
    const error = await errorOf(() => azureCredential(source() as ContextSource))

    expect(error).toMatchObject(
      configurationError('The first argument of azureCredential() must be'),
    )
  })

  test('is a copy of the members of an Auth', async ({ openSite }) => {
    const { auth } = await openSite()

    expect((await errorOf(() => azureCredential(Object.assign({}, auth)))).message).toContain(
      'copy of its members',
    )
  })

  test('is an Auth with wrong settings, whose problems the first token names', async () => {
    const auth = new Auth({ environment: 'development', logger: false, authority: 'nonsense' })

    const credential = azureCredential(auth)

    const error = await errorOf(() => credential.getToken(THINGS_DEFAULT))
    expect(error.code).toBe('configuration')
    expect(error.message).toContain('authority')
  })

  test.for([{ issuer: 'workforce' }, { longRunningKey: 'a-key' }, { issuer: undefined }])(
    'is a context with the options %o',
    async (options, { workSite: site, workApi: api, alexToken }) => {
      const attempt = (context: unknown) =>
        errorOf(() => azureCredential(context as Auth<never>, options))

      const errors = [await site.inside(attempt), await api.inside(alexToken, attempt)]

      const name = Object.keys(options)[0]
      for (const { message } of errors) {
        expect(message).toBe(
          `azureCredential(context) has no options, but ${name} was passed. Remove the second argument.`,
        )
      }
    },
  )

  test('is not repaired by unknown options', async ({ openApi }) => {
    const { api } = await openApi()

    const error = await errorOf(() => azureCredential(api, { longRuningKey: 'k' } as object))

    expect(error).toMatchObject({ code: 'configuration' })
    expect(error.message).toContain('longRuningKey')
    expect(error.message).toContain('longRunningKey')
  })

  class Job {
    readonly #key = 'a-key'

    get longRunningKey(): string {
      return this.#key
    }
  }

  test.for<[string, object]>([
    ['an object with a getter', new Job()],
    ['an object with inherited members', Object.create({ longRunningKey: 'a-key' }) as object],
  ])('acts for the user of a job with options that are %s', async ([, options], { openApi }) => {
    const { api } = await openApi()

    await expect(
      azureCredential(api, options).getToken('https://graph.microsoft.com/.default'),
    ).rejects.toThrow('longRunning')
  })

  test.for<[string, unknown]>([
    ['null', null],
    ['a Map', new Map([['longRunningKey', 'a-key']])],
    ['a list', ['a-key']],
    ['a string', 'a-key'],
  ])('never acts as the application with options that are %s', async ([, options], { openApi }) => {
    const { api } = await openApi()

    const error = await errorOf(() => azureCredential(api, options as object))

    expect(error).toMatchObject({ code: 'configuration' })
    expect(error.message).toContain('must be an object')
  })

  test('does not get the tenant of a token from Object.prototype', async ({ openApi }) => {
    const { api } = await openApi()
    const { getToken } = azureCredential(api, { additionallyAllowedTenants: [FABRIKAM] })
    // oxlint-disable-next-line no-extend-native -- As another package can do.
    Object.defineProperty(Object.prototype, 'tenantId', { value: FABRIKAM, configurable: true })
    try {
      const { token } = await getToken(THINGS_DEFAULT)
      expect(decodeJwt(token)['tid']).toBe(CONTOSO)
    } finally {
      Reflect.deleteProperty(Object.prototype, 'tenantId')
    }
  })

  test('does not get options from Object.prototype', async ({ openApi, provider }) => {
    const { api } = await openApi({
      longRunning: { store: new Map(), secret: LONG_RUNNING_SECRET },
    })
    // oxlint-disable-next-line no-extend-native -- As another package can do.
    Object.defineProperty(Object.prototype, 'longRunningKey', { value: '', configurable: true })
    try {
      const { token } = await azureCredential(api, {}).getToken(THINGS_DEFAULT)
      expect(decodeJwt(token)['azp']).toBe(provider.api.clientId)
    } finally {
      Reflect.deleteProperty(Object.prototype, 'longRunningKey')
    }
  })
})

describe('scopes', () => {
  test('are a string or a list, and can be separated by spaces', async ({
    workApi: api,
    alexToken,
  }) => {
    const tokens = await api.inside(alexToken, (context) =>
      Promise.all(
        ['User.Read Calendars.Read', ['Calendars.Read', USER_READ]].map((scopes) =>
          azureCredential(context).getToken(scopes),
        ),
      ),
    )

    expect(tokens[0]?.token).toBe(tokens[1]?.token)
  })

  test.for<[string, string | string[], string]>([
    ['an empty string', '', 'does not contain a scope of an API'],
    ['an empty list', [], 'does not contain a scope of an API'],
    [
      'scopes of OpenID Connect',
      ['openid', 'offline_access'],
      'does not contain a scope of an API',
    ],
    ['scopes of two APIs', [`${TODOS}/.default`, 'User.Read'], 'belong to several APIs'],
  ])(
    'must be scopes of one API: %s',
    async ([, scopes, message], { workSite: site, alexToken, openApiWith }) => {
      const api = await openApiWith({
        longRunning: { store: new Map(), secret: LONG_RUNNING_SECRET },
      })
      const longRunningKey = await api.inside(alexToken, (context) =>
        context.startLongRunningProcess('User.Read'),
      )
      const attempt = (source: unknown, options?: object) =>
        errorOf(() => azureCredential(source as Auth<never>, options).getToken(scopes))

      const errors = [
        await site.inside((context) => attempt(context)),
        await api.inside(alexToken, (context) => attempt(context)),
        await attempt(site.site.auth),
        await attempt(api.api),
        await attempt(api.api, { longRunningKey }),
      ]

      for (const error of errors) {
        expect(error).toMatchObject(configurationError(message))
      }
    },
  )
})
