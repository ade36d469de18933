import { memoryStore, type SessionStore } from 'identity-web'
import type { ApiAuthOptions } from 'identity-web/express'
import { sharedTokens } from 'identity-web/token-cache'
import { asGraph, claimsChallenge, NBF, startApi } from '../support/api.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'
import type { ProtectedApi } from '../support/protected-api.ts'
import { SESSION_SECRET } from '../support/site.ts'
import { TOKENS_SECRET } from '../support/token-server.ts'

const OBO = 'urn:ietf:params:oauth:grant-type:jwt-bearer'

const test = base
  .extend('behaviour', { consent: 'skip' })
  .extend('shared', (): Required<SessionStore> => memoryStore())
  /** Starts a server of the API `todos`, which shares its tokens. */
  .extend(
    'start',
    ({ openApi, shared }) =>
      (options: ApiAuthOptions = {}): Promise<ProtectedApi> =>
        openApi(
          { tokenCache: sharedTokens({ store: shared, secret: TOKENS_SECRET }), ...options },
          (app, api) => {
            app.get(
              '/token',
              api.authorizationRequired(async (_req, res, context) => {
                res.json(await context.getTokenOnBehalfOf('User.Read'))
              }),
            )
            app.get(
              '/call',
              api.authorizationRequired(async (req, res, context) => {
                const { url } = req.query as { url: string }
                const { status } = await context.fetch(url, { scopes: ['User.Read'] })
                res.json(status)
              }),
            )
            app.get('/app', async (_req, res) => {
              res.json(await api.getTokenForClient('https://graph.microsoft.com/.default'))
            })
          },
        ),
  )
  .extend('bearer', ({ provider }) => provider.accessToken({ as: 'robin' }))
  .extend(
    'requests',
    ({ provider }) =>
      (grantType: string) =>
        provider.requests.filter((request) => request.grantType === grantType),
  )

const tokenIn = ({ body }: { readonly body: unknown }) =>
  (body as { accessToken: string }).accessToken

describe('servers of an API', () => {
  test('share a token on behalf of a user, also after a restart', async ({
    start,
    bearer,
    requests,
  }) => {
    const first = await start()
    const token = tokenIn(await first.call('/token', bearer))

    for (const server of [first, await start(), await start()])
      expect(tokenIn(await server.call('/token', bearer))).toBe(token)

    expect(requests(OBO)).toHaveLength(1)
  })

  test('share app-only tokens', async ({ start, requests }) => {
    const token = tokenIn(await (await start()).call('/app'))

    expect(tokenIn(await (await start()).call('/app'))).toBe(token)
    expect(requests('client_credentials')).toHaveLength(1)
  })

  test('read the store once for each token', async ({ start, bearer, shared }) => {
    await (await start()).call('/token', bearer)
    const calls: string[] = []
    const counted = { ...shared, ...countCalls(shared, calls) }
    const tokenCache = sharedTokens({ store: counted, secret: TOKENS_SECRET })
    const server = await start({ tokenCache })

    for (let i = 0; i < 5; i++) await server.call('/token', bearer)

    expect(calls).toEqual(['getMany'])
  })

  test('renew a token in the background', async ({ start, clock, provider, requests }) => {
    provider.behave({ accessTokenSeconds: 7200 })
    const bearer = await provider.accessToken({ as: 'robin' })
    provider.behave({ accessTokenSeconds: 3600 })
    const server = await start()
    const [token, app] = [
      tokenIn(await server.call('/token', bearer)),
      tokenIn(await server.call('/app')),
    ]
    clock.advance(3300)
    provider.behave({ faults: { token: { kind: 'slow', ms: 300 } } })
    const from = performance.now()

    expect(tokenIn(await server.call('/token', bearer))).toBe(token)
    expect(tokenIn(await server.call('/app'))).toBe(app)

    expect(performance.now() - from).toBeLessThan(300)
    await expect.poll(() => requests(OBO).length + requests('client_credentials').length).toBe(4)
    await expect.poll(async () => tokenIn(await server.call('/token', bearer))).not.toBe(token)
    await expect.poll(async () => tokenIn(await server.call('/app'))).not.toBe(app)
    expect(requests(OBO)).toHaveLength(2)
  })

  // Cloudflare Workers cancels a request in the background, so that its promise never settles.
  test('do not wait for a request in the background that never ends', async ({
    start,
    clock,
    provider,
    requests,
  }) => {
    const server = await start()
    const app = tokenIn(await server.call('/app'))
    clock.advance(3300)
    provider.behave({ faults: { token: { kind: 'hang', times: 1 } } })
    expect(tokenIn(await server.call('/app'))).toBe(app)
    await expect.poll(() => requests('client_credentials').length).toBe(2)
    clock.advance(300)

    expect(tokenIn(await server.call('/app'))).not.toBe(app)
  })

  test('do not repeat a failed renewal with each request', async ({
    start,
    clock,
    provider,
    requests,
  }) => {
    const server = await start()
    const app = tokenIn(await server.call('/app'))
    clock.advance(3300)
    provider.behave({ faults: { token: { kind: 'status', status: 503 } } })

    for (let i = 0; i < 5; i++) {
      expect(tokenIn(await server.call('/app'))).toBe(app)
      await new Promise((resolve) => setTimeout(resolve, 30))
    }

    expect(requests('client_credentials')).toHaveLength(2)
  })

  test('satisfy a claims challenge once for all of them', async ({ start, bearer, requests }) => {
    const refused = new Set<string>()
    const downstream = await startApi(({ token }, calls) => {
      if (calls.length === 0) refused.add(token)
      return refused.has(token) ? claimsChallenge(NBF) : { status: 200 }
    })
    const options = { clientCapabilities: ['cp1'], ...asGraph(downstream) }
    const servers = [await start(options), await start(options)]
    const path = `/call?url=${encodeURIComponent(downstream.url)}`

    for (const server of servers) expect((await server.call(path, bearer)).body).toBe(200)

    expect(requests(OBO)).toHaveLength(2)
    expect(downstream.calls).toHaveLength(3)
  })

  test('do not request a token in the background while a challenge is open', async ({
    start,
    clock,
    provider,
    requests,
  }) => {
    provider.behave({ accessTokenSeconds: 7200 })
    const bearer = await provider.accessToken({ as: 'robin' })
    provider.behave({ accessTokenSeconds: 3600 })
    const downstream = await startApi(({ token }, [first]) =>
      first === undefined || first.token === token ? claimsChallenge(NBF) : { status: 200 },
    )
    const server = await start({ clientCapabilities: ['cp1'], ...asGraph(downstream) })
    const token = tokenIn(await server.call('/token', bearer))
    provider.behave({ faults: { token: { kind: 'slow', ms: 500 } } })
    const call = server.call(`/call?url=${encodeURIComponent(downstream.url)}`, bearer)
    await expect.poll(() => requests(OBO).length).toBe(2)
    clock.advance(3300)

    expect(tokenIn(await server.call('/token', bearer))).toBe(token)

    expect((await call).body).toBe(200)
    expect(requests(OBO)).toHaveLength(2)
  })

  test('work with their own tokens while the store fails, with one warning', async ({
    start,
    bearer,
    requests,
  }) => {
    const fail = (): never => {
      throw new Error('ECONNREFUSED')
    }
    const store = { get: fail, set: fail, delete: fail }
    const server = await start({ tokenCache: sharedTokens({ store, secret: TOKENS_SECRET }) })

    for (let i = 0; i < 5; i++) expect((await server.call('/token', bearer)).status).toBe(200)
    await server.call('/app')

    expect(requests(OBO)).toHaveLength(1)
    expect(server.logs.filter((line) => line.includes('store.unavailable'))).toEqual([
      expect.stringMatching(/"level":"warn".*"reason":"store_refused"/),
    ])
  })
})

test('the sites of an Auth share app-only tokens in the store of their sessions', async ({
  openSite,
  shared,
  requests,
}) => {
  const options = { session: { secret: SESSION_SECRET, store: shared }, tokenCache: sharedTokens() }
  const sites = [await openSite(options), await openSite(options)]

  const tokens = []
  for (const { auth } of sites)
    tokens.push(await auth.getTokenForClient('https://graph.microsoft.com/.default'))

  expect(tokens[1]?.accessToken).toBe(tokens[0]?.accessToken)
  expect(requests('client_credentials')).toHaveLength(1)
})

function countCalls(store: Required<SessionStore>, calls: string[]): SessionStore {
  const counted = (name: 'get' | 'set' | 'delete' | 'getMany' | 'lock') =>
    ((...args: [never, never, never]) => {
      calls.push(name)
      return store[name](...args)
    }) as never
  return {
    get: counted('get'),
    set: counted('set'),
    delete: counted('delete'),
    getMany: counted('getMany'),
    lock: counted('lock'),
  }
}
