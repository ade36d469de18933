import { expect, GRAPH, post, test } from './support/graph.js'

const GUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

test('an error contains the date and the IDs, which are headers as well', async ({ call }) => {
  const clientRequestId = '5f0f4b5c-9a4d-4a0e-8a53-2f2a1d8b9c10'
  const init = { headers: { 'client-request-id': clientRequestId } }
  const { headers, body } = await call('/users', {}, init)

  expect(body.error).toMatchObject({
    innerError: {
      date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
      'request-id': headers.get('request-id'),
      'client-request-id': clientRequestId,
    },
  })
  expect(headers.get('client-request-id')).toBe(clientRequestId)
  expect(headers.get('request-id')).toMatch(GUID)
  expect(headers.get('request-id')).not.toBe(clientRequestId)
})

test('without an ID of the client, both IDs are the same', async ({ call }) => {
  const { headers } = await call('/me')

  expect(headers.get('request-id')).toMatch(GUID)
  expect(headers.get('client-request-id')).toBe(headers.get('request-id'))
})

test.for([
  ['/nothing', 'nothing'],
  ['/me/nothing', 'nothing'],
  ['/me/photo/nothing', 'nothing'],
  ['/users/alex/nothing/more', 'nothing'],
  ['/groups/1/members', 'members'],
  ['/', ''],
] as const)('%s names the unknown segment', async ([path, segment], { call }) => {
  expect(await call(path)).toMatchObject({
    status: 400,
    body: {
      error: { code: 'BadRequest', message: `Resource not found for the segment '${segment}'.` },
    },
  })
})

test.for(['/me', '/users', '/nothing', '/'])(
  '%s without a token is 401',
  async (path, { provider }) => {
    const response = await fetch(`${provider.graph}${path}`)

    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer /)
  },
)

test('other methods are 405, and HEAD is GET without a body', async ({ provider, call }) => {
  const deleted = await call('/me', {}, { method: 'DELETE' })
  const token = await provider.accessToken({ as: 'alex', api: GRAPH, scopes: ['User.Read'] })
  const head = await fetch(provider.graphMe, {
    method: 'HEAD',
    headers: { authorization: `Bearer ${token}` },
  })

  expect(deleted.status).toBe(405)
  expect(deleted.headers.get('allow')).toBe('GET')
  expect(head.status).toBe(200)
  expect(await head.text()).toBe('')
  expect((await call('/users', {}, post({}))).status).toBe(405)
})

test.for([
  ['/users', { scopes: ['User.Read'] }, /Request one of these scopes: User\.ReadBasic\.All, User/],
  ['/groups', { roles: ['User.Read.All'] }, /Add one of these to appPermissions .* GroupMember/],
  ['/users/robin@contoso.onmicrosoft.com/messages', { scopes: ['Mail.Read'] }, /Use \/me/],
  ['/me', { roles: ['User.Read.All'] }, /Call \/users\/\{id\} instead of \/me/],
  ['/me/drive', {}, /Add a response for \/me\/drive to graph in the configuration/],
  ['/me/photo/$value', { as: 'morgan' }, /Set photo of morgan@contoso/],
  ['/me/messages', { as: 'kim', scopes: ['Mail.Read'] }, /Guests do not have a mailbox/],
] as const)('the log says how to fix %s', async ([path, sender, remedy], { provider, call }) => {
  const { body } = await call(path, sender)
  const { error } = provider.requests.at(-1) ?? {}

  expect(error).toMatchObject({ code: body.error?.['code'], remedy: expect.stringMatching(remedy) })
  expect(JSON.stringify(body)).not.toMatch(remedy)
})

test('an escape that is not valid is 400', async ({ call }) => {
  expect((await call('/users/%E0%A4%A')).status).toBe(400)
})

test.for([
  [429, 'TooManyRequests'],
  [503, 'ServiceNotAvailable'],
  [418, 'UnknownError'],
] as const)(
  'the switch faults sends %i in the format of Graph',
  async ([status, code], { provider, call }) => {
    provider.behave({ faults: { graph: { kind: 'status', status, retryAfter: '3', times: 1 } } })
    const failed = await call('/me/messages')

    expect(failed.status).toBe(status)
    expect(failed.headers.get('retry-after')).toBe('3')
    expect(failed.body.error).toMatchObject({
      code,
      innerError: { 'request-id': failed.headers.get('request-id') },
    })
    expect((await call('/me')).status).toBe(200)
  },
)

test('a fault can have its own body, or be an error', async ({ provider, call }) => {
  provider.behave({ faults: { graph: { kind: 'status', status: 500, body: 'own' } } })
  expect((await call('/me')).body).toEqual({ text: 'own' })

  provider.behave({
    faults: { graph: { kind: 'error', error: 'MailboxConcurrency', status: 429 } },
  })
  expect((await call('/me')).body.error).toMatchObject({ code: 'MailboxConcurrency' })
})

test('a body that is too large is an error of Graph', async ({ call }) => {
  const { status, body } = await call('/me/sendMail', {}, post({ padding: 'x'.repeat(300_000) }))

  expect(status).toBe(413)
  expect(body.error).toHaveProperty('innerError')
})
