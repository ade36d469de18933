import { createHash } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { ApiAuthOptions, AuthorizationContext } from 'identity-web/express'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { createDoorkeeper } from '../../src/api/guard/authenticate.ts'
import { createRecentCache } from '../../src/caches.ts'
import {
  expectVerifications,
  cacheToken,
  verificationsDuring,
  type ProtectedApi,
} from '../support/protected-api.ts'

const DAY = 24 * 3600

const contexts: AuthorizationContext[] = []

async function statusOf(api: ProtectedApi, bearer: string, path = '/'): Promise<number> {
  return (await api.call(path, bearer)).status
}

/** Changes one character of the signature. */
function withOtherText(bearer: string, at: number): string {
  const letter = bearer[at] === 'A' ? 'B' : 'A'
  return bearer.slice(0, at) + letter + bearer.slice(at + 1)
}

const test = base
  .extend(
    'open',
    ({ openApi, provider }) =>
      async (options: ApiAuthOptions = {}): Promise<ProtectedApi> => {
        contexts.length = 0
        const remember: RequestHandler = (req, res) => {
          if (req.identity?.kind === 'bearer') contexts.push(req.identity)
          res.json('in')
        }
        const api = await openApi(options, (app, guards) => {
          app.get('/', guards.authorizationRequired({ scopes: ['Todos.Read'] }), remember)
          app.get('/write', guards.authorizationRequired({ scopes: ['Todos.ReadWrite'] }), remember)
          app.get(
            '/jobs',
            guards.authorizationRequired({ appPermissions: ['Todos.Read.All'] }),
            remember,
          )
        })
        // The documents are fetched, as in a running API.
        await api.call('/', await provider.accessToken({ as: 'robin' }))
        contexts.length = 0
        return api
      },
  )
  .extend('api', ({ open }) => open())
  .extend('token', ({ tokensWith }) => tokensWith({ as: 'alex' }))

describe('a token', () => {
  test('that is used once is not cached: it is verified at its second use, and then not again', async ({
    api,
    token,
  }) => {
    for (const bearer of [await token(), await token()]) {
      await expectVerifications(api, bearer, { times: 1 })
      await expectVerifications(api, bearer, { times: 1 })
      for (let time = 0; time < 3; time++) {
        await expectVerifications(api, bearer, { times: 0 })
        await expectVerifications(api, bearer, { times: 0, path: '/write' })
      }
    }
  })

  test('that was rejected is verified again, because only valid tokens are cached', async ({
    api,
    token,
  }) => {
    const bad = await token({ key: 'stranger' })

    const found = await verificationsDuring(async () => {
      for (let time = 0; time < 4; time++) expect(await statusOf(api, bad)).toBe(401)
    })

    expect(found).toBe(4)
  })
})

describe('a cached token', () => {
  test('is checked against the requirement of each route, every time', async ({
    api,
    token,
    provider,
  }) => {
    const read = await token({ scopes: ['Todos.Read'] })
    const daemon = await provider.accessToken()
    await cacheToken(api, read)
    await cacheToken(api, daemon, '/jobs')

    const found = await verificationsDuring(async () => {
      for (let time = 0; time < 3; time++) {
        expect(await statusOf(api, read)).toBe(200)
        expect(await statusOf(api, read, '/write')).toBe(403)
        expect(await statusOf(api, read, '/jobs')).toBe(403)
        expect(await statusOf(api, daemon)).toBe(403)
        expect(await statusOf(api, daemon, '/jobs')).toBe(200)
      }
    })

    expect(found).toBe(0)
  })

  test('does not match another one with the same end', async ({ api, token }) => {
    const good = await token()
    const [head = '', payload = '', signature = ''] = good.split('.')
    const claims = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as object
    const rewritten = Buffer.from(JSON.stringify({ ...claims, oid: 'another' })).toString(
      'base64url',
    )
    await cacheToken(api, good)

    for (let time = 0; time < 3; time++) {
      expect(await statusOf(api, `${head}.${rewritten}.${signature}`)).toBe(401)
    }
    for (const at of [0, head.length - 1, head.length + 5, good.length - 100, good.length - 44]) {
      expect(await statusOf(api, withOtherText(good, at))).toBe(401)
    }
    for (const bearer of [`A${good}`, good.slice(1), `${head}.${payload}.${signature}=`]) {
      expect(await statusOf(api, bearer)).toBe(401)
    }
    await expectVerifications(api, good, { times: 0 })
  })

  test('does not match another one with the same start', async ({ api, token }) => {
    const good = await token()
    await cacheToken(api, good)

    for (const at of [good.length - 43, good.length - 9, good.length - 5, good.length - 2]) {
      expect(await statusOf(api, withOtherText(good, at))).toBe(401)
    }
  })

  test('is not shared with another API of the same process', async ({ open, token }) => {
    const one = await open()
    const bearer = await token()
    await cacheToken(one, bearer)
    const strict = await open({ allowedClients: ['99999999-9999-4999-8999-999999999999'] })
    const equal = await open()

    for (let time = 0; time < 3; time++) expect(await statusOf(strict, bearer)).toBe(403)
    await expectVerifications(equal, bearer, { times: 1 })
    await expectVerifications(one, bearer, { times: 0 })
  })
})

describe('a cached token over time', () => {
  test('is rejected when its key ID belongs to another key', async ({
    api,
    token,
    provider,
    clock,
  }) => {
    const bearer = await token({ expiresIn: 3 * DAY })
    await cacheToken(api, bearer)
    const { kid } = JSON.parse(
      Buffer.from(bearer.split('.')[0] ?? '', 'base64url').toString('utf8'),
    ) as { kid: string }
    await provider.rollKeys({ keepOld: false })
    provider.tamper = { jwks: ({ keys }) => ({ keys: keys.map((key) => ({ ...key, kid })) }) }
    clock.advance(DAY + 1)

    expect(await statusOf(api, bearer)).toBe(401)
    // The rejection fetched the documents again.
    expect(await statusOf(api, bearer)).toBe(401)
  })

  test('is rejected when the metadata names another issuer', async ({
    open,
    provider,
    token,
    clock,
  }) => {
    const api = await open({ authority: `${provider.origin}/contoso.onmicrosoft.com` })
    const bearer = await token({ expiresIn: 3 * DAY })
    await cacheToken(api, bearer)
    const tid = 'fab00000-0000-4000-8000-000000000002'
    const iss = `${provider.authority(tid)}/v2.0`
    provider.tamper = { metadata: (document) => ({ ...document, issuer: iss }) }
    clock.advance(DAY + 1)
    // A token of the new issuer makes the API fetch all documents again.
    expect(await statusOf(api, await token({ claims: { iss, tid } }))).toBe(200)

    expect(await statusOf(api, bearer)).toBe(401)
  })

  test('is rejected when the metadata names another issuer, even if the keys are newer', async ({
    open,
    provider,
    token,
    clock,
  }) => {
    const api = await open({ authority: `${provider.origin}/contoso.onmicrosoft.com` })
    const bearer = await token({ expiresIn: 3 * DAY })
    await cacheToken(api, bearer)
    clock.advance(DAY / 2)
    // A key ID that the API does not know makes it fetch the keys again, but not the metadata.
    const forged = await token({ key: 'stranger', header: { kid: 'unknown' } })
    expect(await statusOf(api, forged)).toBe(401)
    const issuer = `${provider.authority('fab00000-0000-4000-8000-000000000002')}/v2.0`
    provider.tamper = { metadata: (document) => ({ ...document, issuer }) }

    clock.advance(DAY / 2 + 1)

    expect(await statusOf(api, bearer)).not.toBe(200)
  })

  test('is accepted during an outage of the provider, like a new one', async ({
    api,
    token,
    provider,
    clock,
  }) => {
    const bearer = await token({ expiresIn: 3 * DAY })
    await cacheToken(api, bearer)
    provider.behave({
      faults: { metadata: { kind: 'drop' }, keys: { kind: 'drop' } },
    })
    clock.advance(DAY + 1)

    // With expired documents, tokens are verified again on every use.
    for (let time = 0; time < 3; time++) await expectVerifications(api, bearer, { times: 1 })
    expect(await statusOf(api, await token())).toBe(200)
  })
})

describe('the context that requests share', () => {
  test('is deeply frozen: a request cannot change what the next one gets', async ({
    api,
    token,
    provider,
  }) => {
    const bearer = await token({
      claims: {
        address: { lines: [{ street: 'Main' }] },
        groups: ['a', 'b'],
        roles: ['Reader'],
      },
    })
    await cacheToken(api, bearer)
    const [, kept, shared] = contexts
    if (kept === undefined) throw new Error('Nobody came in.')
    expect(shared).toBe(kept)

    const attacks: [object, PropertyKey, unknown][] = [
      [kept, 'user', { sub: 'attacker' }],
      [kept, 'claims', {}],
      [kept, 'scopes', ['Todos.Admin']],
      [kept, 'token', 'other'],
      [kept, 'fetch', () => undefined],
      [kept.user ?? {}, 'oid', 'attacker'],
      [kept.claims, 'oid', 'attacker'],
      [kept.claims, 'exp', Number.MAX_SAFE_INTEGER],
      [kept.claims, 'new', true],
      [kept.scopes, 0, 'Todos.Admin'],
      [kept.scopes, 'length', 0],
      [kept.roles, 'length', 0],
      [kept.claims['groups'] as object, 0, 'admins'],
      [kept.claims['address'] as object, 'lines', []],
      [(kept.claims['address'] as { lines: object[] }).lines[0] ?? {}, 'street', 'Other'],
    ]
    const changed = attacks.filter(([target, key, value]) => Reflect.set(target, key, value))
    expect(changed.map(([, key]) => key)).toEqual([])
    for (const list of [kept.scopes, kept.roles]) {
      expect(() => (list as string[]).push('Admin')).toThrow(TypeError)
    }

    await expectVerifications(api, bearer, { times: 0 })
    expect(contexts.at(-1)).toBe(kept)
    expect(contexts.at(-1)).toMatchObject({
      user: { oid: provider.user('alex').oid },
      claims: {
        oid: provider.user('alex').oid,
        groups: ['a', 'b'],
        address: { lines: [{ street: 'Main' }] },
      },
      roles: ['Reader'],
    })
  })

  test('is frozen for an application as well', async ({ api, provider }) => {
    const bearer = await provider.accessToken()
    await cacheToken(api, bearer, '/jobs')
    const kept = contexts.at(-1)
    if (kept?.app === undefined) throw new Error('No application came in.')

    expect(Reflect.set(kept.app, 'clientId', 'attacker')).toBe(false)
    expect(Reflect.set(kept, 'app', {})).toBe(false)
    expect(Reflect.set(kept.roles, 0, 'Admin')).toBe(false)
  })

  test('treats a claim named __proto__ like any other claim', async ({ api, token, provider }) => {
    const valid = await token()
    const claims = Buffer.from(valid.split('.')[1] ?? '', 'base64url').toString('utf8')
    const hostile = JSON.parse(
      claims.replace(/^\{/, '{"__proto__":{"isAdmin":true,"scp":"Todos.Admin"},'),
    ) as Record<string, unknown>

    await cacheToken(api, await provider.sign(hostile))
    expect(contexts).toHaveLength(3)
    for (const context of contexts) expect(context.claims['isAdmin']).toBeUndefined()
    expect(({} as Record<string, unknown>)['isAdmin']).toBeUndefined()
  })
})

describe('the cache of tokens', () => {
  test('contains nearly all of a thousand alternating tokens, and none that is used once', () => {
    const isSecondTime = createDoorkeeper(1000)
    const tokens = Array.from({ length: 1000 }, (_, at) => {
      const signature = createHash('sha256').update(String(at)).digest('base64url')
      return `header.payload.${signature}`
    })

    expect(tokens.filter((name) => isSecondTime(name))).toEqual([])
    expect(tokens.filter((name) => isSecondTime(name)).length).toBeGreaterThan(950)
    // Another API does not share them.
    expect(tokens.filter(createDoorkeeper(1000))).toEqual([])
  })

  test('contains at most twice a thousand of five thousand tokens', () => {
    const cache = createRecentCache<number>()
    const names = Array.from(
      { length: 5000 },
      (_, at) => `header.payload${at}.${String(at).padStart(342, 's')}`,
    )

    names.forEach((name, at) => cache.set(name, at))

    // Newest first, because a hit makes an entry young again and could displace others.
    const found = names.toReversed().filter((name) => cache.get(name) !== undefined)
    expect(found.length).toBeGreaterThan(0)
    expect(found.length).toBeLessThanOrEqual(2000)
  })

  test('contains at most twice eight million characters', () => {
    const cache = createRecentCache<number>()
    const large = (at: number): string => 'x'.repeat(16_000) + String(at).padStart(60, '0')
    for (let at = 0; at < 2500; at++) cache.set(large(at), at)

    let characters = 0
    for (let at = 2499; at >= 0; at--) if (cache.get(large(at)) !== undefined) characters += 16_060

    expect(characters).toBeGreaterThan(0)
    expect(characters).toBeLessThanOrEqual(16_000_000)
  })

  test('contains nearly all of ten thousand tokens in turn if it is sized for them', () => {
    const isSecondTime = createDoorkeeper(10_000)
    const cache = createRecentCache<number>(10_000)
    const names = Array.from({ length: 10_000 }, (_, at) => {
      const signature = createHash('sha512').update(String(at)).digest('base64url')
      return `header.${'p'.repeat(1500)}.${signature}`
    })
    const misses = (): number =>
      names.filter((name, at) => {
        if (cache.get(name) !== undefined) return false
        if (isSecondTime(name)) cache.set(name, at)
        return true
      }).length

    expect([misses(), misses()]).toEqual([10_000, 10_000])
    expect(misses()).toBeLessThan(100)
    expect(misses()).toBeLessThan(100)
  })

  test('has the size of the option cacheEntries', async ({ open, token }) => {
    const tokens = [await token(), await token(), await token()] as const
    const small = await open({ cacheEntries: 1 })
    for (const bearer of tokens) await cacheToken(small, bearer)
    const large = await open({ cacheEntries: 3 })
    for (const bearer of tokens) await cacheToken(large, bearer)

    await expectVerifications(small, tokens[2], { times: 0 })
    await expectVerifications(small, tokens[0], { times: 1 })
    for (const bearer of tokens) await expectVerifications(large, bearer, { times: 0 })
  })

  test('is not filled by tokens that are used once', async ({ open, token }) => {
    const api = await open({ cacheEntries: 2 })
    const good = await token()
    await cacheToken(api, good)

    for (let at = 0; at < 20; at++) {
      const other = await token({ claims: { jti: String(at) } })
      await expectVerifications(api, other, { times: 1 })
    }

    await expectVerifications(api, good, { times: 0 })
  })

  test('is not filled by rejected tokens', async ({ api, token }) => {
    const good = await token()
    await cacheToken(api, good)
    const [head, payload] = good.split('.')
    const forge = (at: number): string =>
      `${head}.${payload}.${Buffer.from(String(at).padStart(256, 'f')).toString('base64url')}`

    const found = await verificationsDuring(async () => {
      for (let from = 0; from < 2500; from += 50) {
        await Promise.all(Array.from({ length: 50 }, (_, at) => api.call('/', forge(from + at))))
      }
    })

    expect(found).toBe(2500)
    await expectVerifications(api, good, { times: 0 })
  })
})
