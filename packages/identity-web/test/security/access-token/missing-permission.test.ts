import type { AccessTokenRequest } from 'identity-web-dev'
import type { ApiAuthOptions } from 'identity-web/express'
import {
  describe,
  TODO_URI,
  B2C_API,
  OLD_API,
  ROLE,
  test,
  expectRefused,
  expectInsufficient,
  expectLetIn,
  type Tokens,
} from './guarded-api.ts'

describe('a token that allows nothing', () => {
  const NOTHING = 'it has no scopes (scp) and is not an app-only token; ask for a scope of this API'

  test.for([
    ['none', undefined],
    ['an empty text', ''],
    ['spaces', '   '],
    ['an empty list', []],
    ['a number', 7],
    ['an object', { 'Todos.Read': true }],
    ['a list of lists', [['Todos.Read']]],
    ['null', null],
  ] as const)('is rejected, with scp: %s', async ([, scp], { open, claimed, version1 }) => {
    const api = await open()

    await expectRefused(api, await claimed({ scp }), NOTHING)
    await expectRefused(api, await version1({ as: 'alex', claims: { scp } }), NOTHING)
  })

  test('is rejected for a user who has roles, and is no application because of them', async ({
    open,
    alexs,
  }) => {
    const api = await open()
    const token = await alexs({ as: 'robin', scopes: [], roles: [ROLE] })

    for (const path of ['/any', '/role', '/both', '/apps'] as const) {
      await expectRefused(api, token, NOTHING, { path })
    }
  })

  test('is rejected where it names nobody by oid', async ({ open, alexs }) => {
    await expectRefused(
      await open(),
      await alexs({ scopes: [], roles: [ROLE], claims: { oid: undefined } }),
      NOTHING,
    )
  })

  test.for([
    ['/any', 'The application has no role of this API'],
    ['/apps', 'The application has no role of this API'],
    ['/role', `The application needs the role ${ROLE}`],
    ['/both', `The application needs the role ${ROLE}`],
  ] as const)(
    'is rejected for an application without a role at %s',
    async ([path, reason], { open, apps }) => {
      await expectInsufficient(await open(), path, await apps({ roles: [] }), reason)
    },
  )
})

describe('a token that allows something else', () => {
  const others = [
    'Todos.ReadWrite',
    'Todos.Read.All',
    'Todos',
    'todos.read',
    'TODOS.READ',
    'xTodos.Read',
    'Todos.Read,Todos.ReadWrite',
    'Todos.ReadWrite\tTodos.Read',
    'Todos.ReadWrite\nTodos.Read',
    'Todos.Read\u00a0',
    `${TODO_URI}/Todos.Read`,
    '__proto__ constructor toString',
    '.default',
    '*',
    'user_impersonation',
  ]

  test.for(others)(
    'is rejected where the route needs Todos.Read: %s',
    async (scp, { open, claimed }) => {
      const api = await open()

      await expectInsufficient(
        api,
        '/read',
        await claimed({ scp }),
        'does not have the scope Todos.Read',
      )
      await expectInsufficient(
        api,
        '/both',
        await claimed({ scp }),
        'does not have the scope Todos.Read',
      )
    },
  )

  test('is accepted where it is one of several', async ({ open, claimed }) => {
    await expectLetIn(await open(), await claimed({ scp: 'a Todos.Read b' }), '/read')
    await expectLetIn(await open(), await claimed({ scp: 'Todos.ReadWrite' }), '/write-or-read')
  })

  test('is rejected where it is none of several', async ({ open, claimed }) => {
    await expectInsufficient(
      await open(),
      '/write-or-read',
      await claimed({ scp: 'Todos.Delete' }),
      'needs the scope Todos.Read or Todos.ReadWrite',
    )
  })

  test.for([
    ['another', ['Todos.Write.All']],
    ['a longer one', [`${ROLE}.Users`]],
    ['a shorter one', ['Todos.Read']],
    ['another case', [ROLE.toLowerCase()]],
    ['one of another API', [`api://other/${ROLE}`]],
    ['both in one text of a list', [`${ROLE} Todos.Write.All`]],
    ['names of objects', ['toString', 'hasOwnProperty']],
  ] as const)(
    'is rejected for an application whose role is %s',
    async ([, roles], { open, apps }) => {
      const api = await open()

      await expectInsufficient(api, '/role', await apps({ roles }), `needs the role ${ROLE}`)
      await expectInsufficient(api, '/both', await apps({ roles }), `needs the role ${ROLE}`)
    },
  )

  test('is rejected for an application that has its role in another API', async ({
    open,
    provider,
  }) => {
    await expectRefused(
      await open(),
      await provider.accessToken({ api: OLD_API, roles: [ROLE] }),
      'it is for api://old-todos.contoso.example',
      { path: '/role' },
    )
  })

  test.for([
    ['/proto-scope', 'does not have the scope __proto__'],
    ['/constructor-scope', 'needs the scope constructor or toString or length'],
    ['/proto-role', 'needs the role __proto__ or constructor or includes'],
  ] as const)(
    'is rejected where the route asks for a name that all objects have: %s',
    async ([path, reason], { open, apps, alexs }) => {
      const api = await open()
      const token = path === '/proto-role' ? await apps() : await alexs()

      await expectInsufficient(api, path, token, reason)
    },
  )

  test('may be named like what all objects have', async ({ open, claimed, apps }) => {
    const api = await open()

    await expectLetIn(api, await claimed({ scp: '__proto__' }), '/proto-scope')
    await expectLetIn(api, await apps({ roles: ['constructor'] }), '/proto-role')
  })
})

describe('users and applications', () => {
  test.for(['/role', '/apps'] as const)(
    'are not the same: a user is rejected at %s, whatever roles they have',
    async (path, { open, alexs }) => {
      await expectInsufficient(
        await open(),
        path,
        await alexs({ as: 'robin', roles: [ROLE] }),
        'the token belongs to a user',
      )
    },
  )

  test.for(['/read', '/users', '/write-or-read'] as const)(
    'are not the same: an application is rejected at %s',
    async (path, { open, apps }) => {
      await expectInsufficient(
        await open(),
        path,
        await apps({ roles: [ROLE, 'Todos.Read'] }),
        'the token belongs to an application',
      )
    },
  )

  test('are told apart where a route takes both: a user needs the scope, not the role', async ({
    open,
    alexs,
  }) => {
    await expectInsufficient(
      await open(),
      '/both',
      await alexs({ as: 'robin', scopes: ['Todos.ReadWrite'], roles: [ROLE] }),
      'does not have the scope Todos.Read',
    )
  })

  test('are told apart where a route takes both: an application needs the role, not the scope', async ({
    open,
    apps,
  }) => {
    await expectInsufficient(
      await open(),
      '/both',
      await apps({ roles: ['Todos.Read'] }),
      `needs the role ${ROLE}`,
    )
  })

  test.for([
    [
      'AD FS',
      ({ provider }: Tokens): ApiAuthOptions => ({ authority: provider.adfsAuthority }),
      ({ alexs }: Tokens, changes: AccessTokenRequest) => alexs({ authority: 'adfs', ...changes }),
    ],
    [
      'Azure AD B2C',
      ({ provider }: Tokens): ApiAuthOptions => ({
        authority: provider.b2cAuthority(),
        clientId: B2C_API,
        audience: undefined,
      }),
      ({ provider }: Tokens, changes: AccessTokenRequest) =>
        provider.accessToken({ as: 'mia', api: B2C_API, ...changes }),
    ],
  ] as const)(
    'are told apart at %s where a user has a role and no scope',
    async ([, options, make], { open, tokens }) => {
      const api = await open(options(tokens))
      const token = await make(tokens, { claims: { scp: undefined, roles: [ROLE] } })

      for (const path of ['/any', '/role', '/apps', '/both'] as const) {
        await expectRefused(api, token, 'is not an app-only token', { path })
      }
    },
  )
})
