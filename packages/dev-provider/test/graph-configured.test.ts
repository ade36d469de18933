import { resolveConfig } from '../src/config/resolve-config.js'
import { getTokens } from './support/flow.js'
import { describe, expect, post, test as base } from './support/graph.js'

const MAIL = { scopes: ['Mail.Read'] }

const graph = {
  '/me/drive/root/children': {
    $scopes: ['Files.Read', 'Recordings.Read'],
    value: [
      { id: '1', name: 'Budget.xlsx', size: 30 },
      { id: '2', name: 'Notes.docx', size: 10 },
      { id: '3', name: 'Plan.pptx', size: 20 },
    ],
  },
  '/me/messages': { value: [{ id: 'm1', subject: 'For all users' }] },
  '/users/robin@contoso.onmicrosoft.com/messages': {
    value: [{ id: 'm2', subject: 'For Robin' }],
  },
  '/users/5a000000-0000-4000-8000-000000000013/messages': { value: [] },
  '/me/presence': { availability: 'Busy', activity: 'InAMeeting' },
  "/sites('root')": { displayName: 'Home' },
  '/me/insights/used': {
    $status: 503,
    $headers: { 'Retry-After': '7' },
    $body: { error: { code: 'serviceNotAvailable', message: 'm' } },
  },
  'POST /me/onlineMeetings': { $status: 201, joinWebUrl: 'https://meet.example' },
  'DELETE /me/messages/m1': { $status: 204 },
  '/reports/list': { $body: ['a', 'b'] },
} as const

const test = base.extend('providerOptions', { config: { graph } })

test('a list of the configuration has pages, selection and a filter', async ({ call }) => {
  const sender = { scopes: ['Files.Read'] }
  const path = '/me/drive/root/children'
  const first = await call(`${path}?$top=2&$select=name`, sender)
  const filtered = await call(`${path}?$filter=name eq 'Plan.pptx'`, sender)

  expect((await call(path, sender)).body).toEqual({
    '@odata.context': 'https://graph.microsoft.com/v1.0/$metadata#me/drive/root/children',
    value: graph[path].value,
  })
  expect(first.body.value).toEqual([{ name: 'Budget.xlsx' }, { name: 'Notes.docx' }])
  expect((await call(first.body['@odata.nextLink'] ?? '', sender)).body.value).toEqual([
    { name: 'Plan.pptx' },
  ])
  expect(filtered.body.value).toMatchObject([{ id: '3' }])
})

describe('permissions', () => {
  test('$scopes lists the permissions', async ({ call }) => {
    expect(await call('/me/drive/root/children')).toMatchObject({
      status: 403,
      body: { error: { code: 'Authorization_RequestDenied' } },
    })
  })

  test('an app can request a permission that only the configuration contains', async ({
    provider,
  }) => {
    const tokens = await getTokens(provider, { scope: 'openid Recordings.Read' })
    const headers = { authorization: `Bearer ${tokens.access_token}` }
    const url = `${provider.graph}/me/drive/root/children`

    expect((await fetch(url, { headers })).status).toBe(200)
    await expect(getTokens(provider, { scope: 'openid Recordings.Write' })).rejects.toThrow()
  })

  test('a known path keeps its permissions', async ({ call }) => {
    expect((await call('/me/messages')).status).toBe(403)
    expect((await call('/me/messages', MAIL)).status).toBe(200)
  })

  test('other paths only need a valid token', async ({ provider, call }) => {
    expect((await call('/me/presence')).body).toMatchObject({ availability: 'Busy' })
    expect((await fetch(`${provider.graph}/me/presence`)).status).toBe(401)
  })
})

describe('paths', () => {
  test.for([
    ['alex', 'For all users'],
    ['robin', 'For Robin'],
    ['sam', undefined],
  ] as const)(
    'the path of a user replaces that of all users: %s',
    async ([as, subject], { call }) => {
      const { body } = await call('/me/messages', { ...MAIL, as })

      expect(body.value?.[0]?.['subject']).toBe(subject)
    },
  )

  test('/users/{id} has the same response as /me', async ({ provider, call }) => {
    const sender = { roles: ['Mail.Read'] }
    const { oid, username } = provider.user('robin')

    for (const name of [oid, username, username.toUpperCase()]) {
      const { body } = await call(`/users/${name}/messages`, sender)
      expect(body.value).toEqual([{ id: 'm2', subject: 'For Robin' }])
    }
  })

  test('case, keys and the version do not matter', async ({ provider, call }) => {
    expect((await call('/Me/PRESENCE')).status).toBe(200)
    expect((await call('/sites/root')).body).toMatchObject({ displayName: 'Home' })
    expect((await call(`${provider.origin}/beta/me/presence`)).body).toMatchObject({
      '@odata.context': 'https://graph.microsoft.com/beta/$metadata#me/presence/$entity',
    })
  })

  test('a method selects another response', async ({ call }) => {
    const created = await call('/me/onlineMeetings', {}, post({ subject: 's' }))

    expect(created).toMatchObject({ status: 201, body: { joinWebUrl: 'https://meet.example' } })
    expect((await call('/me/onlineMeetings')).status).toBe(400)
    const removed = await call('/me/messages/m1', {}, { method: 'DELETE' })
    expect(removed.status).toBe(204)
    expect(removed.body).toEqual({ text: '' })
    // HTTP does not allow these headers for the status 204 (RFC 9110, section 8.6).
    expect(removed.headers.has('content-length')).toBe(false)
    expect(removed.headers.has('content-type')).toBe(false)
  })
})

test('$status, $headers and $body', async ({ call }) => {
  const failed = await call('/me/insights/used')

  expect(failed.status).toBe(503)
  expect(failed.headers.get('retry-after')).toBe('7')
  expect(failed.headers.get('request-id')).toMatch(/^[\da-f-]{36}$/)
  expect(failed.body).toEqual({ error: { code: 'serviceNotAvailable', message: 'm' } })
  expect((await call('/reports/list')).body).toEqual(['a', 'b'])
})

test.for([
  ['/me/%zz', {}, 'must be a path without a query'],
  ['/me/a', { $headers: { 'x y': 'a' } }, 'has $headers that are not valid'],
  ['/me/a', { $headers: { etag: 'a\r\nset-cookie: b' } }, 'has $headers that are not valid'],
  ['/me/a', { $headers: { 'Content-Length': '9' } }, 'contains the header Content-Length'],
  ['/me/a', { $headers: { 'transfer-encoding': 'chunked' } }, 'contains the header transfer-enc'],
  ['/me/a', { $status: 204, id: '1' }, 'has the $status 204, which does not allow a body'],
  ['/me/a', { $status: 304, $body: [] }, 'has the $status 304, which does not allow a body'],
] as const)('rejects %s with %j', ([path, response, problem]) => {
  expect(() => resolveConfig({ graph: { [path]: response } })).toThrow(
    `graph[${JSON.stringify(path)}] ${problem}`,
  )
})
