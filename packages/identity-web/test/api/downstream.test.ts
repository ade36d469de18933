import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { ApiAuthOptions, DownstreamInit } from 'identity-web/express'
import { decodeJwt } from 'jose'
import { onTestFinished } from 'vitest'
import { describe, expect, test as base } from '../support/fixtures.ts'
import {
  asGraph,
  claimsChallenge,
  challengeWith,
  NBF,
  startApi,
  startChallengingApi,
  type Api,
} from '../support/api.ts'
import {
  challenged,
  failed,
  type ProtectedApiResponse,
  type ProtectedApi,
} from '../support/protected-api.ts'
import { close, listen } from '../support/site.ts'
import { ANY_CALLER, appsWithThings, OBO, THINGS, THINGS_ID } from '../support/things.ts'

const GRAPH = 'https://graph.microsoft.com'

const apps = appsWithThings({ todos: { preauthorized: ['User.Read', `${THINGS}/Things.Read`] } })

/** The call that the API makes for its caller. */
type Call = (url: string) => readonly [url: string | URL, init: DownstreamInit]

/** Another server, with its requests. */
async function startServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ readonly url: string; readonly requests: IncomingMessage[] }> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    answer(request, response)
  })
  const url = await listen(server)
  onTestFinished(() => close(server))
  return { url, requests }
}

const test = base
  .extend('providerOptions', { config: { apps } })
  .extend('exchanges', ({ grantRequests }) => grantRequests(OBO))

  /** An API that calls another one for its caller and returns that response. */
  .extend(
    'open',
    ({ openApi }) =>
      (
        request: () => readonly [url: string | URL, init: DownstreamInit],
        options: ApiAuthOptions = {},
      ): Promise<ProtectedApi> => {
        const url = String(request()[0])
        const graph = url.startsWith('http://localhost:') && asGraph({ url })
        return openApi({ ...graph, ...options }, (express, api) => {
          express.get(
            '/',
            api.authorizationRequired(ANY_CALLER, async (_req, res, context) => {
              const answer = await context.fetch(...request())
              res.json({ status: answer.status, text: await answer.text(), url: answer.url })
            }),
          )
        })
      },
  )
  .extend(
    'callAs',
    ({ provider }) =>
      async (api: ProtectedApi, as = 'alex'): Promise<ProtectedApiResponse> => {
        return api.call('/', await provider.accessToken({ as }))
      },
  )

  /** The access token with which Alex calls the API. */
  .extend('assertion', ({ provider }) => provider.accessToken({ as: 'alex' }))
  /** The result of one call of another API. */
  .extend(
    'callOther',
    ({ callAs, open }) =>
      async (
        call: Call,
        other: Pick<Api, 'url'>,
        options?: ApiAuthOptions,
      ): Promise<ProtectedApiResponse> => {
        return callAs(await open(() => call(other.url), options))
      },
  )

describe('context.fetch', () => {
  test('calls Graph on behalf of the user', async ({ open, provider, callAs }) => {
    const api = await open(() => [provider.graphMe, { scopes: ['User.Read'] }])
    for (const as of ['alex', 'robin']) {
      const { body } = await callAs(api, as)

      expect(body).toMatchObject({ status: 200 })
      expect(JSON.parse((body as { text: string }).text)).toMatchObject({
        displayName: provider.user(as).name,
      })
    }
  })

  test('appends a path to Graph, and calls an API of the option apis by name', async ({
    assertion,
    openApi,
  }) => {
    const things = await startApi()
    const { origin } = new URL(things.url)
    const apis = { things: { baseUrl: `${origin}/v2`, scopes: `${THINGS}/Things.Read` } }
    const api = await openApi({ apis }, (express, auth) => {
      express.get(
        '/',
        auth.authorizationRequired(async (_req, res, context) => {
          const me = await context.fetch('/me', { scopes: ['User.Read'] })
          const thing = await context.api['things']?.fetch('/1')
          res.json([me.status, thing?.status])
        }),
      )
    })

    const { body } = await api.call('/', assertion)

    expect(body).toEqual([200, 200])
    expect(things.calls.map(({ url, token }) => [url, decodeJwt(token).aud])).toEqual([
      ['/v2/1', THINGS_ID],
    ])
  })

  test('does not send a token for Graph to another server', async ({ assertion, openApi }) => {
    const other = await startApi()
    const api = await openApi({}, (express, auth) => {
      express.get(
        '/',
        auth.authorizationRequired(async (_req, res, context) => {
          res.json({ status: (await context.fetch(other.url, { scopes: 'User.Read' })).status })
        }),
      )
    })

    expect(await api.call('/', assertion)).toMatchObject(failed(500, 'configuration'))
    expect(other.calls).toEqual([])
  })

  test('sends each API its own token', async ({ open, callAs }) => {
    const other = await startApi()
    const [things, graph] = [
      await open(() => [other.url, { scopes: `${THINGS}/Things.Read` }]),
      await open(() => [new URL(other.url), { scopes: ['User.Read'] }]),
    ]
    await callAs(things)
    await callAs(graph)

    expect(other.calls.map(({ token }) => decodeJwt(token).aud)).toEqual([THINGS_ID, GRAPH])
  })

  test('sends the given method, body and headers, but not the given authorization', async ({
    callOther,
  }) => {
    const server = await startServer((_request, response) => void response.end('{}'))
    const spellings: HeadersInit[] = [
      { Authorization: 'Bearer stolen', 'X-Mine': '1' },
      [
        ['AUTHORIZATION', 'Basic abc'],
        ['authorization', 'Bearer two'],
        ['x-mine', '1'],
      ],
      new Headers({ authorization: 'Bearer three', 'x-mine': '1' }),
    ]
    for (const headers of spellings) {
      await callOther(
        (url) => [url, { scopes: 'User.Read', method: 'PUT', body: 'text', headers }],
        server,
      )
    }

    expect(server.requests).toHaveLength(3)
    for (const { method, headers, rawHeaders } of server.requests) {
      expect(method).toBe('PUT')
      expect(headers['x-mine']).toBe('1')
      expect(headers.authorization).toMatch(/^Bearer [\w-]+\.[\w-]+\.[\w-]+$/)
      expect(rawHeaders.filter((name) => name.toLowerCase() === 'authorization')).toHaveLength(1)
      expect(headers).not.toHaveProperty('scopes')
    }
  })

  test('returns the response of the API, whatever its status', async ({ callOther }) => {
    for (const status of [204, 403, 404, 500]) {
      const other = await startApi(() => ({ status }))
      const { body } = await callOther((url) => [url, { scopes: 'User.Read' }], other)

      expect(body).toMatchObject({ status })
      expect(other.calls).toHaveLength(1)
    }
  })

  test('does not change network errors', async ({ open, callAs }) => {
    const server = await startServer((request) => void request.socket.destroy())
    const api = await open(() => [server.url, { scopes: 'User.Read' }])

    expect(await callAs(api)).toMatchObject({ status: 500, challenge: undefined })
    expect(api.errors[0]).toBeInstanceOf(TypeError)
  })

  test('sends a token only over https or to this machine, and does not request one otherwise', async ({
    open,
    callAs,
    exchanges,
  }) => {
    for (const url of [
      'http://evil.example/',
      'http://graph.microsoft.com/v1.0/me',
      'http://localhost.evil.example/',
      'http://localhost@evil.example/',
      'http://127.0.0.1.evil.example/',
      'http://3232235777/',
      'http://0.0.0.0/',
      'http://10.0.0.1/',
      'HTTP://EVIL.EXAMPLE/',
      '//evil.example/',
      '/../me',
      'ftp://localhost/',
      'data:text/plain,hello',
      'file:///etc/passwd',
      'ws://localhost/',
      'javascript:alert(1)',
    ]) {
      const api = await open(() => [url, { scopes: 'User.Read' }])

      expect(await callAs(api)).toMatchObject(failed(500, 'configuration'))
    }
    expect(exchanges()).toEqual([])
  })

  test('is rejected without scopes', async ({ open, callAs, exchanges }) => {
    const other = await startApi()
    const inits = [{}, { scopes: [] }, { scopes: '' }, { method: 'POST' }, undefined]
    for (const init of inits) {
      const api = await open(() => [other.url, init as DownstreamInit])

      expect(await callAs(api)).toMatchObject(failed(500, 'configuration'))
    }
    expect(other.calls).toEqual([])
    expect(exchanges()).toEqual([])
  })

  test('is rejected if the caller is an application', async ({ open, provider }) => {
    const other = await startApi()
    const api = await open(() => [other.url, { scopes: 'User.Read' }])
    const token = await provider.accessToken({ roles: ['Todos.Read.All'] })

    expect(await api.call('/', token)).toMatchObject(failed(500, 'configuration'))
    expect(other.calls).toEqual([])
  })

  test('uses the fetch option', async ({ callOther }) => {
    const urls: string[] = []
    const watched: typeof fetch = (input, init) => {
      urls.push(new Request(input).url)
      return fetch(input, init)
    }
    const other = await startApi()
    await callOther((url) => [url, { scopes: 'User.Read' }], other, { fetch: watched })

    expect(urls).toContain(`${other.url}/`)
  })

  test('tells the client before the call that its user has not consented', async ({
    callOther,
  }) => {
    const other = await startApi()
    const levels: unknown[] = []
    const options: ApiAuthOptions = {
      onEvent: ({ type, level }) => type === 'on_behalf_of.failed' && levels.push(level),
    }
    const call: Call = (url) => [url, { scopes: 'Mail.Read' }]
    const { status, challenge } = await callOther(call, other, options)

    expect(status).toBe(401)
    expect(challenge).toMatchObject({ error: 'consent_required' })
    expect(other.calls).toEqual([])
    // Without a logger, the console shows warnings. Only the registration of the API can fix this.
    expect(levels).toEqual(['warn'])
  })
})

describe('a claims challenge', () => {
  const capable: ApiAuthOptions = { clientCapabilities: ['cp1'] }
  const claims = JSON.stringify(NBF)

  test('of Graph is handled without the user', async ({ open, provider, callAs, exchanges }) => {
    const api = await open(() => [provider.graphMe, { scopes: 'User.Read' }], capable)
    provider.behave({ graphClaims: claims })

    expect((await callAs(api)).body).toMatchObject({ status: 200 })
    expect(exchanges()).toHaveLength(2)
    expect(JSON.parse(exchanges()[1]?.params?.['claims'] ?? '')).toEqual({
      access_token: { ...NBF.access_token, xms_cc: { values: ['cp1'] } },
    })
  })

  test('is handled with another token, which the next calls use', async ({
    assertion,
    open,
    exchanges,
  }) => {
    const other = await startChallengingApi()
    const api = await open(() => [other.url, { scopes: 'User.Read' }])
    for (let call = 0; call < 3; call++) {
      expect((await api.call('/', assertion)).body).toMatchObject({ status: 200 })
    }
    const tokens = other.calls.map(({ token }) => token)

    expect(tokens).toHaveLength(4)
    expect(new Set(tokens.slice(1)).size).toBe(1)
    expect(exchanges()).toHaveLength(2)
  })

  test('is handled once for many calls at a time', async ({ assertion, open, exchanges }) => {
    const other = await startChallengingApi()
    const api = await open(() => [other.url, { scopes: 'User.Read' }])
    const answers = await Promise.all(Array.from({ length: 20 }, () => api.call('/', assertion)))

    for (const { body } of answers) expect(body).toMatchObject({ status: 200 })
    expect(exchanges()).toHaveLength(2)
  })

  test('of one user does not change the token of another user', async ({
    open,
    callAs,
    provider,
  }) => {
    const other = await startChallengingApi()
    const api = await open(() => [other.url, { scopes: 'User.Read' }])
    await callAs(api, 'alex')
    await callAs(api, 'robin')
    const oids = other.calls.map(({ token }) => decodeJwt(token)['oid'])

    const [alex, robin] = [provider.user('alex').oid, provider.user('robin').oid]
    expect(oids).toEqual([alex, alex, robin])
  })

  test('that comes again is returned to the application', async ({ callOther }) => {
    const other = await startApi(() => claimsChallenge(NBF))
    const { status, body } = await callOther((url) => [url, { scopes: 'User.Read' }], other)

    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 401 })
    expect(other.calls).toHaveLength(2)
  })

  test('that only the user can satisfy is sent to the client, whose next token satisfies it', async ({
    open,
    provider,
    callAs,
  }) => {
    const api = await open(() => [provider.graphMe, { scopes: 'User.Read' }], capable)
    provider.behave({ graphClaims: claims, graphClaimsNeedUser: true })
    const refused = await callAs(api)

    expect(refused.status).toBe(401)
    expect(refused.challenge).toMatchObject({ error: 'insufficient_claims' })
    const asked = atob(refused.challenge?.['claims'] ?? '')
    expect(JSON.parse(asked)).toMatchObject(NBF)
    expect(refused.body).toMatchObject({ error: 'insufficient_claims', claims: asked })
    const stepped = await provider.accessToken({ as: 'alex', claimsRequest: asked })
    expect((await api.call('/', stepped)).body).toMatchObject({ status: 200 })
  })

  test('is sent to the client if the provider rejects the request without claims', async ({
    assertion,
    open,
    provider,
    exchanges,
  }) => {
    const other = await startApi(() => {
      provider.behave({
        faults: { token: { kind: 'error', error: 'interaction_required', status: 400 } },
      })
      return claimsChallenge(NBF)
    })
    const api = await open(() => [other.url, { scopes: 'User.Read' }], capable)

    const refused = await api.call('/', assertion)

    expect(refused).toMatchObject(challenged(401, 'insufficient_claims'))
    const asked = atob(refused.challenge?.['claims'] ?? '')
    expect(JSON.parse(asked)).toEqual(NBF)
    expect(refused.body).toMatchObject({ error: 'insufficient_claims', claims: asked })
    expect(exchanges()).toHaveLength(2)
    expect((await api.call('/', assertion)).challenge).toEqual(refused.challenge)
    expect(exchanges()).toHaveLength(2)
  })

  test('contains the claims of the provider if it names claims', async ({
    open,
    provider,
    callAs,
  }) => {
    const own = { access_token: { acrs: { essential: true, value: 'c1' } } }
    const other = await startApi(() => {
      provider.behave({
        faults: {
          token: {
            kind: 'error',
            error: 'interaction_required',
            status: 400,
            claims: JSON.stringify(own),
          },
        },
      })
      return claimsChallenge(NBF)
    })
    const api = await open(() => [other.url, { scopes: 'User.Read' }], capable)

    const refused = await callAs(api)

    expect(JSON.parse(atob(refused.challenge?.['claims'] ?? ''))).toEqual(own)
  })

  test('that the provider rejected is not sent to the provider on every call', async ({
    assertion,
    open,
    provider,
    exchanges,
  }) => {
    const api = await open(() => [provider.graphMe, { scopes: 'User.Read' }], capable)
    provider.behave({ graphClaims: claims, graphClaimsNeedUser: true })
    for (let call = 0; call < 5; call++) {
      expect((await api.call('/', assertion)).challenge).toMatchObject({
        error: 'insufficient_claims',
      })
    }

    expect(exchanges()).toHaveLength(2)
  })

  test('that was rejected does not affect another one of the same API', async ({
    assertion,
    open,
    exchanges,
  }) => {
    const stepUp = { access_token: { acrs: { essential: true, value: 'c1' } } }
    const other = await startApi((_call, { length }) =>
      length < 2 ? claimsChallenge(length === 0 ? stepUp : NBF) : { status: 200 },
    )
    const api = await open(() => [other.url, { scopes: 'User.Read' }])
    expect(await api.call('/', assertion)).toMatchObject(challenged(401, 'insufficient_claims'))

    expect((await api.call('/', assertion)).body).toMatchObject({ status: 200 })
    expect(exchanges()).toHaveLength(3)
  })

  test('sends the body again if possible', async ({ callOther }) => {
    for (const body of [
      'text',
      new URLSearchParams({ a: 'b' }),
      new TextEncoder().encode('bytes'),
      new Blob(['blob']),
    ]) {
      const other = await startChallengingApi()
      await callOther((url) => [url, { scopes: 'User.Read', method: 'POST', body }], other)

      expect(other.calls).toHaveLength(2)
      expect(other.calls[1]?.body).toBe(other.calls[0]?.body)
      expect(other.calls[1]?.body).not.toBe('')
    }
  })

  test('does not send a stream again and is returned to the application', async ({
    callOther,
    exchanges,
  }) => {
    const streams: readonly (() => unknown)[] = [
      () => new Blob(['stream']).stream(),
      async function* () {
        yield new TextEncoder().encode('stream')
      },
    ]
    for (const stream of streams) {
      const other = await startChallengingApi()
      const { body } = await callOther(
        (url) => [
          url,
          {
            scopes: 'User.Read',
            method: 'POST',
            duplex: 'half',
            body: (stream === streams[1]
              ? (stream as () => AsyncIterable<Uint8Array>)()
              : stream()) as BodyInit,
          } as DownstreamInit,
        ],
        other,
      )

      expect(body).toMatchObject({ status: 401 })
      expect(other.calls.map((call) => call.body)).toEqual(['stream'])
    }
    expect(exchanges().every(({ params }) => params?.['claims'] === undefined)).toBe(true)
  })

  test.for([
    ['of another scheme', `Basic claims="${btoa(JSON.stringify(NBF))}"`],
    ['that is no JSON', `Bearer error="insufficient_claims", claims="${btoa('nonsense')}"`],
    ['that is a list', `Bearer error="insufficient_claims", claims="${btoa('[1]')}"`],
    ['that is endless', `Bearer error="insufficient_claims", claims="${'A'.repeat(7000)}"`],
    ['without claims', 'Bearer error="insufficient_claims"'],
  ] as const)('%s is returned to the application', async ([, header], { callOther, exchanges }) => {
    const other = await startApi(() => challengeWith(header))
    const { body } = await callOther((url) => [url, { scopes: 'User.Read' }], other)

    expect(body).toMatchObject({ status: 401 })
    expect(other.calls).toHaveLength(1)
    expect(exchanges()).toHaveLength(1)
  })

  test('is ignored with a status other than 401', async ({ callOther }) => {
    const other = await startApi(() => ({ ...claimsChallenge(NBF), status: 403 }))
    await callOther((url) => [url, { scopes: 'User.Read' }], other)

    expect(other.calls).toHaveLength(1)
  })

  test('of another origin that the API redirects to is ignored, and that origin gets no token', async ({
    callOther,
    exchanges,
  }) => {
    const elsewhere = await startServer((_request, response) => {
      const { headers = {} } = claimsChallenge(NBF)
      response.writeHead(401, headers).end()
    })
    const api = await startServer((_request, response) => {
      response.writeHead(302, { location: `${elsewhere.url}/trap` }).end()
    })
    const { body } = await callOther((url) => [url, { scopes: 'User.Read' }], api)

    expect(body).toMatchObject({ status: 401, url: `${elsewhere.url}/trap` })
    expect(elsewhere.requests.map(({ headers }) => headers.authorization)).toEqual([undefined])
    expect(api.requests).toHaveLength(1)
    expect(exchanges()).toHaveLength(1)
  })

  test('after a redirect within the API is handled', async ({ callOther, exchanges }) => {
    const { headers = {} } = claimsChallenge(NBF)
    let first: string | undefined
    const api = await startServer((request, response) => {
      const { authorization = '' } = request.headers
      first ??= authorization
      if (request.url === '/') response.writeHead(302, { location: '/real' }).end()
      else if (authorization === first) response.writeHead(401, headers).end()
      else response.end('{}')
    })
    const { body } = await callOther((url) => [url, { scopes: 'User.Read' }], api)

    expect(body).toMatchObject({ status: 200 })
    expect(exchanges()).toHaveLength(2)
  })

  test('of a malicious API cannot replace the cached token of another API', async ({
    assertion,
    provider,
    open,
    exchanges,
  }) => {
    const evil = await startApi(() => claimsChallenge(NBF))
    let target: [string, DownstreamInit] = [provider.graphMe, { scopes: 'User.Read' }]
    const api = await open(() => target)
    await api.call('/', assertion)
    target = [evil.url, { scopes: `${THINGS}/Things.Read` }]
    await api.call('/', assertion)
    target = [provider.graphMe, { scopes: 'User.Read' }]
    expect((await api.call('/', assertion)).body).toMatchObject({ status: 200 })

    expect(exchanges().map(({ params }) => params?.['scope'])).toEqual([
      'User.Read',
      `${THINGS}/Things.Read`,
      `${THINGS}/Things.Read`,
    ])
    for (const { token } of evil.calls) expect(decodeJwt(token).aud).toBe(THINGS_ID)
  })

  test('during an outage of the provider fails with the error of the provider', async ({
    assertion,
    open,
    provider,
    clock,
  }) => {
    const other = await startApi(() => claimsChallenge(NBF))
    const api = await open(() => [other.url, { scopes: 'User.Read' }])
    await api.call('/', assertion)
    clock.advance(10)
    provider.behave({ faults: { token: { kind: 'status', status: 503 } } })

    expect(await api.call('/', assertion)).toMatchObject(failed(503, 'provider_unavailable'))
  })
})
