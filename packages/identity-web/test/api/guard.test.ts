import type { Response } from 'express'
import type { AccessTokenRequest } from 'identity-web-dev'
import { IdentityError } from 'identity-web'
import {
  ApiAuth,
  type AccessTokenClaims,
  type ApiAuthOptions,
  type AuthorizationHandler,
  type AuthorizationContext,
  type AuthorizationRequirement,
} from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import type { ProtectedApiResponse, ProtectedApi } from '../support/protected-api.ts'

const PREFIX = 'api://todos.contoso.example'

async function statuses(api: ProtectedApi, tokens: readonly string[]): Promise<number[]> {
  const replies: ProtectedApiResponse[] = []
  for (const token of tokens) replies.push(await api.call('/', token))
  return replies.map(({ status }) => status)
}

const test = base
  .extend(
    'user',
    ({ provider }) =>
      (request: AccessTokenRequest = {}): Promise<string> =>
        provider.accessToken({ as: 'alex', ...request }),
  )

  /** A user's token with these scopes. */
  .extend(
    'scoped',
    ({ user }) =>
      (...scopes: string[]): Promise<string> =>
        user({ claims: { scp: scopes.join(' ') } }),
  )

  /** An app-only token with these roles. */
  .extend(
    'daemon',
    ({ provider }) =>
      (...roles: string[]): Promise<string> =>
        provider.accessToken({ roles }),
  )

  /** An API with one route, at `/`. */
  .extend(
    'open',
    ({ openApi }) =>
      (
        requirement: AuthorizationRequirement,
        options: ApiAuthOptions = {},
      ): Promise<ProtectedApi> => {
        return openApi(options, (app, { authorizationRequired }) => {
          app.get(
            '/',
            authorizationRequired(requirement, (_req, res, { user: person, app: client }) => {
              res.json(person === undefined ? { app: client.clientId } : { user: person.oid })
            }),
          )
        })
      },
  )
  .extend('tokens', ({ scoped, daemon }) => async (): Promise<string[]> => [
    await scoped('Any'),
    await daemon('Any'),
    await daemon(),
  ])

describe('scopes', () => {
  test.for([
    ['a list', ['Todos.Read', 'Todos.ReadWrite']],
    ['one text with spaces', '  Todos.Read   Todos.ReadWrite '],
    ['names with the prefix', [`${PREFIX}/Todos.Read`, `${PREFIX}/Todos.ReadWrite`]],
    ['a mixture', `Todos.Read ${PREFIX}/Todos.ReadWrite`],
  ] as const)('as %s are all required', async ([, scopes], { open, scoped }) => {
    const api = await open({ scopes })

    expect(
      await statuses(api, [
        await scoped('Todos.Read'),
        await scoped('Todos.ReadWrite'),
        await scoped('Todos.Other'),
        await scoped('Todos.ReadWrite', 'Other', 'Todos.Read'),
      ]),
    ).toEqual([403, 403, 403, 200])
  })

  test.for([
    ['a part of a name', 'Todos.ReadWrite'],
    ['another case', 'todos.read'],
    ['a name with more in front', 'XTodos.Read'],
    ['names run together', 'Todos.Read,Todos.ReadWrite'],
    ['a tab in between', 'Other\tTodos.Read'],
    ['the prefixed name of another API', 'api://other/Todos.Read'],
  ] as const)('are not satisfied by %s', async ([, scp], { open, user }) => {
    const api = await open({ scopes: 'Todos.Read' })

    expect(await statuses(api, [await user({ claims: { scp } })])).toEqual([403])
  })

  test('are not satisfied by roles of the same name, nor roles by scopes', async ({
    open,
    user,
    daemon,
    scoped,
  }) => {
    const byScope = await open({ scopes: ['Todos.Read'] })
    const byRole = await open({ roles: ['Todos.Read'] })

    expect(
      await statuses(byScope, [
        await user({ claims: { scp: 'Other' }, roles: ['Todos.Read'] }),
        await daemon('Todos.Read'),
      ]),
    ).toEqual([403, 403])
    expect(
      await statuses(byRole, [
        await scoped('Todos.Read'),
        await user({ claims: { scp: 'Todos.Read' }, roles: ['Todos.Read'] }),
        await daemon('Todos.Read'),
      ]),
    ).toEqual([403, 403, 200])
  })

  test('of anyScope: one of them is enough', async ({ open, scoped, daemon }) => {
    const api = await open({ anyScope: 'Todos.Read Todos.ReadWrite' })

    expect(
      await statuses(api, [
        await scoped('Todos.Read'),
        await scoped('Todos.ReadWrite'),
        await scoped('Todos.Other'),
        await daemon('Todos.Read'),
      ]),
    ).toEqual([200, 200, 403, 403])
  })

  test('of both options: all of scopes and one of anyScope are required', async ({
    open,
    scoped,
  }) => {
    const api = await open({ scopes: ['Base'], anyScope: ['A', 'B'] })

    expect(
      await statuses(api, [
        await scoped('Base'),
        await scoped('A', 'B'),
        await scoped('Base', 'B'),
      ]),
    ).toEqual([403, 403, 200])
  })
})

describe('roles', () => {
  test('are for applications only, and one of them is enough', async ({ open, daemon, user }) => {
    const api = await open({ roles: ['Todos.Read.All', 'Todos.Admin.All'] })

    expect(
      await statuses(api, [
        await daemon('Todos.Admin.All'),
        await daemon('Other', 'Todos.Read.All'),
        await daemon('Other'),
        await daemon(),
        await user({ roles: ['Todos.Read.All'] }),
      ]),
    ).toEqual([200, 200, 403, 403, 403])
  })

  test('with scopes are for applications, and the scopes are for users', async ({
    open,
    scoped,
    daemon,
    user,
  }) => {
    const api = await open({ scopes: ['Todos.Read'], roles: ['Todos.Read.All'] })

    expect(
      await statuses(api, [
        await scoped('Todos.Read'),
        await daemon('Todos.Read.All'),
        await user({ claims: { scp: 'Other' }, roles: ['Todos.Read.All'] }),
        await daemon('Todos.Read'),
      ]),
    ).toEqual([200, 200, 403, 403])
  })
})

describe('userRoles', () => {
  test('are required of the user in addition to the scopes, and one of them is enough', async ({
    open,
    user,
    daemon,
  }) => {
    const api = await open({ scopes: ['Todos.Read'], userRoles: ['Editor', 'Admin'] })

    expect(
      await statuses(api, [
        await user({ scopes: ['Todos.Read'], roles: ['Admin'] }),
        await user({ scopes: ['Todos.Read'], roles: ['Reader'] }),
        await user({ scopes: ['Todos.Read'], roles: [] }),
        await user({ scopes: ['Todos.ReadWrite'], roles: ['Admin'] }),
        await user({ claims: { scp: 'Todos.Read Admin' }, roles: [] }),
        await daemon('Admin'),
      ]),
    ).toEqual([200, 403, 403, 403, 403, 403])
  })

  test('are required of users, and roles are required of applications', async ({
    open,
    user,
    daemon,
  }) => {
    const api = await open({ scopes: 'Todos.Read', userRoles: 'Editor', roles: 'Todos.Read.All' })

    expect(
      await statuses(api, [
        await user({ scopes: ['Todos.Read'], roles: ['Editor'] }),
        await user({ scopes: ['Todos.Read'], roles: ['Todos.Read.All'] }),
        await daemon('Todos.Read.All'),
        await daemon('Editor'),
      ]),
    ).toEqual([200, 403, 200, 403])
  })

  test('without roles reject every application, whatever its role', async ({
    open,
    user,
    daemon,
  }) => {
    const api = await open({ userRoles: ['Editor'] })

    expect(
      await statuses(api, [
        await user({ roles: ['Editor'] }),
        await user({ roles: ['Reader'] }),
        await daemon('Editor'),
        await daemon('Reader'),
      ]),
    ).toEqual([200, 403, 403, 403])
  })
})

describe('a requirement without scopes and roles', () => {
  const NAMES = [
    'a user with a scope',
    'an application with a role',
    'an application without',
  ] as const

  test.for([
    [{}, [200, 200, 403]],
    [{ userOnly: true }, [200, 403, 403]],
    [{ appOnly: true }, [403, 200, 403]],
    [{ userOnly: false, appOnly: false }, [200, 200, 403]],
  ] as const)(
    '%o answers a user, an application and one without roles by %o',
    async ([requirement, expected], { open, tokens }) => {
      const api = await open(requirement)

      const found = await statuses(api, await tokens())

      expect(NAMES.map((name, at) => [name, found[at]])).toEqual(
        NAMES.map((name, at) => [name, expected[at]]),
      )
    },
  )

  test('rejects a user whose token has roles and no scope', async ({ open, user }) => {
    const api = await open({})
    const token = await user({ claims: { scp: undefined }, roles: ['Admin'] })

    expect(await statuses(api, [token])).toEqual([401])
  })
})

test('acrs on a route for both are required of users and not of applications', async ({
  open,
  user,
  daemon,
}) => {
  const api = await open({ scopes: ['Todos.Read'], roles: ['Todos.Read.All'], acrs: ['c1'] })
  const stepping = (acrs?: string[]): Promise<string> =>
    user({ scopes: ['Todos.Read'], claims: { xms_cc: ['cp1'], acrs } })

  expect(
    await statuses(api, [
      await daemon('Todos.Read.All'),
      await daemon('Other'),
      await stepping(),
      await stepping(['c2']),
      await stepping(['c1']),
    ]),
  ).toEqual([200, 403, 401, 401, 200])
})

describe('userOnly and appOnly', () => {
  test('reject the other kind of caller, whatever it may do', async ({ open, scoped, daemon }) => {
    const users = await open({ scopes: ['Todos.Read'], userOnly: true })
    const apps = await open({ roles: ['Todos.Read.All'], appOnly: true })
    const tokens = [await scoped('Todos.Read'), await daemon('Todos.Read.All', 'Todos.Read')]

    expect(await statuses(users, tokens)).toEqual([200, 403])
    expect(await statuses(apps, tokens)).toEqual([403, 200])
  })

  test('an application cannot pretend to be a user with a scope in its token', async ({
    open,
    provider,
  }) => {
    const api = await open({ userOnly: true })
    const token = await provider.accessToken({ claims: { idtyp: 'app', scp: 'Todos.Read' } })

    expect(await statuses(api, [token])).toEqual([403])
  })
})

describe('a claims function', () => {
  test('decides on every request, also for a cached token', async ({ open, user }) => {
    const answers = [true, false, true]
    const api = await open({ scopes: ['Todos.Read'], claims: () => answers.shift() ?? false })
    const token = await user()

    expect(await statuses(api, [token, token, token, token])).toEqual([200, 403, 200, 403])
  })

  test('gets the verified claims and cannot change them', async ({ open, user, provider }) => {
    const seen: AccessTokenClaims[] = []
    const api = await open({
      scopes: ['Todos.Read'],
      claims: (claims) => {
        seen.push(claims)
        return Reflect.set(claims, 'oid', 'changed')
      },
    })

    expect(await statuses(api, [await user()])).toEqual([403])
    expect(seen[0]?.oid).toBe(provider.user('alex').oid)
  })

  test('is not called for a token that fails another check', async ({
    open,
    scoped,
    user,
    daemon,
  }) => {
    let asked = 0
    const api = await open({
      scopes: ['Todos.Read'],
      claims: () => {
        asked++
        return true
      },
    })

    expect(
      await statuses(api, [
        await scoped('Other'),
        await user({ key: 'stranger' }),
        await daemon('Todos.Read'),
      ]),
    ).toEqual([403, 401, 403])
    expect(asked).toBe(0)
  })

  test.for([
    ['true', true, 200],
    ['a promise of true', Promise.resolve(true), 200],
    ['false', false, 403],
    ['a promise of false', Promise.resolve(false), 403],
    ['nothing', undefined, 403],
    ['1', 1, 403],
    ['a text', 'true', 403],
    ['an object', {}, 403],
    ['a promise of an object', Promise.resolve({}), 403],
    ['a function', () => true, 403],
  ] as const)(
    'that returns %s allows the caller only for true',
    async ([, answer, status], { open, user }) => {
      const api = await open({ scopes: ['Todos.Read'], claims: () => answer as boolean })
      const token = await user()

      // The token is new for the first request and cached for the second.
      expect(await statuses(api, [token, token, token])).toEqual([status, status, status])
    },
  )

  test.for([
    ['an error', new Error('MARKED-database')],
    ['nothing', undefined],
    ['null', null],
    ["the word 'route'", 'route'],
    ["the word 'router'", 'router'],
    ['a number', 0],
  ] as const)('that throws %s rejects every request', async ([, thrown], { openApi, user }) => {
    const fail = (): never => {
      // oxlint-disable-next-line typescript/only-throw-error -- the attack
      throw thrown
    }
    const predicates = [fail, async () => fail(), async () => Promise.resolve().then(fail)]
    const { call, errors } = await openApi({}, (app, { authorizationRequired }) => {
      predicates.forEach((claims, at) => {
        const secret = (_req: unknown, res: Response): void => void res.json('in')
        app.get(`/middleware/${at}`, authorizationRequired({ scopes: ['Todos.Read'], claims }))
        app.use(`/middleware/${at}`, secret)
        app.get(
          `/wrapped/${at}`,
          authorizationRequired({ scopes: ['Todos.Read'], claims }, secret),
          secret,
        )
        app.use(`/wrapped/${at}`, secret)
      })
    })
    const token = await user()

    for (const path of ['/middleware', '/wrapped']) {
      for (const at of predicates.keys()) {
        for (let time = 0; time < 3; time++) {
          const reply = await call(`${path}/${at}`, token)
          expect(reply.status).toBe(500)
          expect(reply.body).not.toBe('in')
        }
      }
    }
    expect(errors.every((error) => error instanceof Error)).toBe(true)
  })
})

describe('an invalid requirement is rejected when the route is declared', () => {
  const handler: AuthorizationHandler<AuthorizationContext> = (_req, res) => void res.end('in')

  test.for<[string, unknown]>([
    ['no scopes in a list', { scopes: [] }],
    ['no scopes in a text', { scopes: '' }],
    ['spaces for scopes', { scopes: '  ' }],
    ['an unset variable for scopes', { scopes: undefined }],
    ['null for scopes', { scopes: null }],
    ['a list with an unset variable', { scopes: [undefined] }],
    ['a list with an empty text', { scopes: ['Todos.Read', ''] }],
    ['scopes in one text of a list', { scopes: ['Todos.Read Todos.ReadWrite'] }],
    ['an object for scopes', { scopes: { 0: 'Todos.Read' } }],
    ['a set for scopes', { scopes: new Set(['Todos.Read']) }],
    ['no scopes for anyScope', { anyScope: [] }],
    ['an unset variable for anyScope', { scopes: ['Todos.Read'], anyScope: undefined }],
    ['no roles', { scopes: ['Todos.Read'], roles: [] }],
    ['an unset variable for roles', { roles: undefined }],
    ['no userRoles', { scopes: ['Todos.Read'], userRoles: [] }],
    ['an unset variable for userRoles', { scopes: ['Todos.Read'], userRoles: undefined }],
    ['roles of users that none is asked for', { appOnly: true, userRoles: ['Editor'] }],
    ['no acrs', { scopes: ['Todos.Read'], acrs: [] }],
    ['an unset variable for acrs', { scopes: ['Todos.Read'], acrs: undefined }],
    ['an unset variable for claims', { scopes: ['Todos.Read'], claims: undefined }],
    ['a value for claims', { scopes: ['Todos.Read'], claims: true }],
    ['null for claims', { scopes: ['Todos.Read'], claims: null }],
    ['an unset variable for userOnly', { userOnly: undefined }],
    ['null for appOnly', { appOnly: null }],
    ['a text for userOnly', { userOnly: 'false' }],
    ['a number for appOnly', { appOnly: 0 }],
    ['a misspelt option', { scope: ['Todos.Read'] }],
    ['a misspelt option beside a right one', { scopes: ['Todos.Read'], Roles: ['Admin'] }],
    ['an option of the web app', { scopes: ['Todos.Read'], challenge: 'redirect' }],
    ['an option that cannot be seen', { scopes: ['Todos.Read'], [' roles']: ['Admin'] }],
    ['users only and applications only', { userOnly: true, appOnly: true }],
    ['users only with roles', { userOnly: true, roles: ['Admin'] }],
    ['applications only with scopes', { appOnly: true, scopes: ['Todos.Read'] }],
    ['roles that no user is asked for', { userOnly: true, scopes: ['A'], roles: ['Admin'] }],
    ['scopes that no application is asked for', { appOnly: true, scopes: ['A'], roles: ['R'] }],
    ['acrs that no application is asked for', { roles: ['R'], acrs: ['c1'] }],
    ['acrs of users, who are kept out', { appOnly: true, acrs: ['c1'] }],
    ['acrs of users, who are kept out besides', { appOnly: true, roles: ['R'], acrs: ['c1'] }],
    ['a scope that would break the header', { scopes: ['Todos"Read'] }],
    ['a scope with a backslash', { scopes: ['Todos\\Read'] }],
    ['a scope beyond ASCII', { scopes: ['Tödös.\u{1f4a3}'] }],
    ['a text for everything', 'Todos.Read'],
    ['a list for everything', ['Todos.Read']],
    ['an empty list for everything', []],
    ['null for everything', null],
  ])('%s', ([, requirement], { provider }) => {
    const api = new ApiAuth({ authority: provider.authority(), clientId: provider.api.clientId })
    const declare = (form: () => unknown): unknown => {
      try {
        form()
        return 'an open door'
      } catch (error) {
        return IdentityError.is(error) ? error.code : error
      }
    }

    expect(
      declare(() => api.authorizationRequired(requirement as AuthorizationRequirement, handler)),
    ).toBe('configuration')
    expect(declare(() => api.authorizationRequired(requirement as AuthorizationRequirement))).toBe(
      'configuration',
    )
  })

  test('an undefined requirement, with a handler or as middleware', ({ provider }) => {
    const api = new ApiAuth({ authority: provider.authority(), clientId: provider.api.clientId })
    const unset = undefined as unknown as AuthorizationRequirement
    const refused: unknown = expect.objectContaining({ code: 'configuration' })

    expect(() => api.authorizationRequired(unset, handler)).toThrow(refused)
    expect(() => api.authorizationRequired(unset)).toThrow(refused)
  })

  test('while the options are wrong as well', ({ provider }) => {
    const api = new ApiAuth({
      authority: provider.authority(),
      clientId: 7 as unknown as string,
      logger: {},
    })
    const refused: unknown = expect.objectContaining({ code: 'configuration' })

    for (const requirement of [
      { scopes: [] },
      { scope: ['Todos.Read'] },
      { roles: ['R'], acrs: ['c1'] },
      undefined,
    ] as AuthorizationRequirement[]) {
      expect(() => api.authorizationRequired(requirement, handler)).toThrow(refused)
      expect(() => api.authorizationRequired(requirement)).toThrow(refused)
    }
    expect(() => api.authorizationRequired({ scopes: ['Todos.Read'] }, handler)).not.toThrow()
    expect(() => api.authorizationRequired(handler)).not.toThrow()
    expect(() => api.authorizationRequired()).not.toThrow()
  })

  test('a handler and a requirement in the wrong order', ({ provider }) => {
    const api = new ApiAuth({ authority: provider.authority(), clientId: provider.api.clientId })
    const swapped = api.authorizationRequired as (first: unknown, second: unknown) => unknown

    expect(() => swapped(handler, { scopes: ['Todos.Read'] })).toThrow(
      expect.objectContaining({ code: 'configuration' }),
    )
  })

  test('with a message that names the option and shows a valid one', ({ provider }) => {
    const api = new ApiAuth({ authority: provider.authority(), clientId: provider.api.clientId })

    expect(() => api.authorizationRequired({ scopes: [] }, handler)).toThrow(
      /^authorizationRequired\(\) .*scopes.*authorizationRequired\(\{ scopes: \['Todos\.Read'\] \}\)/,
    )
  })
})

test('the message for a misspelled option suggests the right one', ({ provider }) => {
  const api = new ApiAuth({ authority: provider.authority(), clientId: provider.api.clientId })
  const misspelt = { scope: ['Todos.Read'] } as AuthorizationRequirement

  expect(() => api.authorizationRequired(misspelt)).toThrow(
    'authorizationRequired() has no option scope. Did you mean scopes?',
  )
})

test('a requirement that is changed after the route was declared has no effect', async ({
  open,
  scoped,
}) => {
  const requirement = { scopes: ['Todos.ReadWrite'] }
  const api = await open(requirement)
  requirement.scopes.length = 0

  expect(await statuses(api, [await scoped('Todos.Read')])).toEqual([403])
})

test('a list of roles that is changed after the route was declared has no effect', async ({
  open,
  daemon,
}) => {
  const roles = ['Todos.Admin.All']
  const api = await open({ roles })
  roles.push('Todos.Read.All')

  expect(await statuses(api, [await daemon('Todos.Read.All')])).toEqual([403])
})

test('the context describes the caller and is frozen', async ({
  openApi,
  user,
  daemon,
  provider,
}) => {
  const contexts: AuthorizationContext[] = []
  const { call } = await openApi({}, (app, { authorizationRequired }) => {
    app.get(
      '/',
      authorizationRequired((_req, res, context) => {
        contexts.push(context)
        res.json('in')
      }),
    )
  })
  const token = await user({ scopes: ['Todos.Read'], roles: ['Editor'] })
  await call('/', token)
  await call('/', await daemon('Todos.Read.All'))

  const [person, application] = contexts
  expect(person).toMatchObject({
    token,
    clientId: provider.app.clientId,
    scopes: ['Todos.Read'],
    roles: ['Editor'],
    user: { oid: provider.user('alex').oid, tid: provider.user('alex').tenant },
  })
  expect(person?.app).toBeUndefined()
  expect(application).toMatchObject({
    clientId: provider.app.clientId,
    roles: ['Todos.Read.All'],
    app: { clientId: provider.app.clientId },
  })
  expect(application?.user).toBeUndefined()
  for (const context of contexts) {
    expect(Object.isFrozen(context)).toBe(true)
    expect(Object.isFrozen(context.claims)).toBe(true)
  }
})

test('HEAD and every other method are guarded like GET', async ({ openApi, user }) => {
  const { call } = await openApi({}, (app, { authorizationRequired }) => {
    app.all(
      '/',
      authorizationRequired({ scopes: ['Todos.Read'] }, (_req, res) => void res.json('in')),
    )
  })
  const token = await user()

  for (const method of ['HEAD', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'QUERY']) {
    const without = await call('/', undefined, { method })
    expect(without.status).toBe(401)
    expect(without.challenge).toBeDefined()
    expect(without.body === '').toBe(method === 'HEAD')
    expect((await call('/', token, { method })).status).toBe(200)
  }
})
