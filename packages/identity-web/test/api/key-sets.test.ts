import { describe, expect, test as base } from '../support/fixtures.ts'
import type { ProtectedApi } from '../support/protected-api.ts'

const todos = {
  clientId: '22222222-3333-4444-8555-666666666666',
  name: 'Todo API',
  redirectUris: 'loopback' as const,
  idUri: 'api://todos.contoso.example',
  scopes: [{ value: 'Todos.Read', description: 'Read' }],
}

const test = base
  .extend('providerOptions', {
    config: {
      apps: [
        { clientId: '11111111-2222-4333-8444-555555555555', name: 'Web', redirectUris: 'loopback' },
        { ...todos, accessTokenVersion: 1 },
      ],
    },
  })
  .extend(
    'endpoints',
    ({ provider }) =>
      (): string[] =>
        provider.requests.map(({ endpoint }) => endpoint),
  )
  .extend('version1Claims', ({ provider }) => async (): Promise<Record<string, unknown>> => {
    const [, payload = ''] = (await provider.accessToken({ as: 'alex' })).split('.')
    return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>
  })

  /** The same user in a version 2 token. */
  .extend(
    'version2Claims',
    ({ version1Claims, provider }) =>
      async (): Promise<Record<string, unknown>> => {
        const claims = await version1Claims()
        const iss = `${provider.authority()}/v2.0`
        return { ...claims, ver: '2.0', aud: todos.clientId, azp: claims['appid'], iss }
      },
  )

  /** An API that cannot reach URLs with one of these words. */
  .extend(
    'without',
    ({ openApi }) =>
      (words: RegExp, reach: { again: boolean }): Promise<ProtectedApi> =>
        openApi({
          fetch: (input, init) =>
            !reach.again && words.test(input instanceof Request ? input.url : String(input))
              ? Promise.reject(new TypeError('away'))
              : fetch(input, init),
        }),
  )

async function statusOf(api: ProtectedApi, token: string): Promise<number> {
  return (await api.call('/', token)).status
}

const ONLY_VERSION_1 = { kid: 'only-version-1' }
const ONLY_VERSION_2 = { kid: 'only-version-2' }

describe('the key sets of version 1 and version 2 tokens', () => {
  test('are fetched once, and those of version 1 only for such a token', async ({
    openApi,
    provider,
    version2Claims,
    endpoints,
  }) => {
    const api = await openApi({})
    for (let time = 0; time < 2; time++) {
      expect(await statusOf(api, await provider.sign(await version2Claims()))).toBe(200)
    }
    expect(endpoints()).toEqual(['metadata', 'keys'])

    for (let time = 0; time < 2; time++) {
      expect(await statusOf(api, await provider.accessToken({ as: 'alex' }))).toBe(200)
    }
    expect(endpoints().toSorted()).toEqual(['keys', 'keysV1', 'metadata', 'metadataV1'])
  })

  test('are not mixed: a key of one set does not verify a token of the other', async ({
    openApi,
    version1Claims,
    version2Claims,
    provider,
  }) => {
    // The provider has one pair of keys for both, so the test separates the sets.
    const api = await openApi({
      fetch: async (input, init) => {
        const url = input instanceof Request ? input.url : String(input)
        const answer = await fetch(input, init)
        const set = /\/discovery\/(v2\.0\/)?keys/.exec(url)
        if (set === null) return answer
        const { keys } = (await answer.json()) as { keys: object[] }
        const kid = set[1] === undefined ? ONLY_VERSION_1.kid : ONLY_VERSION_2.kid
        return Response.json({ keys: keys.flatMap((key) => [key, { ...key, kid }]) })
      },
    })
    const version1 = await version1Claims()
    const version2 = await version2Claims()
    const statusWith = async (
      claims: Record<string, unknown>,
      header?: { kid: string },
    ): Promise<number> => statusOf(api, await provider.sign(claims, header && { header }))

    expect(await statusWith(version1)).toBe(200)
    expect(await statusWith(version1, ONLY_VERSION_2)).toBe(401)
    expect(await statusWith(version2, ONLY_VERSION_2)).toBe(200)
    expect(await statusWith(version2, ONLY_VERSION_1)).toBe(401)
    // The version that a token claims does not get it the other issuer either.
    expect(await statusWith({ ...version1, ver: '2.0' })).toBe(401)
    expect(await statusWith({ ...version2, ver: '1.0' })).toBe(401)
  })

  test('fail independently: tokens of version 2 are accepted without the documents of version 1', async ({
    without,
    provider,
    version2Claims,
  }) => {
    const api = await without(/\/discovery\/keys|[^0]\/\.well-known/, { again: false })

    expect(await statusOf(api, await provider.accessToken({ as: 'alex' }))).toBe(503)
    expect(await statusOf(api, await provider.sign(await version2Claims()))).toBe(200)
  })

  test('are both needed for version 1 tokens, because only version 2 names the issuer of a key', async ({
    without,
    provider,
    clock,
    version1Claims,
  }) => {
    const reach = { again: false }
    const api = await without(/\/v2\.0\//, reach)
    const token = await provider.accessToken({ as: 'alex' })

    expect(await statusOf(api, token)).toBe(503)
    expect(await statusOf(api, token)).toBe(503)
    reach.again = true
    clock.advance(2)
    expect(await statusOf(api, token)).toBe(200)
    const personal = await provider.sign(await version1Claims(), { key: 'consumers' })
    expect(await statusOf(api, personal)).toBe(401)
  })
})
