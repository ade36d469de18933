import { decodeJwt } from 'jose'
import {
  describe,
  CLIENT,
  TODO_API,
  B2C_API,
  PLAIN_API,
  ROLE,
  test,
  expectRefused,
  expectLetIn,
} from './guarded-api.ts'

describe('an ID token', () => {
  const SENTENCE = 'it is an ID token; send an access token for a scope of this API'

  test.for([
    ['of the client', CLIENT],
    ['of the API itself, which signs users in too', TODO_API],
  ] as const)(
    '%s is rejected, and the answer says what it is',
    async ([, clientId], { open, idTokenOf }) => {
      await expectRefused(await open(), await idTokenOf(clientId), SENTENCE)
    },
  )

  test.for([
    ['with the role of an application', { roles: [ROLE] }],
    ['with the scope of the route', { scp: 'Todos.Read' }],
    ['of somebody whose sub and oid are the same', { sub: 'x', oid: 'x', roles: [ROLE] }],
    ['that says that it is an application’s', { idtyp: 'app', roles: [ROLE] }],
  ] as const)('%s is rejected', async ([, changes], { idTokenOf, open, provider }) => {
    const claims = decodeJwt(await idTokenOf(TODO_API))
    const api = await open()

    for (const path of ['/any', '/role', '/read', '/apps'] as const) {
      await expectRefused(api, await provider.sign({ ...claims, ...changes }), SENTENCE, { path })
    }
  })

  test('is what a token is taken for that names no client', async ({
    open,
    claimed,
    apps,
    version1,
  }) => {
    const api = await open()

    await expectRefused(api, await claimed({ azp: undefined }), SENTENCE)
    await expectRefused(api, await apps({ claims: { azp: undefined } }), SENTENCE)
    await expectRefused(api, await version1({ as: 'alex', claims: { appid: undefined } }), SENTENCE)
  })

  test('of Azure AD B2C is rejected', async ({ open, provider, idTokenOf }) => {
    const api = await open({
      authority: provider.b2cAuthority(),
      clientId: B2C_API,
      audience: undefined,
    })
    const token = await idTokenOf(B2C_API, { authority: provider.b2cAuthority(), as: 'mia' })

    await expectRefused(api, token, SENTENCE)
  })

  test('of AD FS is rejected', async ({ open, provider, idTokenOf }) => {
    const api = await open({ authority: provider.adfsAuthority })
    const token = await idTokenOf(TODO_API, {
      authority: provider.adfsAuthority,
      paths: '/oauth2',
    })

    await expectRefused(api, token, SENTENCE)
  })

  test('of any other provider is rejected', async ({ open, provider, idTokenOf }) => {
    const api = await open({
      authority: undefined,
      oidcAuthority: provider.oidcAuthority,
      audience: undefined,
    })
    const token = await idTokenOf(TODO_API, { authority: provider.oidcAuthority, paths: '' })
    const { nonce: _nonce, at_hash: _hash, ...refreshed } = decodeJwt(token)

    await expectRefused(api, token, SENTENCE)
    await expectRefused(api, await provider.sign(refreshed), SENTENCE)
    await expectRefused(
      api,
      await provider.sign({ ...decodeJwt(token), scope: 'Todos.Read' }),
      SENTENCE,
    )
  })
})

describe('the type of a token', () => {
  test.for([
    'logout+jwt',
    'dpop+jwt',
    'secevent+jwt',
    'id_token+jwt',
    'JWS',
    'at+jwt ',
    '',
    'JOSE',
  ])(
    '%s is rejected, at Microsoft and elsewhere',
    async (typ, { open, alexs, openPlain, provider }) => {
      await expectRefused(await open(), await alexs({ header: { typ } }), 'its type (typ) is ')
      await expectRefused(
        await openPlain(),
        await provider.accessToken({
          as: 'alex',
          authority: 'oidc',
          api: PLAIN_API,
          scopes: ['x'],
          header: { typ },
        }),
        'its type (typ) is ',
      )
    },
  )

  test.for([7, null, ['JWT'], { JWT: 1 }, true])('%o is rejected', async (typ, { open, alexs }) => {
    await expectRefused(await open(), await alexs({ header: { typ } }), 'its type (typ) is nothing')
  })

  test.for(['at+jwt', 'JWT', 'jwt', undefined])('%s is taken', async (typ, { open, alexs }) => {
    await expectLetIn(await open(), await alexs({ header: { typ } }))
  })
})
