import { decodeJwt } from 'jose'
import { requestCount } from '../support/attack.ts'
import { expect, test as base } from '../support/fixtures.ts'
import { TOKENS_SECRET } from '../support/token-server.ts'
import { bundleWorker, SESSIONS, SESSIONS_OF_FIRST, startWorkers } from '../support/worker.ts'

/** A function that asks one of the instances for the token of a route. */
type GetToken = (instance: number, path: string, token?: string) => Promise<string>

const test = base
  .extend(
    'script',
    { scope: 'file' },
    // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
    ({}): Promise<string> => bundleWorker(new URL('token-worker.ts', import.meta.url)),
  )
  /** Starts two instances of the worker in workerd. They share only the Durable Object. */
  .extend('getToken', async ({ provider, script }, { onCleanup }): Promise<GetToken> => {
    const bindings = {
      AUTHORITY: provider.authority(),
      CLIENT_ID: provider.api.clientId,
      CLIENT_SECRET: provider.api.clientSecret ?? '',
      AUDIENCE: provider.api.idUri ?? '',
      TOKENS_SECRET,
    }
    const workers = await startWorkers(
      script,
      [SESSIONS, SESSIONS_OF_FIRST].map((objects) => ({ bindings, ...objects })),
    )
    onCleanup(() => workers.close())
    return async (instance, path, token) => {
      const headers = { ...(token !== undefined && { authorization: `Bearer ${token}` }) }
      const response = await fetch(new URL(path, workers.urls[instance]), { headers })
      const text = await response.text()
      expect(response.status, text).toBe(200)
      return text
    }
  })

test('an instance of a worker uses the tokens that another instance got', async ({
  provider,
  getToken,
}) => {
  const caller = await provider.accessToken({ as: 'alex' })
  const first = [await getToken(0, '/application'), await getToken(0, '/user', caller)]
  // An app-only token does not have scopes.
  expect(first.map((token) => decodeJwt(token)['scp'])).toEqual([undefined, 'User.Read'])
  expect(requestCount(provider, 'token')).toBe(2)

  expect([await getToken(1, '/application'), await getToken(1, '/user', caller)]).toEqual(first)
  expect(requestCount(provider, 'token')).toBe(2)

  // A token on behalf of a user belongs to the token of the caller.
  await getToken(1, '/user', await provider.accessToken({ as: 'robin' }))
  expect(requestCount(provider, 'token')).toBe(3)
})

test('instances that need a token at the same moment request it once', async ({
  provider,
  getToken,
}) => {
  const caller = await provider.accessToken({ as: 'alex' })

  const tokens = await Promise.all(
    [0, 1, 0, 1, 0, 1].map((instance) => getToken(instance, '/user', caller)),
  )

  expect(new Set(tokens).size).toBe(1)
  expect(requestCount(provider, 'token')).toBe(1)
})
