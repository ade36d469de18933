import { createServer } from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, test } from '../support/fixtures.ts'
import { asGraph } from '../support/api.ts'
import { sendRaw } from '../support/raw.ts'
import { cookiesOf, openForward, startUpstream } from '../support/upstream.ts'

const HIDDEN = 'GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n'

test('headers about the connection, credentials and claims of other proxies do not reach the API', async ({
  openSite,
  provider,
}) => {
  const api = await startUpstream()
  const site = await openSite({ ...asGraph({ url: api.origin }), scopes: 'User.Read' })
  const browser = await openForward(site, provider, {
    target: api.origin,
    scopes: 'User.Read',
    requestHeaders: ['x-board', 'x-named'],
  })

  await browser.script(`${site.origin}/api/x`, {
    headers: {
      authorization: 'Bearer of-an-attacker',
      'proxy-authorization': 'Basic eA==',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'internal',
      'x-real-ip': '127.0.0.1',
      'x-original-url': '/admin',
      'x-http-method-override': 'DELETE',
      forwarded: 'for=127.0.0.1',
      te: 'trailers',
      connection: 'close, X-Named, Accept-Language',
      'x-named': 'hop',
      'accept-language': 'de',
      'x-board': 'kept',
      origin: site.origin,
      referer: `${site.origin}/secret-page`,
      accept: 'text/plain',
    },
  })

  const [received] = api.received
  const { authorization, host, connection, ...headers } = received?.headers ?? {}
  expect(authorization).toMatch(/^Bearer ey/)
  expect(host).toBe(new URL(api.origin).host)
  expect(connection).toBe('keep-alive')
  expect(headers).toEqual({ accept: 'text/plain', 'x-board': 'kept' })
})

test('headers of the API that would change this origin do not reach the browser', async ({
  site,
  provider,
}) => {
  const api = await startUpstream((_received, response) => {
    response.writeHead(200, {
      'content-type': 'text/html',
      'set-cookie': ['identity=x; Path=/', '__Host-identity=y'],
      'www-authenticate': 'Basic',
      'proxy-authenticate': 'Basic',
      'alt-svc': 'h3="evil.example:443"',
      'clear-site-data': '"*"',
      'strict-transport-security': 'max-age=0',
      'access-control-allow-origin': '*',
      'access-control-allow-credentials': 'true',
      'x-accel-redirect': '/internal',
      'service-worker-allowed': '/',
      refresh: '0; url=https://evil.example',
      server: 'internal-server/1.0',
      connection: 'close, etag',
      etag: '"hop"',
      'content-security-policy': "default-src 'self'",
      'x-kept': 'kept',
    })
    response.end('<script>alert(1)</script>')
  })
  const browser = await openForward(site, provider, {
    target: api.origin,
    responseHeaders: ['X-Kept'],
  })

  const { headers } = await browser.navigate(`${site.origin}/api/page`)

  const { date, 'x-powered-by': _, ...rest } = headers
  expect(date).toBeDefined()
  expect(rest).toEqual({
    'cache-control': 'private, no-store',
    connection: 'close',
    'content-type': 'text/html',
    // The page of the API does not run with this origin.
    'content-security-policy': "default-src 'self', sandbox",
    'transfer-encoding': 'chunked',
    vary: 'Cookie',
    'x-content-type-options': 'nosniff',
    'x-kept': 'kept',
  })
})

test('a page of the API never runs its scripts with this origin, in every type that browsers run', async ({
  site,
  provider,
}) => {
  const api = await startUpstream(({ url }, response) => {
    const type = decodeURIComponent(url.slice('/?'.length))
    if (type !== '') response.setHeader('content-type', type)
    response.end('<script>alert(1)</script>')
  })
  const browser = await openForward(site, provider, { target: api.origin })
  for (const [type, isSandboxed] of [
    ['', true],
    ['text/html', true],
    ['application/xhtml+xml', true],
    ['image/svg+xml', true],
    ['TEXT/XML; charset=utf-8', true],
    ['text/xsl', true],
    ['multipart/x-mixed-replace; boundary=b', true],
    ['application/json', false],
    ['application/pdf', false],
  ] as const) {
    const { headers } = await browser.navigate(`${site.origin}/api/?${encodeURIComponent(type)}`)
    const { 'content-security-policy': policy = '' } = headers

    expect([type, String(policy).includes('sandbox')]).toEqual([type, isSandboxed])
    expect(headers['x-content-type-options']).toBe('nosniff')
  }
})

test('shared caches never store a response, whatever the API says', async ({ site, provider }) => {
  let given = ''
  const api = await startUpstream((_received, response) => {
    response.writeHead(200, { 'cache-control': given, vary: 'Accept, Authorization' }).end()
  })
  const browser = await openForward(site, provider, { target: api.origin })
  const sent: Record<string, unknown> = {}
  for (given of [
    'public, max-age=60',
    'max-age=60, s-maxage=600',
    'PUBLIC',
    'no-store',
    'private, no-cache, must-revalidate',
    'immutable, max-age=9, proxy-revalidate',
  ]) {
    const { headers } = await browser.script(`${site.origin}/api/x`)
    sent[given] = headers['cache-control']
    expect(headers.vary).toBe('Cookie, Accept')
  }

  expect(sent).toEqual({
    'public, max-age=60': 'private, max-age=60',
    'max-age=60, s-maxage=600': 'private, max-age=60',
    PUBLIC: 'private',
    'no-store': 'private, no-store',
    'private, no-cache, must-revalidate': 'private, no-cache, must-revalidate',
    'immutable, max-age=9, proxy-revalidate': 'private, immutable, max-age=9',
  })
})

test('a request that servers could read as two never reaches the API as two', async ({
  site,
  provider,
}) => {
  const api = await startUpstream()
  const browser = await openForward(site, provider, { target: api.origin })
  const hidden = HIDDEN
  const own = [
    `Host: ${new URL(site.origin).host}`,
    `Cookie: ${cookiesOf(browser)}`,
    'Sec-Fetch-Site: same-origin',
  ]
  const attacks = [
    ['Content-Length: 5', 'Transfer-Encoding: chunked', '', `0\r\n\r\n${hidden}`],
    ['Content-Length: 0', `Content-Length: ${hidden.length}`, '', hidden],
    ['Transfer-Encoding: chunked, identity', '', `0\r\n\r\n${hidden}`],
    ['Transfer-Encoding: xchunked', '', `0\r\n\r\n${hidden}`],
    ['Transfer-Encoding : chunked', '', `0\r\n\r\n${hidden}`],
    ['X-Folded: a', ' Transfer-Encoding: chunked', `Content-Length: ${hidden.length}`, '', hidden],
    ['Content-Length: +5', '', hidden],
  ]
  for (const attack of attacks) {
    for (const method of ['POST', 'GET']) {
      await sendRaw(site.origin, [`${method} /api/seen HTTP/1.1`, ...own, ...attack])
    }
  }

  expect(api.received.map(({ url }) => url)).not.toContain('/hidden')
  for (const { rawHeaders } of api.received) {
    const framing = rawHeaders.filter((name) => /^(content-length|transfer-encoding)$/i.test(name))
    expect(framing.length).toBeLessThanOrEqual(1)
  }
})

test.for([
  ['GET', ''],
  ['DELETE', HIDDEN],
  ['OPTIONS', HIDDEN],
  ['PUT', HIDDEN],
])(
  'the body of a %s in chunks does not become another request',
  async ([method, expected], { site, provider }) => {
    const api = await startUpstream()
    const browser = await openForward(site, provider, {
      target: api.origin,
      methods: ['GET', 'DELETE', 'OPTIONS', 'PUT'],
    })

    const response = await browser.script(`${site.origin}/api/x`, {
      method: method ?? '',
      body: HIDDEN,
      headers: { 'transfer-encoding': 'chunked' },
    })

    expect(response.status).toBe(200)
    await browser.script(`${site.origin}/api/y`)
    expect(api.received.map(({ url, body }) => [url, body])).toEqual([
      ['/x', expected],
      ['/y', ''],
    ])
  },
)

test.for([
  ['a header with a line break', 'HTTP/1.1 200 OK\r\nx: a\r\n b\rc: d\r\n\r\n'],
  ['a header without a name', 'HTTP/1.1 200 OK\r\n: x\r\n\r\n'],
  ['something that is not HTTP', 'SSH-2.0-OpenSSH_9.6\r\n'],
  [
    'a second Content-Length',
    'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
  ],
  ['a status that browsers do not know', 'HTTP/1.1 999 x\r\nContent-Length: 0\r\n\r\n'],
  ['a change of the protocol', 'HTTP/1.1 101 x\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'],
  [
    'headers without an end',
    `HTTP/1.1 200 OK\r\n${'x: MARKED-secret-of-the-api\r\n'.repeat(5000)}`,
  ],
])(
  'an API that sends %s gets a 502 response, and nothing of it is shown',
  async ([, sent], { site, provider }) => {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy())
      socket.once('data', () => socket.end(sent ?? ''))
    }).listen(0, 'localhost')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const browser = await openForward(site, provider, { target: `http://localhost:${port}` })

    const response = await browser.script(`${site.origin}/api/x`)
    server.close()

    expect(response.status).toBe(502)
    expect(response.headers['content-type']).toBe('application/problem+json')
    expect(response.json()).toMatchObject({ status: 502, title: 'Bad Gateway' })
    for (const text of [response.text, ...site.logs]) expect(text).not.toMatch(/MARKED|OpenSSH/)
    expect(site.logs.join('\n')).toContain('"type":"forward.failed"')
  },
)
