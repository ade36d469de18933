import { decodeJwt } from 'jose'
import { expectVerifications, cacheToken } from '../../support/protected-api.ts'
import { describe, expect, test, encode, expectRejected, expectAccepted } from './guarded-api.ts'

describe('a token that was verified before', () => {
  test('does not validate a token with the same start and another signature', async ({
    alexToken,
    openWithCachedToken,
  }) => {
    const good = await alexToken()
    const api = await openWithCachedToken(good)
    const end = good.slice(-60)
    const forged = [
      good.slice(0, -60) + end.split('').toReversed().join(''),
      good.replace(/[^.]{3}$/, 'AAA'),
      good.replace(/[^.]+$/, ''),
    ]

    for (const token of forged) {
      const response = await api.call('/any', token)
      expect(response.status).toBe(401)
      expect(response.body).toMatchObject({ error: 'invalid_token' })
    }
    expect(api.acceptedTokens).toEqual([])
    await expectVerifications(api, good, { times: 0, path: '/any' })
  })

  test('does not validate a token with other claims and the same signature', async ({
    alexToken,
    openWithCachedToken,
  }) => {
    const good = await alexToken({ scopes: ['Todos.ReadWrite'] })
    const api = await openWithCachedToken(good)
    const [header, , signature] = good.split('.')
    const claims = encode({ ...decodeJwt(good), scp: 'Todos.Read Todos.ReadWrite' })

    const response = await api.call('/read', `${header}.${claims}.${signature}`)

    expect(response.status).toBe(401)
    expect(api.acceptedTokens).toEqual([])
  })

  test('is accepted after a forgery of it was rejected', async ({ openReady, alexToken }) => {
    const api = await openReady()
    const good = await alexToken()

    await expectRejected(api, good.replace(/[^.]+$/, 'AAAA'), 'signature is wrong')
    await expectAccepted(api, good)
  })

  test('is checked again for each route', async ({ alexToken, openWithCachedToken }) => {
    const token = await alexToken({ scopes: ['Todos.ReadWrite'] })
    const api = await openWithCachedToken(token)
    await expectVerifications(api, token, { times: 0, path: '/any' })

    const replies = await Promise.all(
      (['/read', '/role', '/both', '/editor'] as const).map((path) => api.call(path, token)),
    )

    expect(replies.map(({ status }) => status)).toEqual([403, 403, 403, 403])
  })

  test('is rejected when it expires', async ({ alexToken, openWithCachedToken, clock }) => {
    const token = await alexToken({ expiresIn: 600 })
    const api = await openWithCachedToken(token)
    clock.advance(580)
    await expectVerifications(api, token, { times: 0, path: '/any' })
    clock.advance(20)
    // During the tolerance it is not read from the cache.
    await expectVerifications(api, token, { times: 1, path: '/any' })
    clock.advance(40)
    await expectVerifications(api, token, { times: 1, path: '/any' })
    clock.advance(20)

    const response = await api.call('/any', token)

    expect(response.status).toBe(401)
    expect(response.challenge?.['error_description']).toContain('it has expired')
  })

  test('does not let a handler change the claims for the next request', async ({
    openApi,
    tokenWithClaims,
  }) => {
    const site = await openApi({}, (app, api) => {
      app.get(
        '/',
        api.authorizationRequired((_req, res, { claims, scopes, roles, user }) => {
          const shared = [claims, claims['amr'], scopes, roles, user]
          res.json(shared.map((value) => Reflect.set(value as object, '0', 'Admin')))
        }),
      )
    })
    const token = await tokenWithClaims({ amr: ['pwd'], roles: ['Reader'] })

    // The first request only loads the documents.
    await expectVerifications(site, token, { times: 1 })
    await cacheToken(site, token)

    const { body } = await site.call('/', token)

    expect(body).toEqual([false, false, false, false, false])
  })
})
