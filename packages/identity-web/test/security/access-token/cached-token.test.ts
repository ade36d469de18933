import { decodeJwt } from 'jose'
import { expectVerified, makeKnown } from '../../support/protected-api.ts'
import { describe, expect, test, encode, expectRefused, expectLetIn } from './guarded-api.ts'

describe('a token that was verified before', () => {
  test('helps none with the same beginning and another signature', async ({
    alexs,
    openKnowing,
  }) => {
    const good = await alexs()
    const api = await openKnowing(good)
    const end = good.slice(-60)
    const forged = [
      good.slice(0, -60) + end.split('').toReversed().join(''),
      good.replace(/[^.]{3}$/, 'AAA'),
      good.replace(/[^.]+$/, ''),
    ]

    for (const token of forged) {
      const reply = await api.call('/any', token)
      expect(reply.status).toBe(401)
      expect(reply.body).toMatchObject({ error: 'invalid_token' })
    }
    expect(api.letIn).toEqual([])
    await expectVerified(api, good, { times: 0, path: '/any' })
  })

  test('helps none with other claims and the same signature', async ({ alexs, openKnowing }) => {
    const good = await alexs({ scopes: ['Todos.ReadWrite'] })
    const api = await openKnowing(good)
    const [header, , signature] = good.split('.')
    const claims = encode({ ...decodeJwt(good), scp: 'Todos.Read Todos.ReadWrite' })

    const reply = await api.call('/read', `${header}.${claims}.${signature}`)

    expect(reply.status).toBe(401)
    expect(api.letIn).toEqual([])
  })

  test('is accepted after a forgery of it was rejected', async ({ openWarm, alexs }) => {
    const api = await openWarm()
    const good = await alexs()

    await expectRefused(api, good.replace(/[^.]+$/, 'AAAA'), 'signature is wrong')
    await expectLetIn(api, good)
  })

  test('is held against each route anew', async ({ alexs, openKnowing }) => {
    const token = await alexs({ scopes: ['Todos.ReadWrite'] })
    const api = await openKnowing(token)
    await expectVerified(api, token, { times: 0, path: '/users' })

    const replies = await Promise.all(
      (['/read', '/role', '/both', '/apps'] as const).map((path) => api.call(path, token)),
    )

    expect(replies.map(({ status }) => status)).toEqual([403, 403, 403, 403])
  })

  test('ends when it expires', async ({ alexs, openKnowing, clock }) => {
    const token = await alexs({ expiresIn: 600 })
    const api = await openKnowing(token)
    clock.advance(599)
    await expectVerified(api, token, { times: 0, path: '/any' })
    clock.advance(1)
    // In the tolerance it is no longer taken from memory.
    await expectVerified(api, token, { times: 1, path: '/any' })
    clock.advance(59)
    await expectVerified(api, token, { times: 1, path: '/any' })
    clock.advance(1)

    const reply = await api.call('/any', token)

    expect(reply.status).toBe(401)
    expect(reply.challenge?.['error_description']).toContain('it has expired')
  })

  test('does not let a handler change the claims for the next request', async ({
    openApi,
    claimed,
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
    const token = await claimed({ amr: ['pwd'], roles: ['Reader'] })

    // The first of all only brings the documents.
    await expectVerified(site, token, { times: 1 })
    await makeKnown(site, token)

    const { body } = await site.call('/', token)

    expect(body).toEqual([false, false, false, false, false])
  })
})
