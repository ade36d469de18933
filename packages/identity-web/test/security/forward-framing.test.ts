import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { Auth } from 'identity-web/fetch'
import { expect, test } from '../support/fixtures.ts'
import { cookiesOf, openForward, startUpstream } from '../support/upstream.ts'
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
