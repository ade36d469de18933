import {
  BatchRequestContent,
  BatchResponseContent,
  Client,
  GraphError,
  PageIterator,
  type PageCollection,
} from '@microsoft/microsoft-graph-client'
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from 'undici'
import { expect, GRAPH, test as base } from './support/graph.js'

const SCOPES = ['User.Read', 'User.Read.All', 'Group.Read.All', 'Mail.Read', 'Mail.Send']

// Microsoft's client sends the token and follows links only over https.
const test = base
  .extend('providerOptions', { tls: true })
  .extend('client', async ({ provider }, { onCleanup }): Promise<Client> => {
    const token = await provider.accessToken({ as: 'alex', api: GRAPH, scopes: SCOPES })
    const dispatcher = getGlobalDispatcher()
    setGlobalDispatcher(new Agent({ connect: { ca: provider.certificate } }))
    onCleanup(() => setGlobalDispatcher(dispatcher))
    return Client.init({
      authProvider: (done) => done(null, token),
      baseUrl: `${provider.origin}/`,
      customHosts: new Set(['localhost']),
    })
  })

test('Microsoft’s client reads users with query options', async ({ client }) => {
  const users = (await client
    .api('/users')
    .header('ConsistencyLevel', 'eventual')
    .filter("displayName eq 'Robin Chen' and department eq 'Product'")
    .select(['displayName', 'department'])
    .top(5)
    .count()
    .get()) as PageCollection

  expect(users.value).toEqual([{ displayName: 'Robin Chen', department: 'Product' }])
  expect(users['@odata.count']).toBe(1)
})

test.for([
  ['/groups?$select=id', 252],
  ['/me/messages?$select=subject', 12],
] as const)('PageIterator reads all pages of %s', async ([path, count], { client }) => {
  const found = new Set<unknown>()
  const first = (await client.api(path).get()) as PageCollection
  const iterator = new PageIterator(client, first, (entry: { readonly id: string }) => {
    found.add(entry.id)
    return true
  })
  await iterator.iterate()

  expect(first['@odata.nextLink']).toMatch(/^https:\/\/localhost:/)
  expect(found.size).toBe(count)
})

test('BatchRequestContent sends requests in order', async ({ provider, client }) => {
  // The client removes only the origin, and URLs in a batch do not contain the version.
  const { origin } = provider
  const body = JSON.stringify({
    message: {
      subject: 'From a batch',
      toRecipients: [{ emailAddress: { address: provider.user('alex').email } }],
    },
  })
  const send = new Request(`${origin}/me/sendMail`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body,
  })
  const content = new BatchRequestContent([
    { id: '1', request: send },
    { id: '2', request: new Request(`${origin}/me/messages?$top=1`), dependsOn: ['1'] },
    { id: '3', request: new Request(`${origin}/me/unknown`), dependsOn: ['2'] },
  ])
  const batch = new BatchResponseContent(
    await client.api('/$batch').post(await content.getContent()),
  )

  expect(batch.getResponseById('1').status).toBe(202)
  expect(await batch.getResponseById('2').json()).toMatchObject({
    value: [{ subject: 'From a batch' }],
  })
  expect(batch.getResponseById('3').status).toBe(400)
})

test('the client gets a photo as a blob', async ({ client }) => {
  const photo = (await client.api('/me/photo/$value').get()) as Blob

  expect(photo).toBeInstanceOf(Blob)
  expect(
    Buffer.from(await photo.arrayBuffer())
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG')
})

test('the client reads errors', async ({ client }) => {
  const error: unknown = await client
    .api('/users/nobody')
    .get()
    .catch((caught: unknown) => caught)

  expect(error).toBeInstanceOf(GraphError)
  expect(error).toMatchObject({ statusCode: 404, code: 'Request_ResourceNotFound' })
})

test('the client repeats a request after 429', async ({ provider, client }) => {
  provider.behave({ faults: { graph: { kind: 'status', status: 429, retryAfter: '0', times: 1 } } })

  expect(await client.api('/me').get()).toMatchObject({ displayName: 'Alex Rivera' })
  expect(provider.requests.filter(({ path }) => path === '/v1.0/me')).toHaveLength(2)
})
