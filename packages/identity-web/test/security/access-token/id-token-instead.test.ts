import { decodeJwt } from 'jose'
import {
  describe,
  CLIENT,
  TODO_API,
  B2C_API,
  PLAIN_API,
  ROLE,
  test,
  expectRejected,
  expectAccepted,
} from './guarded-api.ts'

describe('an ID token', () => {
  const SENTENCE = 'it is an ID token; send an access token for a scope of this API'

  test.for([
    ['of the client', CLIENT],
    ['of the API itself, which signs users in too', TODO_API],
  ] as const)('%s is rejected as an ID token', async ([, clientId], { open, idTokenOf }) => {
    await expectRejected(await open(), await idTokenOf(clientId), SENTENCE)
  })

  test.for([
    ['with the role of an application', { roles: [ROLE] }],
    ['with the scope of the route', { scp: 'Todos.Read' }],
    ['of a user whose sub and oid are the same', { sub: 'x', oid: 'x', roles: [ROLE] }],
    ['that claims to be from an application', { idtyp: 'app', roles: [ROLE] }],
  ] as const)('%s is rejected', async ([, changes], { idTokenOf, open, provider }) => {
    const claims = decodeJwt(await idTokenOf(TODO_API))
    const api = await open()

    for (const path of ['/any', '/role', '/read', '/editor'] as const) {
      await expectRejected(api, await provider.sign({ ...claims, ...changes }), SENTENCE, { path })
    }
  })

  test('is the assumed type of a token without a client', async ({
    open,
    tokenWithClaims,
    appToken,
    version1Token,
  }) => {
    const api = await open()

    await expectRejected(api, await tokenWithClaims({ azp: undefined }), SENTENCE)
    await expectRejected(api, await appToken({ claims: { azp: undefined } }), SENTENCE)
    await expectRejected(
      api,
      await version1Token({ as: 'alex', claims: { appid: undefined } }),
      SENTENCE,
    )
  })

  test('of Azure AD B2C is rejected', async ({ open, provider, idTokenOf }) => {
    const api = await open({
      authority: provider.b2cAuthority(),
      clientId: B2C_API,
      audience: undefined,
    })
    const token = await idTokenOf(B2C_API, { authority: provider.b2cAuthority(), as: 'mia' })

    await expectRejected(api, token, SENTENCE)
  })

  test('of AD FS is rejected', async ({ open, provider, idTokenOf }) => {
    const api = await open({ authority: provider.adfsAuthority })
    const token = await idTokenOf(TODO_API, {
      authority: provider.adfsAuthority,
      paths: '/oauth2',
    })

    await expectRejected(api, token, SENTENCE)
  })

  test('of any other provider is rejected', async ({ open, provider, idTokenOf }) => {
    const api = await open({
      authority: undefined,
      oidcAuthority: provider.oidcAuthority,
      audience: undefined,
    })
    const token = await idTokenOf(TODO_API, { authority: provider.oidcAuthority, paths: '' })
    const { nonce: _nonce, at_hash: _hash, ...refreshed } = decodeJwt(token)

    await expectRejected(api, token, SENTENCE)
    await expectRejected(api, await provider.sign(refreshed), 'it can be an ID token')
    await expectRejected(
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
    async (typ, { open, alexToken, openOidc, provider }) => {
      await expectRejected(await open(), await alexToken({ header: { typ } }), 'its type (typ) is ')
      await expectRejected(
        await openOidc(),
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

  test.for([7, null, ['JWT'], { JWT: 1 }, true])(
    '%o is rejected',
    async (typ, { open, alexToken }) => {
      await expectRejected(
        await open(),
        await alexToken({ header: { typ } }),
        'its type (typ) is nothing',
      )
    },
  )

  test.for(['at+jwt', 'JWT', 'jwt', undefined])(
    '%s is accepted',
    async (typ, { open, alexToken }) => {
      await expectAccepted(await open(), await alexToken({ header: { typ } }))
    },
  )
})
