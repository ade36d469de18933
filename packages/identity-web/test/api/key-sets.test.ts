import { describe, expect, test as base } from '../support/fixtures.ts'
import { ApiAuth } from 'identity-web/fetch'
import type { ProtectedApi } from '../support/protected-api.ts'
import { Browser, sendToCallback, startSignIn } from '../support/site.ts'

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

/**
 * The key sets that Entra ID's servers published from 2024-10-18 to 2024-10-26, as they were seen about every 30 minutes:
 * the seconds since the first one, and the keys. While keys are replaced, they are missing in one answer and back in the next.
 */
const SEEN = `
  0 abcdef, 285122 abcdf, 285880 abcdef, 291964 abcdf, 292500 abcdef, 293581 abcdf,
  293999 abcdef, 295995 abcdf, 296712 abcdef, 302984 bcdef, 304263 abcdf, 305930 abcdef,
  309400 abcdf, 311506 abcdef, 318043 abcdf, 318764 abcdef, 322214 abcdf, 323084 abcdef,
  335147 abcdf, 336873 abcdef, 342038 abcdf, 344706 abcdef, 348412 abcdf, 350439 abcdef,
  352875 abcdf, 354075 abcdef, 354873 abcdf, 355614 abcdef, 358307 bcdf, 359092 abcdf,
  361192 abcdef, 362756 abcdf, 364690 abcdef, 367274 abcdf, 368537 abcdef, 370582 bcdf,
  371366 abcdf, 374441 bcdef, 375573 abcdf, 376424 abcdef, 378027 abcdf, 381800 abcdef,
  383711 abcdf, 406857 bcdf, 408647 abcdf, 413107 bcdf, 433321 abcdf, 597857 abcdfg,
  599750 abcdf, 608603 abcdfg, 610393 abcdf, 622976 bcdf, 626773 abcdf, 641028 abcdfg,
  644571 bcdf, 646387 abcdf, 651779 abcdfg, 653513 abcdf, 655408 abcdfg, 657174 abcdf,
  658993 abcdfg, 660762 abcdf, 670612 abcdfg, 672468 abcdf, 675197 abcdfg, 678187 bcdf,
  679532 abcdf, 680780 bcdf, 682468 abcdf, 684273 abcdfg, 686100 bcdfg, 687770 abcdfg,
  689615 bcdf, 691424 abcdfg`
  .split(',')
  .map((one) => one.trim().split(' '))
  .map(([seconds, kids = '']) => ({ seconds: Number(seconds), kids }))
const DAY = 24 * 3600
/** The tests start here, because their keys do not change before. */
const STARTED = 200_000
const FIRST_CHANGE = 285_122
const LAST_SEEN = 691_424
/** The sets of version 1 come from other servers: the same sequence, some minutes later. */
const VERSION_1_DELAY = 1200

const KEYS = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
const seenAt = (seconds: number): string =>
  SEEN.findLast((set) => set.seconds <= seconds)?.kids ?? ''
/** The keys that were published more than a minute ago and will be published again. */
const usedAt = (seconds: number): string[] =>
  KEYS.filter(
    (kid) =>
      SEEN.some((set) => set.seconds + 60 < seconds && set.kids.includes(kid)) &&
      SEEN.some((set) => set.seconds > seconds && set.kids.includes(kid)),
  )

interface Keys {
  readonly keys: readonly object[]
}

const replay = test
  .extend('seen', ({ provider, clock }) => {
    const start = clock.now() - STARTED * 1000
    const state = { requests: 0, seconds: () => (clock.now() - start) / 1000 }
    const published = new Map<string, object | undefined>()
    const serve: typeof fetch = async (input, init) => {
      const url = input instanceof Request ? input.url : String(input)
      const set = /\/discovery\/(v2\.0\/)?keys/.exec(url)
      if (set === null) return fetch(input, init)
      state.requests++
      const key = published.get(url) ?? ((await (await fetch(url)).json()) as Keys).keys[0]
      published.set(url, key)
      const delay = set[1] === undefined ? VERSION_1_DELAY : 0
      const kids = seenAt(state.seconds() - delay)
      const keys = KEYS.filter((kid) => kids.includes(kid)).map((kid) => ({ ...key, kid }))
      return Response.json({ keys })
    }
    return Object.assign(state, { serve, provider })
  })
  /** An API, which returns whether it accepts a token. */
  .extend('isAccepted', ({ seen, provider, clock }) => {
    const { clientId, idUri: audience } = provider.api
    const authority = provider.authority()
    const auth = { authority, clientId, audience, now: clock.now, fetch: seen.serve, logger: false }
    const api = new ApiAuth(auth as never)
    return (token: string) =>
      api
        .authenticate(
          new Request('https://api.example/', { headers: { authorization: `Bearer ${token}` } }),
          { scopes: ['Todos.Read'] },
        )
        .then(({ ok }) => ok)
  })

describe('keys that are missing in some of the answers, as recorded', () => {
  /** Returns the tokens that the API rejected in eight days: one each five minutes for each key and version. */
  const replayed = replay.extend(
    'rejected',
    ({ seen, isAccepted, clock, provider, version1Claims, version2Claims }) =>
      async (isFlood = false): Promise<string[]> => {
        const exp = Math.floor(clock.now() / 1000) + 9 * DAY
        const claims = [await version2Claims(), await version1Claims()]
        const sign = (version: number, kid: string, key?: 'stranger'): Promise<string> =>
          provider.sign({ ...claims[version], exp }, { header: { kid }, ...(key && { key }) })
        const tokens = new Map<string, string>()
        for (const kid of KEYS) {
          for (const version of [0, 1]) tokens.set(kid + version, await sign(version, kid))
        }
        const [, payload = '', signature = ''] = (await sign(0, 'x', 'stranger')).split('.')
        const rejected: string[] = []
        await isAccepted(tokens.get('a1') ?? '')
        clock.advance(FIRST_CHANGE - STARTED)
        for (let minute = 1; seen.seconds() < LAST_SEEN - 60; minute++) {
          clock.advance(60)
          if (isFlood) {
            const header = { alg: 'RS256', typ: 'JWT', kid: `forged-${minute}` }
            const encoded = Buffer.from(JSON.stringify(header)).toString('base64url')
            expect(await isAccepted(`${encoded}.${payload}.${signature}`)).toBe(false)
          }
          if (minute % 5 > 0) continue
          const inBoth = usedAt(seen.seconds() - VERSION_1_DELAY)
          for (const kid of usedAt(seen.seconds())) {
            for (const version of inBoth.includes(kid) ? [0, 1] : [0]) {
              const isIn = await isAccepted(tokens.get(kid + version) ?? '')
              if (!isIn) rejected.push(`${kid}${version + 1} ${seen.seconds()}`)
            }
          }
        }
        return rejected
      },
  )

  replayed('verify every token whose key comes back', async ({ rejected, seen }) => {
    expect(await rejected()).toEqual([])
    expect(seen.requests).toBeLessThan(5 * 24 * 6 * 2)
  })

  replayed(
    'do so while unknown key IDs cause a request each minute',
    async ({ rejected, seen }) => {
      expect(await rejected(true)).toEqual([])
      // The key sets of both versions are requested.
      expect(seen.requests).toBeLessThan(((LAST_SEEN - FIRST_CHANGE) / 60) * 1.2)
    },
  )

  replay('let users sign in', async ({ seen, clock, provider, openSite }) => {
    const site = await openSite({ fetch: seen.serve })
    const locations = new Set<unknown>()
    await site.auth.ready()
    for (const { seconds, kids } of SEEN.slice(1)) {
      const before = seenAt(seconds - 1)
      clock.advance(seconds + 61 - seen.seconds())
      const changed = usedAt(seen.seconds()).filter(
        (kid) => kids.includes(kid) !== before.includes(kid),
      )
      for (const kid of changed) {
        provider.tamper = { idToken: (claims, sign) => sign(claims, { kid }) }
        const browser = new Browser()
        const response = await sendToCallback(browser, await startSignIn(site, provider, browser))
        locations.add(response.location ?? response.text)
      }
    }
    expect([...locations]).toEqual(['/'])
  })
})
