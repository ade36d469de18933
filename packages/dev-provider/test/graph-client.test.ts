import {
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
    .filter("displayName eq 'Robin Chen'")
    .select(['displayName', 'department'])
    .top(5)
    .get()) as PageCollection

  expect(users.value).toEqual([{ displayName: 'Robin Chen', department: 'Product' }])
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
