import { expect, post, test, type GraphBody } from './support/graph.js'

interface Part {
  readonly id: string
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

const partsOf = (body: GraphBody) =>
  Object.fromEntries((body['responses'] as readonly Part[]).map((part) => [part.id, part]))

test('a batch contains the responses of its requests', async ({ call }) => {
  const sender = { scopes: ['User.Read', 'Mail.Send', 'User.Read.All'] }
  const message = { toRecipients: [{ emailAddress: { address: 'robin@contoso.onmicrosoft.com' } }] }
  const requests = [
    { id: '1', method: 'GET', url: '/me?$select=displayName' },
    { id: '2', method: 'GET', url: 'users/nobody@contoso.onmicrosoft.com' },
    { id: '3', method: 'GET', url: '/me/photo/$value' },
    {
      id: '4',
      method: 'POST',
      url: '/me/sendMail',
      headers: { 'Content-Type': 'application/json' },
      body: { message },
    },
    { id: '5', method: 'GET', url: '/users/$count', headers: { ConsistencyLevel: 'eventual' } },
    { id: '6', method: 'GET', url: '/groups' },
  ]
  const { status, body } = await call('/$batch', sender, post({ requests }))
  const parts = partsOf(body)

  expect(status).toBe(200)
  expect(parts['1']).toMatchObject({ status: 200, body: { displayName: 'Alex Rivera' } })
  expect(parts['2']).toMatchObject({
    status: 404,
    body: { error: { code: 'Request_ResourceNotFound' } },
  })
  expect(parts['3']).toMatchObject({
    status: 200,
    headers: { 'Content-Type': 'image/png' },
    body: expect.stringMatching(/^iVBORw0KGgo/),
  })
  expect(parts['4']).toMatchObject({ status: 202 })
  expect(parts['4']).not.toHaveProperty('body')
  expect(parts['5']?.body).toBe(Buffer.from('5').toString('base64'))
  expect(parts['6']?.status).toBe(403)
})

test('a request whose dependency failed is not sent', async ({ call }) => {
  const requests = [
    { id: 'a', method: 'GET', url: '/me/manager' },
    { id: 'b', method: 'GET', url: '/me', dependsOn: ['a'] },
    { id: 'c', method: 'GET', url: '/me', dependsOn: ['later'] },
    { id: 'd', method: 'GET', url: '/me' },
  ]
  const { body } = await call('/$batch', {}, post({ requests }))

  expect(Object.values(partsOf(body)).map(({ status }) => status)).toEqual([403, 424, 424, 200])
})

const get = (id: number) => ({ id: String(id), method: 'GET', url: '/me' })

test.for([
  ['no requests', { requests: [] }],
  ['another body', []],
  ['21 requests', { requests: Array.from({ length: 21 }, (_, id) => get(id)) }],
  ['the same ID twice', { requests: [get(1), get(1)] }],
  ['an entry without an ID', { requests: [{ method: 'GET', url: '/me' }] }],
  ['an absolute URL', { requests: [{ ...get(1), url: 'https://graph.microsoft.com/v1.0/me' }] }],
  ['a URL with a host', { requests: [{ ...get(1), url: '//evil.example/me' }] }],
  ['null', { requests: [null] }],
] as const)('a batch with %s is 400', async ([, body], { call }) => {
  expect(await call('/$batch', {}, post(body))).toMatchObject({
    status: 400,
    body: { error: { code: 'BadRequest' } },
  })
})

test.for(['/$batch', '/../v1.0/$batch', '/x/../../v1.0/$batch', '/../dev/token', '/../'])(
  'a batch does not leave Graph, and does not contain a batch: %s',
  async (url, { call }) => {
    const requests = [{ id: '1', method: 'POST', url, body: { requests: [get(1)] } }]
    const { body } = await call('/$batch', {}, post({ requests }))

    expect(partsOf(body)['1']?.status).toBe(400)
  },
)

test('a batch needs a token and POST', async ({ provider, call }) => {
  expect((await fetch(`${provider.graph}/$batch`, post({ requests: [get(1)] }))).status).toBe(401)
  expect((await call('/$batch')).status).toBe(405)
})

test('a request of a batch has the same limit of its URL as a single request', async ({ call }) => {
  const url = (length: number) => '/me?$select=id'.padEnd(length, ',')
  const send = (length: number) =>
    call('/$batch', {}, post({ requests: [{ id: '1', method: 'GET', url: url(length) }] }))

  expect(partsOf((await send(16 * 1024)).body)['1']).toMatchObject({ status: 200 })
  expect(await send(16 * 1024 + 1)).toMatchObject({
    status: 400,
    body: { error: { code: 'BadRequest', message: expect.stringContaining('16 KB') } },
  })
})
