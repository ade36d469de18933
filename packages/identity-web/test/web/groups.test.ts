import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { close, listen } from '../support/server.ts'
import { IdentityError } from '../../src/errors.ts'
import type { Claims } from '../../src/session/index.ts'
import { getGroups, hasGroup, hasRole, type GroupsContext } from '../../src/web/guard/groups.ts'
import { hasGroupsOverage } from '../../src/client/group-lookup.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'

const OID = 'a1e00000-0000-4000-8000-000000000011'
const STAFF = '5f1a3b2c-0000-4000-8000-0000000000aa'
const BOARD = '5f1a3b2c-0000-4000-8000-0000000000bb'

const claims = (more: object = {}): Claims => ({
  iss: 'https://issuer',
  sub: '1',
  oid: OID,
  ...more,
})
const overage = (more: object = {}): Claims =>
  claims({
    _claim_names: { groups: 'src1' },
    _claim_sources: { src1: { endpoint: 'https://graph.windows.net/x/users/y/getMemberObjects' } },
    ...more,
  })

/** A response of Graph. */
interface GraphResponse {
  status?: number
  headers?: object
  body: unknown
}

const FIRST = `/v1.0/users/${OID}/getMemberObjects`

const test = base
  /** A server in place of Graph. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('server', async ({}, { onCleanup }) => {
    /** The responses of Graph, by path and query. A function is called each time. */
    const responses = new Map<string, () => GraphResponse>()
    const seen: { method: string; url: string; authorization: string; body: string }[] = []
    async function answerAsGraph(
      request: IncomingMessage,
      response: ServerResponse,
    ): Promise<void> {
      let sent = ''
      for await (const chunk of request) sent += String(chunk)
      const { method = '', url = '', headers } = request
      seen.push({ method, url, authorization: headers.authorization ?? '', body: sent })
      const {
        status = 200,
        headers: more,
        body,
      } = responses.get(url)?.() ?? { status: 404, body: {} }
      response.writeHead(status, { ...more })
      response.end(typeof body === 'string' ? body : JSON.stringify(body))
    }
    const server = createServer((request, response) => void answerAsGraph(request, response))
    const graph = await listen(server)
    onCleanup(() => close(server))
    return { responses, seen, graph }
  })
  .extend('responses', ({ server }) => server.responses)
  .extend('seen', ({ server }) => server.seen)
  .extend('graph', ({ server }) => server.graph)

describe('hasRole', () => {
  const context = { claims: claims({ roles: ['Posts.Edit', 'Admin'] }) }

  test('accepts a role, and any of several', () => {
    expect(hasRole(context, 'Admin')).toBe(true)
    expect(hasRole(context, 'Other', 'Posts.Edit')).toBe(true)
    expect(hasRole(context, 'Other')).toBe(false)
  })

  test('rejects a part of a role and another case', () => {
    expect(hasRole(context, 'admin')).toBe(false)
    expect(hasRole(context, 'Posts')).toBe(false)
    expect(hasRole({ claims: claims({ roles: 'Administrator' }) }, 'Admin')).toBe(false)
  })

  test('rejects an empty list of roles', () => {
    expect(hasRole(context)).toBe(false)
    expect(hasRole({ claims: claims() }, 'Admin')).toBe(false)
  })
})

describe('hasGroup', () => {
  const context = { claims: claims({ groups: [STAFF] }) }

  test('accepts a group in any case of its ID', () => {
    expect(hasGroup(context, STAFF)).toBe(true)
    expect(hasGroup(context, STAFF.toUpperCase())).toBe(true)
    expect(hasGroup({ claims: claims({ groups: [STAFF.toUpperCase()] }) }, STAFF)).toBe(true)
    expect(hasGroup(context, BOARD)).toBe(false)
    expect(hasGroup({ claims: claims() }, STAFF)).toBe(false)
  })

  test.each([overage(), claims({ hasgroups: true })])(
    'throws when the token omits the groups',
    (left) => {
      expect(() => hasGroup({ claims: left }, STAFF)).toThrow(
        expect.objectContaining({
          code: 'configuration',
          message: expect.stringContaining('getGroups') as string,
        }),
      )
    },
  )
})

test.each([
  [{ _claim_names: { groups: 'src1' } }, true],
  [{ hasgroups: true }, true],
  [{ hasgroups: 'true' }, true],
  [{}, false],
  [{ groups: [STAFF] }, false],
  [{ hasgroups: false }, false],
  [{ hasgroups: 'false' }, false],
  [{ _claim_names: {} }, false],
  [{ _claim_names: null }, false],
  [{ _claim_names: 'groups' }, false],
  [{ _claim_names: { roles: 'src1' } }, false],
])('hasGroupsOverage of %j is %j', (more, expected) => {
  expect(hasGroupsOverage(claims(more))).toBe(expected)
})

describe('getGroups', () => {
  const authorized: GroupsContext['fetch'] = (input = '', init) => {
    const headers = new Headers(init?.headers)
    headers.set('authorization', 'Bearer token')
    return fetch(input, { ...init, headers })
  }
  const crowded = (): GroupsContext => ({ claims: overage(), fetch: authorized })

  test('returns the groups of the token, without a request to Graph', async ({ graph, seen }) => {
    const context = { claims: claims({ groups: [STAFF, BOARD] }), fetch: authorized }

    expect(await getGroups(context, { graph })).toEqual([STAFF, BOARD])
    expect(await getGroups({ claims: claims() })).toEqual([])
    expect(seen).toEqual([])
  })

  test('requests them from Graph when the token omits them', async ({ responses, graph, seen }) => {
    responses.set(FIRST, () => ({ body: { value: [STAFF, BOARD, STAFF] } }))

    expect(await getGroups(crowded(), { graph })).toEqual([STAFF, BOARD])
    expect(seen).toEqual([
      {
        method: 'POST',
        url: FIRST,
        authorization: 'Bearer token',
        body: '{"securityEnabledOnly":false}',
      },
    ])
  })

  test('requests them by a path of Graph by default, never from the URL in the token', async () => {
    const asked: string[] = []
    const record: GroupsContext['fetch'] = (input = '') => {
      asked.push(String(input))
      return Promise.resolve(Response.json({ value: [] }))
    }

    await getGroups({ claims: overage(), fetch: record })
    await getGroups({ claims: overage(), fetch: record }, { graph: 'https://graph.microsoft.us/' })

    expect(asked).toEqual([FIRST.replace('/v1.0', ''), `https://graph.microsoft.us${FIRST}`])
  })

  test('reads them page by page', async ({ responses, graph, seen }) => {
    const page = (number: number): string => `${FIRST}?$skiptoken=${number}`
    responses.set(FIRST, () => ({ body: { value: ['1'], '@odata.nextLink': graph + page(2) } }))
    responses.set(page(2), () => ({ body: { value: ['2'], '@odata.nextLink': graph + page(3) } }))
    responses.set(page(3), () => ({ body: { value: ['3'], '@odata.nextLink': null } }))

    expect(await getGroups(crowded(), { graph })).toEqual(['1', '2', '3'])
    expect(seen.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET'])
    expect(seen.map(({ authorization }) => authorization)).toEqual(Array(3).fill('Bearer token'))
  })

  test('stops after a hundred pages to prevent a loop', async ({ responses, graph, seen }) => {
    responses.set(FIRST, () => ({ body: { value: ['1'], '@odata.nextLink': graph + FIRST } }))

    await expect(getGroups(crowded(), { graph })).rejects.toMatchObject({
      code: 'invalid_response',
    })
    expect(seen).toHaveLength(100)
  })

  test.for([
    'https://evil.example/v1.0/more',
    'http://127.0.0.1:1/v1.0/more',
    '/v1.0/more',
    'file:///etc/passwd',
    7,
  ])(
    'does not follow a link to %j, because it would send the access token there',
    async (link, { responses, graph, seen }) => {
      responses.set(FIRST, () => ({ body: { value: ['1'], '@odata.nextLink': link } }))

      await expect(getGroups(crowded(), { graph })).rejects.toMatchObject({
        code: 'invalid_response',
      })
      expect(seen).toHaveLength(1)
    },
  )

  test('requires a route with scopes', async () => {
    await expect(getGroups({ claims: overage() })).rejects.toMatchObject({
      code: 'configuration',
      message: expect.stringContaining("scopes: ['User.Read']") as string,
    })
  })

  test.for([undefined, '', '..', 'a/b', `${OID}/x`])(
    'requires the oid of the user, not %j',
    async (oid, { graph, seen }) => {
      const context = { ...crowded(), claims: overage({ oid }) }

      await expect(getGroups(context, { graph })).rejects.toMatchObject({ code: 'configuration' })
      expect(seen).toEqual([])
    },
  )

  test('requires a URL for graph', async () => {
    await expect(getGroups(crowded(), { graph: 'graph' })).rejects.toMatchObject({
      code: 'configuration',
    })
  })

  test('explains why Graph rejects the request, but not in its words', async ({
    responses,
    graph,
  }) => {
    responses.set(FIRST, () => ({
      status: 403,
      body: { error: { code: 'Authorization_RequestDenied', message: 'MARKED' } },
    }))

    const error: unknown = await getGroups(crowded(), { graph }).catch((caught: unknown) => caught)

    expect(error).toMatchObject({
      code: 'provider_error',
      oauthError: 'Authorization_RequestDenied',
      message: "Microsoft Graph did not list the user's groups: 403 Authorization_RequestDenied.",
    })
    expect(JSON.stringify(error) + String(error)).not.toContain('MARKED')
  })

  test.for(['MARKED', { error: 'MARKED' }, { error: { code: 'MARKED <script>' } }, [], null])(
    'does not repeat a rejection like %j',
    async (body, { responses, graph }) => {
      responses.set(FIRST, () => ({ status: 401, body }))

      const error: unknown = await getGroups(crowded(), { graph }).catch(
        (caught: unknown) => caught,
      )

      expect(error).toMatchObject({
        code: 'provider_error',
        message: "Microsoft Graph did not list the user's groups: 401.",
      })
    },
  )

  test.for([
    [429, { 'retry-after': '17' }, 17],
    [503, {}, 5],
    [500, { 'retry-after': 'tomorrow' }, 5],
  ] as const)(
    'reports that a later attempt may succeed when Graph returns %i',
    async ([status, headers, retryAfterSeconds], { responses, graph }) => {
      responses.set(FIRST, () => ({ status, headers, body: { error: { code: 'Busy' } } }))

      await expect(getGroups(crowded(), { graph })).rejects.toMatchObject({
        code: 'provider_unavailable',
        oauthError: 'Busy',
        retryAfterSeconds,
      })
    },
  )

  test.for(['<html>', [], { value: 'x' }, {}])(
    'rejects a response like %j',
    async (body, { responses, graph }) => {
      responses.set(FIRST, () => ({ body }))

      await expect(getGroups(crowded(), { graph })).rejects.toMatchObject({
        code: 'invalid_response',
      })
    },
  )

  test('passes the errors of context.fetch() to the guard', async () => {
    const thrown = new IdentityError('interaction_required', 'x')
    const context = { claims: overage(), fetch: () => Promise.reject(thrown) }

    await expect(getGroups(context)).rejects.toBe(thrown)
  })

  test('reports that a later attempt may succeed when Graph is unreachable', async () => {
    const cause = new TypeError('fetch failed')
    const context = { claims: overage(), fetch: () => Promise.reject(cause) }

    await expect(getGroups(context)).rejects.toMatchObject({ code: 'provider_unavailable', cause })
  })
})
