import { azureCredential, type AbortSignalLike, type AzureCredential } from 'identity-web/azure'
import { sharedTokens, type TokenCache } from 'identity-web/token-cache'
import { decodeJwt } from 'jose'
import { afterEach } from 'vitest'
import {
  ACRS,
  describe,
  errorOf,
  expect,
  GRAPH_DEFAULT,
  KINDS,
  later,
  LONG_RUNNING_SECRET,
  THINGS_DEFAULT,
  NBF,
  test as base,
  TODOS,
  vi,
  withResolvers,
} from '../support/azure-fixtures.ts'

const test = base.extend('behaviour', { consent: 'skip' })

afterEach(() => void vi.useRealTimers())

describe.each(KINDS)('claims that a service requires of the %s', (kind) => {
  test('get a new token instead of the one that was returned last', async ({
    using,
    tokenRequests,
  }) => {
    const [first, second, third] = await using(kind, async (create) => {
      const { getToken } = create()
      const one = await getToken(THINGS_DEFAULT)
      tokenRequests()
      return [one, await getToken(THINGS_DEFAULT, { claims: NBF }), await getToken(THINGS_DEFAULT)]
    })

    expect(second.token).not.toBe(first.token)
    expect(third.token).toBe(second.token)
    expect(tokenRequests()).toEqual([NBF])
  })

  test('get a new token if the credential has not returned one', async ({ using }) => {
    const [first, second] = await using(kind, async (create) => [
      await create().getToken(THINGS_DEFAULT),
      await create().getToken(THINGS_DEFAULT, { claims: NBF }),
    ])

    expect(second.token).not.toBe(first.token)
  })

  test('get the new token of another credential, which requested it first', async ({
    using,
    tokenRequests,
  }) => {
    await using(kind, async (create) => {
      const [one, two] = [create(), create()]
      await one.getToken(THINGS_DEFAULT)
      await two.getToken(THINGS_DEFAULT)
      tokenRequests()

      const { token } = await one.getToken(THINGS_DEFAULT, { claims: NBF })

      expect((await two.getToken(THINGS_DEFAULT, { claims: NBF })).token).toBe(token)
      expect(tokenRequests()).toEqual([NBF])
    })
  })

  test('from five calls at once make one token request', async ({ using, tokenRequests }) => {
    const tokens = await using(kind, async (create) => {
      const { getToken } = create()
      await getToken(THINGS_DEFAULT)
      tokenRequests()
      return Promise.all(
        Array.from({ length: 5 }, () => getToken(THINGS_DEFAULT, { claims: NBF, enableCae: true })),
      )
    })

    expect(new Set(tokens.map(({ token }) => token)).size).toBe(1)
    expect(tokenRequests()).toEqual([NBF])
  })

  test('again get the same token within 10 seconds, and then a new one', async ({
    using,
    tokenRequests,
  }) => {
    await using(kind, async (create) => {
      const { getToken } = create()
      // Stops the clock.
      later(0)
      const old = await getToken(THINGS_DEFAULT)
      const { token } = await getToken(THINGS_DEFAULT, { claims: NBF })
      tokenRequests()

      later(9999)
      expect((await getToken(THINGS_DEFAULT, { claims: NBF })).token).toBe(token)
      expect(tokenRequests()).toEqual([])

      later(1)
      const newest = await getToken(THINGS_DEFAULT, { claims: NBF })
      expect([token, old.token]).not.toContain(newest.token)
      expect(tokenRequests()).toEqual([NBF])
    })
  })

  test('that differ get another token at once', async ({ using, tokenRequests }) => {
    await using(kind, async (create) => {
      const { getToken } = create()
      await getToken(THINGS_DEFAULT)
      const { token } = await getToken(THINGS_DEFAULT, { claims: NBF })
      tokenRequests()

      const next = '{"access_token":{"nbf":{"essential":true,"value":"1604106652"}}}'
      expect((await getToken(THINGS_DEFAULT, { claims: next })).token).not.toBe(token)
      expect(tokenRequests()).toEqual([next])
    })
  })

  test('are requested again after an error', async ({ using, provider, tokenRequests }) => {
    await using(kind, async (create) => {
      const { getToken } = create()
      const old = await getToken(THINGS_DEFAULT)
      provider.behave({ faults: { token: { kind: 'error', error: 'server_error', times: 1 } } })
      tokenRequests()

      await errorOf(() => getToken(THINGS_DEFAULT, { claims: NBF }))
      expect(tokenRequests()).toEqual([NBF])
      expect((await getToken(THINGS_DEFAULT, { claims: NBF })).token).not.toBe(old.token)
      expect(tokenRequests()).toEqual([NBF])
    })
  })

  test.for<[string, string]>([
    ['are empty', ''],
    ['are not JSON', '{"access_token"'],
    ['are a list', '[]'],
    ['are a string', '"access_token"'],
    ['are too long', JSON.stringify({ access_token: { a: 'x'.repeat(2048) } })],
  ])('are an error if they %s', async ([, claims], { using, tokenRequests }) => {
    await using(kind, async (create) => {
      const { getToken } = create()
      const { token } = await getToken(THINGS_DEFAULT)
      tokenRequests()

      const error = await errorOf(() => getToken(THINGS_DEFAULT, { claims }))

      expect(error).toMatchObject({
        code: 'invalid_response',
        message:
          'The claims that the service requires are not a JSON object, or have more than 2,048 characters.',
      })
      expect((await getToken(THINGS_DEFAULT)).token).toBe(token)
      expect(tokenRequests()).toEqual([])
    })
  })

  test('of one API do not concern another one', async ({ using, tokenRequests }) => {
    await using(kind, async (create) => {
      const { getToken } = create()
      const things = await getToken(THINGS_DEFAULT)
      const graph = await getToken(GRAPH_DEFAULT)
      tokenRequests()

      const newGraph = await getToken(GRAPH_DEFAULT, { claims: NBF })
      expect((await getToken(THINGS_DEFAULT)).token).toBe(things.token)
      expect(tokenRequests()).toEqual([NBF])
      const newThings = await getToken(THINGS_DEFAULT, { claims: NBF })

      expect(newGraph.token).not.toBe(graph.token)
      expect(newThings.token).not.toBe(things.token)
      const aud = (token: string): unknown => decodeJwt(token).aud
      expect([aud(newGraph.token), aud(newThings.token)]).toEqual([
        aud(graph.token),
        aud(things.token),
      ])
      expect(tokenRequests()).toEqual([NBF])
    })
  })
})

describe('claims', () => {
  test.for(['user', 'caller', 'process'] as const)(
    'for other scopes of the same API get a token of the %s with these scopes',
    async (kind, { using }) => {
      const scopesOf = (token: string): unknown => decodeJwt(token)['scp']
      await using(kind, async (create) => {
        const { getToken } = create()
        const read = await getToken('User.Read')
        const calendars = await getToken('Calendars.Read')

        const newRead = await getToken('User.Read', { claims: NBF })
        const newCalendars = await getToken('Calendars.Read', { claims: NBF })

        const old = [read.token, calendars.token]
        expect(old).not.toContain(newRead.token)
        expect(old).not.toContain(newCalendars.token)
        expect(scopesOf(newRead.token)).toContain('User.Read')
        expect(scopesOf(newCalendars.token)).toContain('Calendars.Read')
      })
    },
  )

  test('replace the token of an application that its servers share', async ({ openApi, store }) => {
    const tokenCache = (): TokenCache => sharedTokens({ store, secret: LONG_RUNNING_SECRET })
    const [{ api }, { api: other }] = [
      await openApi({ tokenCache: tokenCache() }),
      await openApi({ tokenCache: tokenCache() }),
    ]
    const { getToken } = azureCredential(api)
    const old = await getToken(THINGS_DEFAULT)

    const { token } = await getToken(THINGS_DEFAULT, { claims: NBF })

    expect(token).not.toBe(old.token)
    expect((await getToken(THINGS_DEFAULT)).token).toBe(token)
    expect((await azureCredential(other).getToken(THINGS_DEFAULT)).token).toBe(token)
  })

  test('of two services at once get a token each', async ({ api: { api }, tokenRequests }) => {
    const { getToken } = azureCredential(api)
    await getToken(THINGS_DEFAULT)
    tokenRequests()

    const tokens = await Promise.all(
      [NBF, ACRS].map((claims) => getToken(THINGS_DEFAULT, { claims })),
    )

    expect(tokens[0]?.token).not.toBe(tokens[1]?.token)
    expect(tokenRequests()).toEqual([NBF, ACRS])
  })

  test('of one service do not satisfy the claims of another one', async ({
    api: { api },
    tokenRequests,
  }) => {
    const [legit, hostile] = [azureCredential(api), azureCredential(api)]
    await legit.getToken(THINGS_DEFAULT)
    await hostile.getToken(THINGS_DEFAULT)
    await hostile.getToken(THINGS_DEFAULT, { claims: ACRS })
    tokenRequests()

    await legit.getToken(THINGS_DEFAULT, { claims: NBF })

    expect(tokenRequests()).toEqual([NBF])
  })

  test('are for getTokenForClient, too', async ({ api: { api } }) => {
    const { token } = await azureCredential(api).getToken(THINGS_DEFAULT, { claims: NBF })

    expect((await api.getTokenForClient(THINGS_DEFAULT)).accessToken).toBe(token)
  })

  test('that fail do not forget the token of other claims', async ({ using, tokenRequests }) => {
    const [sent, fail] = [withResolvers<undefined>(), withResolvers<undefined>()]
    const failing: typeof fetch = async (url, init) => {
      if (!JSON.stringify([...new URLSearchParams(init?.body as URLSearchParams)]).includes('acrs'))
        return fetch(url, init)
      sent.resolve(undefined)
      await fail.promise
      return Response.json({ error: 'invalid_request' }, { status: 400 })
    }
    const work = async (create: () => AzureCredential): Promise<void> => {
      const { getToken } = create()
      await getToken(THINGS_DEFAULT)
      const failed = errorOf(() => getToken(THINGS_DEFAULT, { claims: ACRS }))
      await sent.promise
      const { token } = await getToken(THINGS_DEFAULT, { claims: NBF })
      fail.resolve(undefined)
      expect(await failed).toMatchObject({ code: 'provider_error' })
      tokenRequests()

      expect((await getToken(THINGS_DEFAULT, { claims: NBF })).token).toBe(token)
      expect(tokenRequests()).toEqual([])
    }
    await using('caller', work, { fetch: failing })
  })
})

/** A signal with the type that SDKs have. It shows its listeners. */
class Signal implements AbortSignalLike {
  aborted = false
  readonly listeners = new Set<() => void>()

  addEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.add(listener)
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.listeners.delete(listener)
  }

  abort(): void {
    this.aborted = true
    for (const listener of this.listeners) listener()
  }
}

describe.each(KINDS)('a signal that aborts a call for a token of the %s', (kind) => {
  test('before the call prevents it', async ({ using, tokenRequests }) => {
    await using(kind, async (create) => {
      const { getToken } = create()
      tokenRequests()
      const signal = new Signal()
      signal.abort()

      for (const abortSignal of [signal, AbortSignal.abort()]) {
        const error = await errorOf(() => getToken(THINGS_DEFAULT, { abortSignal }))
        expect(error.name).toBe('AbortError')
      }
      expect(tokenRequests()).toEqual([])
      expect(signal.listeners.size).toBe(0)
    })
  })

  test('during a request ends the wait of this call only', async ({
    using,
    provider,
    tokenRequests,
  }) => {
    await using(kind, async (create) => {
      const { getToken } = create()
      const signal = new Signal()
      tokenRequests()
      provider.behave({ faults: { token: { kind: 'slow', ms: 400, times: 1 } } })
      const isOpen = (): boolean =>
        provider.requests.some(
          ({ endpoint, status }) => endpoint === 'token' && status === undefined,
        )

      const ended = errorOf(() => getToken(THINGS_DEFAULT, { abortSignal: signal }))
      const other = getToken(THINGS_DEFAULT)
      await vi.waitFor(() => expect(isOpen()).toBe(true))
      expect(signal.listeners.size).toBe(1)
      signal.abort()

      expect((await ended).name).toBe('AbortError')
      expect(isOpen()).toBe(true)
      expect(signal.listeners.size).toBe(0)
      expect((await other).token).toBe((await getToken(THINGS_DEFAULT)).token)
      expect(tokenRequests()).toEqual([null])
    })
  })

  test('loses its listener after a result and after an error', async ({ using }) => {
    await using(kind, async (create) => {
      const { getToken } = create()
      const abortSignal = new Signal()
      await getToken(THINGS_DEFAULT, { abortSignal })
      await errorOf(() => getToken('', { abortSignal }))

      expect(abortSignal.listeners.size).toBe(0)
      abortSignal.abort()
    })
  })
})

describe('a refresh of a session whose only caller was aborted', () => {
  test.for(['cookies', 'a store'])(
    'keeps its refresh token, also after the response: a session in %s',
    async (place, { openSiteWith, provider, store }) => {
      const { inside } = await openSiteWith(place === 'cookies' ? {} : { session: { store } })
      provider.behave({
        // A second use of the refresh token would end the session.
        reuseDetection: true,
        faults: { token: { kind: 'slow', ms: 400, times: 1 } },
      })
      const refreshes = () =>
        provider.requests
          .filter(({ grantType }) => grantType === 'refresh_token')
          .map(({ status }) => status)

      await inside(async (context) => {
        const signal = new Signal()
        const ended = errorOf(() =>
          azureCredential(context).getToken(THINGS_DEFAULT, { abortSignal: signal }),
        )
        await vi.waitFor(() => expect(refreshes()).toEqual([undefined]))
        signal.abort()
        await ended
      })
      await vi.waitFor(() => expect(refreshes()).toEqual([200]))

      await inside((context) => azureCredential(context).getToken(`${TODOS}/Todos.Read`))
      await inside((context) => azureCredential(context).getToken(THINGS_DEFAULT))
      expect(refreshes()).toEqual([200, 200])
    },
  )
})

describe('the times of a token', () => {
  test.for(['user', 'caller', 'process'] as const)(
    'make an SDK ask again for each request: %s',
    async (kind, { using }) => {
      const before = Date.now()
      const token = await using(kind, (create) => create().getToken(THINGS_DEFAULT))

      expect(token.expiresOnTimestamp).toBeGreaterThanOrEqual(before)
      expect(token.expiresOnTimestamp).toBeLessThanOrEqual(Date.now())
      expect(token).not.toHaveProperty('refreshAfterTimestamp')
    },
  )

  test('of an application are those of the token', async ({ using }) => {
    const token = await using('application', (create) => create().getToken(THINGS_DEFAULT))

    const expiry = (decodeJwt(token.token).exp ?? 0) * 1000
    expect(Math.abs(token.expiresOnTimestamp - expiry)).toBeLessThanOrEqual(1000)
    expect(token.refreshAfterTimestamp).toBe(token.expiresOnTimestamp - 300_000)
  })

  test('of an application do not contain a refresh in the past', async ({ using }) => {
    await using('application', async (create) => {
      const { getToken } = create()
      const { refreshAfterTimestamp, ...token } = await getToken(THINGS_DEFAULT)
      later((refreshAfterTimestamp ?? 0) - Date.now() - 100)
      expect(await getToken(THINGS_DEFAULT)).toEqual({ ...token, refreshAfterTimestamp })

      later(200)
      expect(await getToken(THINGS_DEFAULT)).toEqual(token)
    })
  })

  test('of an application make SDKs with enableCae ask again, so that claims reach it', async ({
    using,
  }) => {
    await using('application', async (create) => {
      const { getToken } = create()
      for (const enableCae of [undefined, false]) {
        const token = await getToken(THINGS_DEFAULT, { enableCae })
        expect(token.expiresOnTimestamp).toBeGreaterThan(Date.now() + 3_000_000)
      }
      const token = await getToken(THINGS_DEFAULT, { enableCae: true })
      expect(token.expiresOnTimestamp).toBeLessThanOrEqual(Date.now())
      expect(token).not.toHaveProperty('refreshAfterTimestamp')
    })
  })
})
