import { once } from 'node:events'
import { createServer as createHttpServer, request as httpRequest } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { Auth } from 'identity-web/fetch'
import { expect, test } from '../support/fixtures.ts'
import { cookiesOf, openForward, serveUpstream, startUpstream } from '../support/upstream.ts'
import { sendBytes } from '../support/raw.ts'

// Two servers on the way of a request or a response must agree where its body ends. Otherwise, the rest of the body is another
// request, or the response to the request of another user.

const HIDDEN = 'GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n'

test('the body of a request in chunks is never a second request to the API', async ({
  site,
  provider,
}) => {
  const api = await startUpstream()
  const methods = ['DELETE', 'OPTIONS', 'POST', 'PATCH', 'QUERY', 'LINK']
  const browser = await openForward(site, provider, { target: api.origin, methods })
  for (const method of methods) {
    const head = [
      `${method} /api/${method} HTTP/1.1`,
      `Host: ${new URL(site.origin).host}`,
      `Cookie: ${cookiesOf(browser)}`,
      'Sec-Fetch-Site: same-origin',
      'Transfer-Encoding: chunked',
      'Connection: close',
    ]
    const body = `${HIDDEN.length.toString(16)}\r\n${HIDDEN}\r\n0\r\n\r\n`

    expect(await sendBytes(site.origin, `${head.join('\r\n')}\r\n\r\n${body}`)).toMatch(
      /^HTTP\/1.1 200 /,
    )
  }

  expect(api.received.map(({ method, url, body }) => [method, url, body])).toEqual(
    methods.map((method) => [method, `/${method}`, HIDDEN]),
  )
})

test.for([
  ['204', 'HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n'],
  ['205', 'HTTP/1.1 205 Reset Content\r\nContent-Length: 5\r\n\r\nhello'],
] as const)(
  'a response with status %s does not announce a body that it does not have',
  async ([status, sent], { site, provider }) => {
    const api = createServer((socket) => {
      socket.on('error', () => socket.destroy())
      socket.once('data', () => socket.end(sent))
    }).listen(0, 'localhost')
    await once(api, 'listening')
    const { port } = api.address() as AddressInfo
    const browser = await openForward(site, provider, { target: `http://localhost:${port}` })

    const response = await browser.script(`${site.origin}/api/x`)
    api.close()

    expect(String(response.status)).toBe(status)
    expect(response.headers['content-length'] ?? '0').toBe('0')
  },
)

const OWN = 'HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nown'
/** A response that an attacker stored as text in the API. */
const STORED = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nstored'

test.for([
  ['HEAD', '200 OK\r\nContent-Length: 44'],
  ['HEAD', '200 OK\r\nTransfer-Encoding: chunked'],
  ['GET', '204 No Content\r\nContent-Length: 44'],
  ['GET', '304 Not Modified\r\nContent-Length: 44'],
  ['GET', '304 Not Modified\r\nTransfer-Encoding: chunked'],
] as const)(
  'a body that the API sends too late is not the response to another user: %s, %s',
  async ([method, head], { site, provider }) => {
    const debtors = new WeakSet<object>()
    const { origin } = await serveUpstream(
      createHttpServer(({ socket, url }) => {
        if (debtors.delete(socket)) socket.write(STORED)
        if (url === '/text') debtors.add(socket)
        socket.write(url === '/text' ? `HTTP/1.1 ${head}\r\n\r\n` : OWN)
      }),
    )
    const attacker = await openForward(site, provider, { target: origin })
    const user = await site.signIn()

    await attacker.script(`${site.origin}/api/text`, { method })

    expect((await user.script(`${site.origin}/api/own`)).text).toBe('own')
  },
)

test('a waiting connection ends when bytes arrive that belong to no response', async ({
  site,
  provider,
}) => {
  let connections = 0
  let isClosed: Promise<unknown> | undefined
  const server = createHttpServer(({ socket }) => void socket.write(OWN))
  server.on('connection', (socket) => {
    connections += 1
    isClosed ??= once(socket, 'close')
    // The end of the response in the browser shows that the connection waits.
    arrive = () => socket.write(STORED.slice(0, 5))
  })
  let arrive = (): boolean => false
  const { origin } = await serveUpstream(server)
  const browser = await openForward(site, provider, { target: origin })
  const read = async (): Promise<string> => (await browser.script(`${site.origin}/api/own`)).text

  expect([await read(), await read(), connections]).toEqual(['own', 'own', 1])
  arrive()
  await isClosed

  expect([await read(), connections]).toEqual(['own', 2])
})

test.for([
  ['a body after 204', `HTTP/1.1 204 No Content\r\n\r\n${STORED}`],
  ['a second response', OWN + STORED],
  ['two lengths', `HTTP/1.1 200 OK\r\nContent-Length: 0\r\n${STORED.slice(17)}`],
  ['a length and chunks', `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n${STORED.slice(17)}`],
  ['another protocol', `HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n${STORED}`],
] as const)('a connection that got %s is not used again', async ([, sent], { site, provider }) => {
  const { origin } = await serveUpstream(
    createHttpServer(({ socket, url }) => void socket.write(url === '/text' ? sent : OWN)),
  )
  const attacker = await openForward(site, provider, { target: origin })
  const user = await site.signIn()

  const { text } = await attacker.script(`${site.origin}/api/text`)

  expect(text).not.toContain('stored')
  expect((await user.script(`${site.origin}/api/own`)).text).toBe('own')
})

test('a request does not follow the rest of a body on the same connection', async ({
  site,
  provider,
}) => {
  const { origin } = await serveUpstream(
    createHttpServer((_request, response) => response.end('own')),
  )
  const user = await openForward(site, provider, { target: origin })
  const sent = httpRequest(`${site.origin}/api/text`, {
    method: 'POST',
    headers: { cookie: cookiesOf(user), origin: site.origin, 'content-length': 100_000 },
  })
  sent.on('error', () => undefined).write('part')
  // The API responds although most of the body is missing.
  await once(sent, 'response')

  expect((await user.script(`${site.origin}/api/own`)).text).toBe('own')
  sent.destroy()
})

test('a Content-Length that is not a number is rejected on runtimes whose server does not check it', async ({
  provider,
}) => {
  const auth = new Auth({
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: 'http://localhost:3000/redirect',
    session: { secret: 'only-for-this-test-0123456789-0123456789' },
    logger: {},
  })
  auth.forward('/api', { target: 'http://localhost:9', token: 'none' })

  for (const length of ['five', '+5', '0x5', '5, 5', '']) {
    const headers = { 'content-length': length, 'sec-fetch-site': 'same-origin' }
    const request = new Request('http://localhost:3000/api/x', {
      method: 'POST',
      headers,
      body: 'hello',
    })
    const response = await auth.respond(request, () => new Response('not forwarded'))

    expect([response.status, await response.json()]).toMatchObject([400, { error: 'malformed' }])
  }
})
