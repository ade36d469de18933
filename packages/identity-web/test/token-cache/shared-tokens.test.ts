import { memoryStore, type SessionStore } from 'identity-web'
import { describe, expect, test as base, vi } from 'vitest'
import {
  startTokenServer,
  TOKENS_SECRET,
  type TokenServerOptions,
} from '../support/token-server.ts'

const CLAIMS = { access_token: { nbf: { essential: true, value: '1604106651' } } }

const test = base
  .extend('store', (): SessionStore => memoryStore())
  .extend('clock', () => {
    let seconds = 1_700_000_000
    return { now: () => seconds, advance: (by: number) => void (seconds += by) }
  })
  /** Starts a server that has the store and the clock of the test. */
  .extend(
    'start',
    ({ store, clock }) =>
      (options: Partial<TokenServerOptions> = {}) =>
        startTokenServer({ store, now: clock.now, ...options }),
  )

const tokenOf = ({ token }: { readonly token: { readonly token: string } }) => token.token

describe('servers with one store', () => {
  test('request a token once, also after a restart', async ({ start }) => {
    const first = start()
    const token = tokenOf(await first.get())

    for (const server of [start(), start()]) {
      expect(tokenOf(await server.get())).toBe(token)
      expect(server.sent).toEqual([])
    }
  })

  test('share a token whose scopes differ only in case at Microsoft alone', async ({ start }) => {
    const request = (ignoresCase: boolean, name: string): Promise<string> =>
      start()
        .get({ ignoresCase, names: [name], tokenEndpoint: `https://${ignoresCase}.example/token` })
        .then(tokenOf)

    expect(await request(true, 'Read')).toBe(await request(true, 'read'))
    expect(await request(false, 'Read')).not.toBe(await request(false, 'read'))
  })

  test('request a token once if they need it at the same time', async ({ start }) => {
    const respond = async () => {
      await pause(150)
      return {}
    }
    const servers = Array.from({ length: 8 }, () => start({ respond }))

    const tokens = await Promise.all(servers.map((server) => server.get()))

    expect(new Set(tokens.map(tokenOf)).size).toBe(1)
    expect(servers.flatMap(({ sent }) => sent)).toHaveLength(1)
  })

  test('wait a second at most for another server, and then ask the provider themselves', async ({
    start,
  }) => {
    const slow = start({ respond: () => new Promise(() => undefined) })
    void slow.get()
    await pause(20)
    const server = start()
    const from = performance.now()

    await server.get()

    expect(performance.now() - from).toBeGreaterThan(700)
    expect(performance.now() - from).toBeLessThan(2500)
    expect(server.sent).toHaveLength(1)
  })

  test('ask the provider one after the other if it fails', async ({ start }) => {
    const respond = () => {
      throw new Error('rejected')
    }
    const [first, second] = [start({ respond }), start()]

    await expect(first.get()).rejects.toThrow('rejected')
    await second.get()

    expect(second.sent).toHaveLength(1)
  })

  test('work with a store that has no lock', async ({ start }) => {
    const { get, set, delete: remove } = memoryStore()
    const store: SessionStore = { get, set, delete: remove }

    const token = tokenOf(await start({ store }).get())

    expect(tokenOf(await start({ store }).get())).toBe(token)
  })

  test('do not share with an application that has another secret', async ({ start }) => {
    await start().get()
    const other = start({ secrets: ['another secret of thirty-two characters'] })

    await other.get()

    expect(other.sent).toHaveLength(1)
    expect(other.events).toEqual([
      expect.objectContaining({
        type: 'token_cache.rejected',
        level: 'warn',
        reason: 'unreadable',
      }),
    ])
  })

  test('share while they replace the secret', async ({ start }) => {
    const token = tokenOf(await start().get())
    const secrets = ['the new secret of thirty-two characters', TOKENS_SECRET]

    expect(tokenOf(await start({ secrets }).get())).toBe(token)
  })
})

describe('a shared token', () => {
  test.for([
    ['kind', { kind: 'obo', assertion: { token: 'a', expiresAt: 1_800_000_000 } }],
    ['client', { clientId: 'notes' }],
    ['tenant', { tokenEndpoint: 'https://login.example.com/fabrikam/token' }],
    ['API', { resource: 'api://other' }],
    ['scopes', { names: ['Things.Read'] }],
  ] as const)('is not used for another %s', async ([, request], { start }) => {
    await start().get()
    const server = start()

    await server.get(request)

    expect(server.sent).toHaveLength(1)
  })

  test('on behalf of a user is used only for the same incoming token', async ({ start, clock }) => {
    const forToken = (token: string) =>
      ({ kind: 'obo', assertion: { token, expiresAt: clock.now() + 3600 } }) as const
    await start().get(forToken('of alex'))
    const server = start()

    await server.get(forToken('of robin'))
    await server.get(forToken('of alex'))

    expect(server.sent).toHaveLength(1)
  })

  test('ends earlier than it expires, because clocks differ', async ({ start, clock }) => {
    const { expiresAt, token } = await start().get()

    expect(expiresAt - clock.now()).toBe(3540)
    expect(token.expiresAt - clock.now()).toBe(3600)
    clock.advance(3540)
    const server = start()
    await server.get()
    expect(server.sent).toHaveLength(1)
  })

  test('loses a fifth of a short life at most', async ({ start, clock }) => {
    const { expiresAt } = await start({ respond: () => ({ expiresInSeconds: 100 }) }).get()

    expect(expiresAt - clock.now()).toBe(80)
  })

  test('ends with the token of the caller', async ({ start, clock }) => {
    const assertion = { token: 'of alex', expiresAt: clock.now() + 600 }
    const { expiresAt, token } = await start().get({ kind: 'obo', assertion })

    expect(expiresAt - clock.now()).toBe(540)
    expect(token.refreshAt).toBe(expiresAt)
    clock.advance(540)
    const server = start()
    await server.get({ kind: 'obo', assertion })
    expect(server.sent).toHaveLength(1)
  })

  test('is not kept if the token of the caller has expired', async ({ start, clock }) => {
    const assertion = { token: 'of alex', expiresAt: clock.now() - 10 }
    const { expiresAt } = await start().get({ kind: 'obo', assertion })

    expect(expiresAt).toBeLessThanOrEqual(clock.now())
  })

  test('is renewed in the last tenth of its life', async ({ start, clock }) => {
    const server = start()
    const { token, expiresAt } = await server.get()
    expect(token.refreshAt - clock.now()).toBe(0.9 * (expiresAt - clock.now()))

    clock.advance(3200)
    const renewed = await server.get()

    expect(tokenOf(renewed)).not.toBe(token.token)
    expect(tokenOf(await start().get())).toBe(tokenOf(renewed))
  })

  test('is renewed when the provider says', async ({ start, clock }) => {
    const { token } = await start({ respond: () => ({ refreshInSeconds: 1000 }) }).get()

    expect(token.refreshAt - clock.now()).toBe(1000)
  })

  test('that must be renewed is used by a server that has just started', async ({
    start,
    clock,
  }) => {
    const token = tokenOf(await start().get())
    clock.advance(3300)
    const server = start()

    expect(tokenOf(await server.get())).toBe(token)
    expect(server.sent).toEqual([])
    expect(tokenOf(await server.get())).not.toBe(token)
  })

  test('of another server is used instead of a second renewal', async ({ start, clock }) => {
    const [first, second] = [start(), start()]
    await first.get()
    await second.get()
    clock.advance(3300)

    const renewed = tokenOf(await first.get())

    expect(tokenOf(await second.get())).toBe(renewed)
    expect(second.sent).toEqual([])
  })
})

describe('a claims challenge', () => {
  test('replaces the token for all servers', async ({ start }) => {
    const [first, second] = [start(), start()]
    const rejectedToken = tokenOf(await first.get())
    await second.get()

    const token = tokenOf(await first.get({ challenge: { claims: CLAIMS, rejectedToken } }))

    expect(first.sent).toEqual([undefined, CLAIMS])
    expect(token).not.toBe(rejectedToken)
    expect(tokenOf(await start().get())).toBe(token)
  })

  test('is repeated when any server renews the token', async ({ start, clock }) => {
    const first = start()
    const rejectedToken = tokenOf(await first.get())
    await first.get({ challenge: { claims: CLAIMS, rejectedToken } })
    const second = start()
    await second.get()
    clock.advance(3300)

    await second.get()

    expect(second.sent).toEqual([CLAIMS])
  })

  test('wins over a renewal that started before it', async ({ start, clock }) => {
    let finish = (): void => undefined
    const renewal = new Promise<void>((resolve) => (finish = resolve))
    const server = start({
      async respond(claims) {
        if (claims === undefined && server.sent.length > 1) await renewal
        return {}
      },
    })
    const rejectedToken = tokenOf(await server.get())
    clock.advance(3300)
    const renewed = server.get()
    await pause(20)

    const token = tokenOf(await server.get({ challenge: { claims: CLAIMS, rejectedToken } }))
    finish()

    expect(tokenOf(await renewed)).toBe(token)
    expect(tokenOf(await start().get())).toBe(token)
  })

  test('that the provider rejects does not bring the rejected token back', async ({ start }) => {
    const rejectedToken = tokenOf(await start().get())
    const server = start({
      respond(claims) {
        if (claims !== undefined) throw new Error('interaction required')
        return {}
      },
    })
    const challenge = { claims: CLAIMS, rejectedToken }
    await expect(server.get({ challenge })).rejects.toThrow('interaction required')

    expect(tokenOf(await server.get())).not.toBe(rejectedToken)
  })
})

describe('a store that does not work', () => {
  function rejecting(): never {
    throw new Error('connect ECONNREFUSED')
  }
  function hanging(): Promise<never> {
    return new Promise(() => undefined)
  }

  function no(): boolean {
    return false
  }

  const stores: readonly (readonly [string, SessionStore, string])[] = [
    ['fails', { get: rejecting, set: rejecting, delete: rejecting }, 'store_refused'],
    ['hangs', { get: hanging, set: hanging, delete: hanging, lock: hanging }, 'store_timeout'],
    ['reports false', { get: no, set: no, delete: no }, 'store_failed'],
    ['fails at locks', { ...memoryStore(), lock: rejecting }, 'store_refused'],
    ['hangs at locks', { ...memoryStore(), lock: hanging }, 'store_timeout'],
  ]
  test.for(stores)(
    '(it %s) costs one wait and one warning',
    async ([, store, reason], { start }) => {
      const server = start({ store })
      await server.get()
      const from = performance.now()

      for (const names of [['a'], ['b'], ['c']]) await server.get({ names })

      expect(performance.now() - from).toBeLessThan(500)
      expect(server.sent).toHaveLength(4)
      expect(server.events).toEqual([
        expect.objectContaining({ type: 'store.unavailable', level: 'warn', reason }),
      ])
    },
  )

  test('is used again when it works', async ({ start, store }) => {
    let isBroken = true
    const flaky: SessionStore = {
      get: (key) => (isBroken ? rejecting() : store.get(key)),
      set: (key, value, ttl) => (isBroken ? rejecting() : store.set(key, value, ttl)),
      delete: store.delete,
    }
    const server = start({ store: flaky })
    await server.get()
    isBroken = false

    await vi.waitFor(async () => {
      await server.get({ names: ['a'] })
      expect(server.events.map(({ type }) => type)).toEqual([
        'store.unavailable',
        'store.available',
      ])
    }, 5000)
    const token = tokenOf(await server.get({ names: ['b'] }))

    expect(tokenOf(await start().get({ names: ['b'] }))).toBe(token)
  })

  test.for([undefined, null, 7, {}, '', 'AQ'])(
    '(it returns %j) means that the provider is asked',
    async (value, { start }) => {
      const { getMany: _, ...store } = memoryStore()
      const server = start({ store: { ...store, get: () => value } })

      await server.get()

      expect(server.sent).toHaveLength(1)
    },
  )

  test('(it has a lock of nobody) delays a request by a second', async ({ start }) => {
    const server = start({ store: { ...memoryStore(), lock: async () => undefined } })
    const from = performance.now()

    await server.get()

    expect(performance.now() - from).toBeLessThan(2000)
    expect(server.sent).toHaveLength(1)
    expect(server.events).toEqual([])
  })
})

describe('clocks that differ', () => {
  test('within the tolerance do not matter', async ({ start, clock }) => {
    const token = tokenOf(await start({ now: () => clock.now() + 50 }).get())

    expect(tokenOf(await start().get())).toBe(token)
  })

  test('by more make other servers ignore the token', async ({ start, clock }) => {
    await start({ now: () => clock.now() + 3600 }).get()
    const server = start()

    await server.get()

    expect(server.sent).toHaveLength(1)
    expect(server.events).toEqual([
      expect.objectContaining({ type: 'token_cache.rejected', reason: 'from_future' }),
    ])
  })

  test('do not make a token last longer than it is valid', async ({ start, clock }) => {
    const behind = () => clock.now() - 55
    const { expiresAt } = await start().get()
    clock.advance(3550)
    const server = start({ now: behind })

    await server.get()

    expect(behind()).toBeLessThan(expiresAt)
    expect(clock.now()).toBeLessThan(expiresAt + 60)
    expect(server.sent).toEqual([])
  })
})

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
