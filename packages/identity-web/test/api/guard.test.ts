import type { Response } from 'express'
import { IdentityError } from 'identity-web'
import {
  ApiAuth,
  type AccessTokenClaims,
  type ApiAuthOptions,
  type GuardedHandler,
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

/** Sends each token to the API, and compares the status of the response. */
async function expectStatuses(
  api: ProtectedApi,
  expected: readonly (readonly [status: number, token: Promise<string>])[],
): Promise<void> {
  const tokens = await Promise.all(expected.map(([, token]) => token))
  expect(await statuses(api, tokens)).toEqual(expected.map(([status]) => status))
}

const test = base
  .extend('user', ({ tokensWith }) => tokensWith({ as: 'alex' }))

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

    await expectStatuses(api, [
      [403, scoped('Todos.Read')],
      [403, scoped('Todos.ReadWrite')],
      [403, scoped('Todos.Other')],
      [200, scoped('Todos.ReadWrite', 'Other', 'Todos.Read')],
    ])
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

  test('are not satisfied by app permissions of the same name, nor app permissions by scopes', async ({
    open,
    user,
    daemon,
    scoped,
  }) => {
    const byScope = await open({ scopes: ['Todos.Read'] })
    const byPermission = await open({ appPermissions: ['Todos.Read'] })

    await expectStatuses(byScope, [
      [403, user({ claims: { scp: 'Other' }, roles: ['Todos.Read'] })],
      [403, daemon('Todos.Read')],
    ])
    await expectStatuses(byPermission, [
      [403, scoped('Todos.Read')],
      [403, user({ claims: { scp: 'Todos.Read' }, roles: ['Todos.Read'] })],
      [200, daemon('Todos.Read')],
    ])
  })

  test('with anyOf: one of them is enough', async ({ open, scoped, daemon }) => {
    const api = await open({ scopes: { anyOf: 'Todos.Read Todos.ReadWrite' } })

    await expectStatuses(api, [
      [200, scoped('Todos.Read')],
      [200, scoped('Todos.ReadWrite')],
      [403, scoped('Todos.Other')],
      [403, daemon('Todos.Read')],
    ])
  })

  test('with anyOf as a list, with and without the prefix', async ({ open, scoped }) => {
    const api = await open({ scopes: { anyOf: ['Todos.Read', `${PREFIX}/Todos.ReadWrite`] } })

    await expectStatuses(api, [
      [200, scoped('Todos.Read')],
      [200, scoped('Todos.ReadWrite')],
      [403, scoped('Todos.Other')],
    ])
  })
})

// The rows of the table "Who may call a guarded API": each requirement, and the responses to the tokens below.
describe('who may call a guarded API', () => {
  const TOKENS = [
    'a user with another scope',
    'a user with the scope',
    'a user with the scope and the role',
    'a user with another scope and the role',
    'an application with the app permission',
    'an application with another app permission',
    'an application with none',
  ] as const

  test.for<[AuthorizationRequirement, readonly number[]]>([
    [{}, [200, 200, 200, 200, 403, 403, 403]],
    [{ scopes: ['Read'] }, [403, 200, 200, 403, 403, 403, 403]],
    [{ scopes: ['Read'], roles: ['Editor'] }, [403, 403, 200, 403, 403, 403, 403]],
    [{ roles: ['Editor'] }, [403, 403, 200, 200, 403, 403, 403]],
    [{ appPermissions: ['Read.All'] }, [403, 403, 403, 403, 200, 403, 403]],
    [{ scopes: ['Read'], appPermissions: ['Read.All'] }, [403, 200, 200, 403, 200, 403, 403]],
    [{ roles: ['Editor'], appPermissions: ['Read.All'] }, [403, 403, 200, 200, 200, 403, 403]],
    [
      { scopes: ['Read'], roles: ['Editor'], appPermissions: ['Read.All'] },
      [403, 403, 200, 403, 200, 403, 403],
    ],
    [{ claims: { tested: true } }, [200, 200, 200, 200, 403, 403, 403]],
    [
      { claims: { tested: true }, appPermissions: ['Read.All'] },
      [403, 403, 403, 403, 200, 403, 403],
    ],
    [{ claims: { tested: false } }, [403, 403, 403, 403, 403, 403, 403]],
    [
      { claims: { tested: false }, scopes: ['Read'], appPermissions: ['Read.All'] },
      [403, 403, 403, 403, 403, 403, 403],
    ],
    [
      { acrs: ['c1'], appPermissions: ['Read.All'] },
      // A client of these tokens does not support claims challenges.
      [403, 403, 403, 403, 200, 403, 403],
    ],
  ])('%o', async ([requirement, expected], { open, user, provider }) => {
    const api = await open(requirement)
    const claims = { tested: true }
    const of = (scp: string, roles: string[]): Promise<string> =>
      user({ claims: { ...claims, scp }, roles })
    const app = (...roles: string[]): Promise<string> => provider.accessToken({ roles, claims })

    const found = await statuses(api, [
      await of('Other', []),
      await of('Read', ['Reader']),
      await of('Read Other', ['Reader', 'Editor']),
      await of('Other', ['Editor', 'Read']),
      await app('Other.All', 'Read.All'),
      await app('Read', 'Editor'),
      await app(),
    ])

    expect(TOKENS.map((name, at) => [name, found[at]])).toEqual(
      TOKENS.map((name, at) => [name, expected[at]]),
    )
  })

  test('rejects a user whose token has roles and no scope', async ({ open, user }) => {
    const api = await open({})
    const token = await user({ claims: { scp: undefined }, roles: ['Admin'] })

    expect(await statuses(api, [token])).toEqual([401])
  })

  test('an application cannot pretend to be a user with a scope in its token', async ({
    open,
    provider,
  }) => {
    const api = await open({ scopes: ['Todos.Read'] })
    const token = await provider.accessToken({ claims: { idtyp: 'app', scp: 'Todos.Read' } })

    expect(await statuses(api, [token])).toEqual([403])
  })
})

describe('roles', () => {
  test('in a list: one of them is enough', async ({ open, user }) => {
    const api = await open({ roles: ['Editor', 'Admin'] })

    await expectStatuses(api, [
      [200, user({ roles: ['Admin'] })],
      [200, user({ roles: ['Reader', 'Editor'] })],
      [403, user({ roles: ['Reader'] })],
      [403, user({ roles: ['editor'] })],
      [403, user({ claims: { scp: 'Todos.Read Admin' }, roles: [] })],
    ])
  })

  test('with allOf are all required', async ({ open, user }) => {
    const api = await open({ roles: { allOf: ['Editor', 'Admin'] } })

    await expectStatuses(api, [
      [403, user({ roles: ['Admin'] })],
      [403, user({ roles: ['Editor'] })],
      [200, user({ roles: ['Admin', 'Reader', 'Editor'] })],
    ])
  })

  test('as a string are one role', async ({ open, user }) => {
    const api = await open({ roles: 'Editor' })

    await expectStatuses(api, [
      [200, user({ roles: ['Editor'] })],
      [403, user({ roles: ['Reader'] })],
    ])
  })

  test('are not for applications: the log says to use appPermissions', async ({ open, daemon }) => {
    const api = await open({ roles: ['Todos.Read.All', 'Other'] })

    const rejected = await api.call('/', await daemon('Todos.Read.All'))

    expect(rejected.status).toBe(403)
    expect(rejected.body).toMatchObject({ error: 'insufficient_scope' })
    expect(api.logs.join('\n')).toContain('use appPermissions for applications')
  })

  test('without the value in the token leave out this hint', async ({ open, daemon }) => {
    const api = await open({ roles: ['Editor'] })

    await api.call('/', await daemon('Todos.Read.All'))

    expect(api.logs.join('\n')).not.toContain('appPermissions')
  })
})

describe('appPermissions', () => {
  test('in a list: one of them is enough, with allOf all', async ({ open, daemon, user }) => {
    const one = await open({ appPermissions: ['Todos.Read.All', 'Todos.Admin.All'] })
    const all = await open({ appPermissions: { allOf: ['Todos.Read.All', 'Todos.Admin.All'] } })
    const tokens = [
      await daemon('Todos.Admin.All'),
      await daemon('Other', 'Todos.Read.All'),
      await daemon('Todos.Read.All', 'Todos.Admin.All'),
      await daemon('Other'),
      await daemon(),
      await user({ roles: ['Todos.Read.All', 'Todos.Admin.All'] }),
    ]

    expect(await statuses(one, tokens)).toEqual([200, 200, 200, 403, 403, 403])
    expect(await statuses(all, tokens)).toEqual([403, 403, 200, 403, 403, 403])
  })
})

describe('groups', () => {
  const STAFF = '90000000-0000-4000-8000-000000000021'
  const BOARD = '90000000-0000-4000-8000-000000000022'
  const clientCredential = 'todo-api-secret'

  test('in a list: one of them is enough, with allOf all, in any case', async ({
    open,
    user,
    daemon,
  }) => {
    const one = await open({ groups: [STAFF, BOARD] }, { clientCredential })
    const all = await open(
      { groups: { allOf: [STAFF, BOARD.toUpperCase()] } },
      { clientCredential },
    )
    const of = (...groups: string[]): Promise<string> => user({ claims: { groups } })
    const tokens = [
      await of(STAFF),
      await of(BOARD.toUpperCase(), STAFF),
      await of('90000000-0000-4000-8000-000000000099'),
      await of(),
      await user({ claims: { groups: undefined } }),
      await user({ claims: { groups: STAFF.slice(0, 8) } }),
      await daemon('Todos.Read.All'),
    ]

    expect(await statuses(one, tokens)).toEqual([200, 200, 403, 403, 403, 403, 403])
    expect(await statuses(all, tokens)).toEqual([403, 200, 403, 403, 403, 403, 403])
  })

  test.for<[string, AuthorizationRequirement, ApiAuthOptions, RegExp]>([
    [
      'without a credential',
      { groups: [STAFF] },
      {},
      /needs a credential.*IDENTITY_CLIENT_SECRET.*\. Example: authorizationRequired\(\{ groups: \['[0-9a-f-]{36}'\] \}\)\.$/,
    ],
    [
      'with a name',
      { groups: ['Staff'] },
      { clientCredential },
      /requires object IDs.*Staff\. Example: authorizationRequired\(\{ groups: \['[0-9a-f-]{36}'\] \}\)\.$/,
    ],
  ])(
    '%s are an error when the route is declared',
    ([, requirement, options, message], { provider }) => {
      const api = new ApiAuth({
        authority: provider.authority(),
        clientId: provider.api.clientId,
        ...options,
      })

      expect(() => api.authorizationRequired(requirement)).toThrow(message)
    },
  )
})

describe('another provider', () => {
  const PLAIN = 'https://todos.example'

  const plain = (oidcAuthority: string, options: ApiAuthOptions = {}): ApiAuthOptions => ({
    authority: undefined,
    oidcAuthority,
    clientId: PLAIN,
    audience: PLAIN,
    ...options,
  })

  test('appPermissions are compared with the scopes of the application', async ({
    open,
    provider,
  }) => {
    const api = await open({ appPermissions: ['todos:read'] }, plain(provider.oidcAuthority))
    const token = (scope: string, roles: string[]): Promise<string> =>
      provider.accessToken({ authority: 'oidc', api: PLAIN, roles, claims: { scope } })

    await expectStatuses(api, [
      [200, token('todos:write todos:read', [])],
      [403, token('todos:write', ['todos:read'])],
    ])
  })

  test('with scopes: false, a user needs no scope and everything else', async ({
    open,
    provider,
  }) => {
    const { oidcAuthority } = provider
    const byRole = await open({ scopes: false, roles: ['Editor'] }, plain(oidcAuthority))
    const byClaim = await open({ scopes: false, claims: { plan: 'pro' } }, plain(oidcAuthority))
    const strict = await open({ roles: ['Editor'] }, plain(oidcAuthority))
    const token = (claims: object): Promise<string> =>
      provider.accessToken({
        authority: 'oidc',
        api: PLAIN,
        as: 'robin',
        claims: { scope: undefined, ...claims },
      })
    const tokens = [
      await token({ roles: ['Editor'] }),
      await token({ plan: 'pro', roles: ['Reader'] }),
      await provider.accessToken({ authority: 'oidc', api: PLAIN, roles: ['Editor'] }),
    ]

    expect(await statuses(byRole, tokens)).toEqual([200, 403, 403])
    expect(await statuses(byClaim, tokens)).toEqual([403, 200, 403])
    expect(await statuses(strict, tokens)).toEqual([403, 403, 403])
  })

  test.for<[string, AuthorizationRequirement, ApiAuthOptions]>([
    ['alone', { scopes: false }, {}],
    ['with groups alone', { scopes: false, groups: ['staff'] }, {}],
    ['with appPermissions alone', { scopes: false, appPermissions: ['todos:read'] }, {}],
  ])('scopes: false %s is an error', ([, requirement, options], { provider }) => {
    const api = new ApiAuth(plain(provider.oidcAuthority, options))

    expect(() => api.authorizationRequired(requirement)).toThrow(/scopes: false/)
  })

  test('scopes: false is allowed with allowedClients, and an error at Microsoft', ({
    provider,
  }) => {
    const allowed = new ApiAuth(plain(provider.oidcAuthority, { allowedClients: ['spa'] }))
    const microsoft = new ApiAuth({
      authority: provider.authority(),
      clientId: provider.api.clientId,
      allowedClients: ['spa'],
    })

    expect(() => allowed.authorizationRequired({ scopes: false })).not.toThrow()
    expect(() => microsoft.authorizationRequired({ scopes: false, roles: ['Editor'] })).toThrow(
      /because Microsoft puts scopes into every access token of a user/,
    )
  })
})

describe('claims as an object', () => {
  test('are compared with ===, and a list must contain the value', async ({ open, user }) => {
    const api = await open({ claims: { department: 'HR', level: 3 } })
    const of = (claims: object): Promise<string> => user({ claims: { ...claims } })

    await expectStatuses(api, [
      [200, of({ department: 'HR', level: 3 })],
      [200, of({ department: ['IT', 'HR'], level: [3] })],
      [403, of({ department: 'HR' })],
      [403, of({ department: 'HR', level: '3' })],
      [403, of({ department: 'HRX', level: 3 })],
      [403, of({ department: 'hr', level: 3 })],
      [403, of({ department: { HR: true }, level: 3 })],
      [403, of({ department: null, level: 3 })],
    ])
  })

  test('that are changed after the route was declared have no effect', async ({ open, user }) => {
    const claims: Record<string, string> = { department: 'HR' }
    const api = await open({ claims })
    claims['department'] = 'IT'

    expect(await statuses(api, [await user({ claims: { department: 'IT' } })])).toEqual([403])
  })
})

test('acrs on a route for both are required of users and not of applications', async ({
  open,
  user,
  daemon,
}) => {
  const api = await open({
    scopes: ['Todos.Read'],
    appPermissions: ['Todos.Read.All'],
    acrs: ['c1'],
  })
  const stepping = (acrs?: string[]): Promise<string> =>
    user({ scopes: ['Todos.Read'], claims: { xms_cc: ['cp1'], acrs } })

  await expectStatuses(api, [
    [200, daemon('Todos.Read.All')],
    [403, daemon('Other')],
    [401, stepping()],
    [401, stepping(['c2'])],
    [200, stepping(['c1'])],
  ])
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

    await expectStatuses(api, [
      [403, scoped('Other')],
      [401, user({ key: 'stranger' })],
      [403, daemon('Todos.Read')],
    ])
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
  const handler: GuardedHandler<AuthorizationContext> = (_req, res) => void res.end('in')

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
    ['no scopes for anyOf', { scopes: { anyOf: [] } }],
    ['an empty text for anyOf', { scopes: { anyOf: '' } }],
    ['an unset variable for anyOf', { scopes: { anyOf: undefined } }],
    ['anyOf with another key', { scopes: { anyOf: ['A'], allOf: ['B'] } }],
    ['allOf for scopes', { scopes: { allOf: ['A'] } }],
    ['true for scopes', { scopes: true }],
    ['no roles', { scopes: ['Todos.Read'], roles: [] }],
    ['an unset variable for roles', { roles: undefined }],
    ['an empty text for roles', { roles: '' }],
    ['no roles for allOf', { roles: { allOf: [] } }],
    ['an unset variable for allOf', { roles: { allOf: undefined } }],
    ['a list with an unset variable for allOf', { roles: { allOf: ['A', undefined] } }],
    ['anyOf for roles', { roles: { anyOf: ['A'] } }],
    ['two roles in one text', { roles: 'Editor Admin' }],
    ['false for roles', { roles: false }],
    ['no groups', { groups: [] }],
    ['an unset variable for groups', { groups: [undefined] }],
    ['no appPermissions', { scopes: ['Todos.Read'], appPermissions: [] }],
    ['an unset variable for appPermissions', { appPermissions: undefined }],
    ['no app permissions for allOf', { appPermissions: { allOf: [] } }],
    ['no acrs', { scopes: ['Todos.Read'], acrs: [] }],
    ['an unset variable for acrs', { scopes: ['Todos.Read'], acrs: undefined }],
    ['an unset variable for claims', { scopes: ['Todos.Read'], claims: undefined }],
    ['a value for claims', { scopes: ['Todos.Read'], claims: true }],
    ['null for claims', { scopes: ['Todos.Read'], claims: null }],
    ['no claims', { scopes: ['Todos.Read'], claims: {} }],
    ['an unset variable for a claim', { claims: { department: undefined } }],
    ['an empty text for a claim', { claims: { department: '' } }],
    ['a list for a claim', { claims: { department: ['HR'] } }],
    ['an object for a claim', { claims: { department: { name: 'HR' } } }],
    ['not a number for a claim', { claims: { level: Number.NaN } }],
    ['a misspelt option', { scope: ['Todos.Read'] }],
    ['a misspelt option beside a right one', { scopes: ['Todos.Read'], Roles: ['Admin'] }],
    ['an option of version 0.1: anyScope', { anyScope: ['Todos.Read'] }],
    ['an option of version 0.1: userRoles', { userRoles: ['Editor'] }],
    ['an option of version 0.1: userOnly', { userOnly: true }],
    ['an option of version 0.1: appOnly', { appOnly: true }],
    ['an option of the web app', { scopes: ['Todos.Read'], challenge: 'redirect' }],
    ['an option that cannot be seen', { scopes: ['Todos.Read'], [' roles']: ['Admin'] }],
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
      { roles: [] },
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

    const scopes: string[] = []
    expect(() => api.authorizationRequired({ scopes }, handler)).toThrow(
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

test('a list of app permissions that is changed after the route was declared has no effect', async ({
  open,
  daemon,
}) => {
  const appPermissions = ['Todos.Admin.All']
  const api = await open({ appPermissions })
  appPermissions.push('Todos.Read.All')

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
      authorizationRequired(
        { scopes: ['Todos.Read'], appPermissions: ['Todos.Read.All'] },
        (_req, res, context) => {
          contexts.push(context)
          res.json('in')
        },
      ),
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
    appPermissions: ['Todos.Read.All'],
    app: { clientId: provider.app.clientId },
  })
  expect(person?.appPermissions).toBeUndefined()
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
