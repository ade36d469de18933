import type { AccessTokenRequest } from 'identity-web-dev'
import type { ApiAuthOptions } from 'identity-web/express'
import {
  describe,
  TODO_URI,
  B2C_API,
  PLAIN_API,
  TODO_API,
  OLD_API,
  ROLE,
  test,
  expectRejected,
  expectInsufficient,
  expectAccepted,
  expect,
  type Tokens,
} from './guarded-api.ts'

describe('a token without a permission', () => {
  const NOTHING = 'it has no scopes (scp) and is not an app-only token; ask for a scope of this API'

  test.for([
    ['none', undefined],
    ['an empty string', ''],
    ['spaces', '   '],
    ['an empty list', []],
    ['a list of an empty string', ['']],
    ['a number', 7],
    ['an object', { 'Todos.Read': true }],
    ['a list of lists', [['Todos.Read']]],
    ['null', null],
  ] as const)(
    'is rejected, with scp: %s',
    async ([, scp], { open, tokenWithClaims, version1Token }) => {
      const api = await open()

      await expectRejected(api, await tokenWithClaims({ scp }), NOTHING)
      await expectRejected(api, await version1Token({ as: 'alex', claims: { scp } }), NOTHING)
    },
  )

  test('is rejected for a user with roles, which do not make the user an application', async ({
    open,
    alexToken,
  }) => {
    const api = await open()
    const token = await alexToken({ as: 'robin', scopes: [], roles: [ROLE] })

    for (const path of ['/any', '/role', '/both', '/editor'] as const) {
      await expectRejected(api, token, NOTHING, { path })
    }
  })

  test('is rejected when it does not contain an oid', async ({ open, alexToken }) => {
    await expectRejected(
      await open(),
      await alexToken({ scopes: [], roles: [ROLE], claims: { oid: undefined } }),
      NOTHING,
    )
  })

  test.for([
    ['/any', 'Only users may call this route'],
    ['/editor', 'Only users may call this route'],
    ['/role', `The application needs the app permission ${ROLE}`],
    ['/both', `The application needs the app permission ${ROLE}`],
  ] as const)(
    'is rejected for an application without a role at %s',
    async ([path, reason], { open, appToken }) => {
      await expectInsufficient(await open(), path, await appToken({ roles: [] }), reason)
    },
  )
})

describe('a token with another permission', () => {
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
    'is rejected when the route needs Todos.Read: %s',
    async (scp, { open, tokenWithClaims }) => {
      const api = await open()

      await expectInsufficient(
        api,
        '/read',
        await tokenWithClaims({ scp }),
        'does not have the scope Todos.Read',
      )
      await expectInsufficient(
        api,
        '/both',
        await tokenWithClaims({ scp }),
        'does not have the scope Todos.Read',
      )
    },
  )

  test('is accepted when it is one of several', async ({ open, tokenWithClaims }) => {
    await expectAccepted(await open(), await tokenWithClaims({ scp: 'a Todos.Read b' }), '/read')
    await expectAccepted(
      await open(),
      await tokenWithClaims({ scp: 'Todos.ReadWrite' }),
      '/write-or-read',
    )
  })

  test('is rejected when it is not one of several', async ({ open, tokenWithClaims }) => {
    await expectInsufficient(
      await open(),
      '/write-or-read',
      await tokenWithClaims({ scp: 'Todos.Delete' }),
      'needs the scope Todos.Read or Todos.ReadWrite',
    )
  })

  test.for([
    ['another', ['Todos.Write.All']],
    ['a longer one', [`${ROLE}.Users`]],
    ['a shorter one', ['Todos.Read']],
    ['in another case', [ROLE.toLowerCase()]],
    ['a role of another API', [`api://other/${ROLE}`]],
    ['both in one string of a list', [`${ROLE} Todos.Write.All`]],
    ['property names of objects', ['toString', 'hasOwnProperty']],
  ] as const)(
    'is rejected for an application whose role is %s',
    async ([, roles], { open, appToken }) => {
      const api = await open()

      await expectInsufficient(
        api,
        '/role',
        await appToken({ roles }),
        `needs the app permission ${ROLE}`,
      )
      await expectInsufficient(
        api,
        '/both',
        await appToken({ roles }),
        `needs the app permission ${ROLE}`,
      )
    },
  )

  test('is rejected for an application that has its role in another API', async ({
    open,
    provider,
  }) => {
    await expectRejected(
      await open(),
      await provider.accessToken({ api: OLD_API, roles: [ROLE] }),
      'it is for api://old-todos.contoso.example',
      { path: '/role' },
    )
  })

  test.for([
    ['/proto-scope', 'does not have the scope __proto__'],
    ['/constructor-scope', 'needs the scope constructor or toString or length'],
    ['/proto-role', 'needs the app permission __proto__ or constructor or includes'],
  ] as const)(
    'is rejected when the route requires a name that all objects have: %s',
    async ([path, reason], { open, appToken, alexToken }) => {
      const api = await open()
      const token = path === '/proto-role' ? await appToken() : await alexToken()

      await expectInsufficient(api, path, token, reason)
    },
  )

  test('can have the name of a property that all objects have', async ({
    open,
    tokenWithClaims,
    appToken,
  }) => {
    const api = await open()

    await expectAccepted(api, await tokenWithClaims({ scp: '__proto__' }), '/proto-scope')
    await expectAccepted(api, await appToken({ roles: ['constructor'] }), '/proto-role')
  })
})

describe('an app-only token without idtyp', () => {
  const ID = '77777777-8888-4999-8aaa-bbbbbbbbbbbb'
  /** Tokens of agents at Entra ID look like this. */
  const claims = { idtyp: undefined, scp: '/', oid: ID, sub: ID, roles: ['Editor', ROLE] }

  test.for(['/any', '/read', '/editor', '/write-or-read'] as const)(
    'is not a user because scp is "/": %s',
    async (path, { open, appToken, version1Token }) => {
      const api = await open()

      for (const token of [await appToken({ claims }), await version1Token({ claims })]) {
        await expectInsufficient(api, path, token, 'the token belongs to an application')
      }
    },
  )

  test('has app permissions, and no scopes and roles of a user', async ({ openApi, appToken }) => {
    const site = await openApi({}, (app, api) => {
      app.get(
        '/',
        api.authorizationRequired(
          { scopes: '/', roles: 'Editor', appPermissions: ROLE },
          (_req, res, caller) => {
            const { user, scopes, appPermissions } = caller
            res.json({ isUser: user !== undefined, scopes, appPermissions })
          },
        ),
      )
    })

    expect((await site.call('/', await appToken({ claims }))).body).toEqual({
      isUser: false,
      scopes: [],
      appPermissions: ['Editor', ROLE],
    })
    const without = { ...claims, roles: ['Editor'] }
    expect((await site.call('/', await appToken({ claims: without }))).status).toBe(403)
  })

  test('is rejected if it contradicts itself', async ({ open, alexToken, appToken }) => {
    const api = await open()
    const reason = 'is not an app-only token'

    await expectRejected(api, await appToken({ claims: { ...claims, idtyp: 'user' } }), reason)
    // A user's token whose only scope is none.
    await expectRejected(api, await alexToken({ claims: { scp: '/' } }), reason)
    await expectRejected(api, await alexToken({ claims: { scp: ['/', ''] } }), reason)
  })

  test('keeps the scopes beside "/" for a user', async ({ open, alexToken }) => {
    await expectAccepted(
      await open(),
      await alexToken({ claims: { scp: '/ Todos.Read' } }),
      '/read',
    )
    await expectInsufficient(
      await open(),
      '/write-or-read',
      await alexToken({ claims: { scp: '/ Other' } }),
      'needs the scope',
    )
  })

  test('is not a user at AD FS, and nobody at Azure AD B2C', async ({ open, provider }) => {
    const adfs = await open({ authority: provider.adfsAuthority })
    const b2c = await open({
      authority: provider.b2cAuthority(),
      clientId: B2C_API,
      audience: undefined,
    })
    const atAdfs = await provider.accessToken({
      authority: 'adfs',
      api: TODO_API,
      claims: { scp: '/', roles: ['Editor'] },
    })
    const atB2c = await provider.accessToken({ as: 'mia', api: B2C_API, claims })

    await expectInsufficient(adfs, '/editor', atAdfs, 'the token belongs to an application')
    await expectRejected(b2c, atB2c, 'is not an app-only token', { path: '/editor' })
  })

  test('can have the scope "/" at other providers, where it is a scope', async ({
    openOidc,
    provider,
  }) => {
    const token = await provider.accessToken({
      as: 'alex',
      authority: 'oidc',
      api: PLAIN_API,
      scopes: ['/'],
    })

    await expectAccepted(await openOidc(), token)
  })
})

describe('users and applications', () => {
  test.for(['/role', '/proto-role'] as const)(
    'differ: rejects a user at %s, with any roles',
    async (path, { open, alexToken }) => {
      await expectInsufficient(
        await open(),
        path,
        await alexToken({ as: 'robin', roles: [ROLE] }),
        'the token belongs to a user',
      )
    },
  )

  test.for(['/read', '/any', '/editor', '/write-or-read'] as const)(
    'differ: rejects an application at %s',
    async (path, { open, appToken }) => {
      await expectInsufficient(
        await open(),
        path,
        await appToken({ roles: [ROLE, 'Todos.Read', 'Editor'] }),
        'the token belongs to an application',
      )
    },
  )

  test('are distinguished when a route accepts both: a user needs the scope, not the role', async ({
    open,
    alexToken,
  }) => {
    await expectInsufficient(
      await open(),
      '/both',
      await alexToken({ as: 'robin', scopes: ['Todos.ReadWrite'], roles: [ROLE] }),
      'does not have the scope Todos.Read',
    )
  })

  test('are distinguished when a route accepts both: an application needs the role, not the scope', async ({
    open,
    appToken,
  }) => {
    await expectInsufficient(
      await open(),
      '/both',
      await appToken({ roles: ['Todos.Read'] }),
      `needs the app permission ${ROLE}`,
    )
  })

  test.for([
    [
      'AD FS',
      ({ provider }: Tokens): ApiAuthOptions => ({ authority: provider.adfsAuthority }),
      ({ alexToken }: Tokens, changes: AccessTokenRequest) =>
        alexToken({ authority: 'adfs', ...changes }),
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
    'are distinguished at %s when a user has a role but not a scope',
    async ([, options, make], { open, tokens }) => {
      const api = await open(options(tokens))
      const token = await make(tokens, { claims: { scp: undefined, roles: [ROLE] } })

      for (const path of ['/any', '/role', '/editor', '/both'] as const) {
        await expectRejected(api, token, 'is not an app-only token', { path })
      }
    },
  )
})
