import { createServer, request as httpRequest, type IncomingMessage } from 'node:http'
import { once } from 'node:events'
import { createServer as createSocketServer, type AddressInfo, type Socket } from 'node:net'
import { gzipSync } from 'node:zlib'
import express from 'express'
import { Auth } from 'identity-web/express'
import { vi } from 'vitest'
import { expect, test } from '../support/fixtures.ts'
import { asGraph, claimsChallenge, NBF } from '../support/api.ts'
import { freePort } from '../support/port.ts'
import { sendToCallback } from '../support/site.ts'
import { cookiesOf, openForward, serveUpstream, startUpstream } from '../support/upstream.ts'

test('an API that is down gets a 502 response that says so', async ({ site, provider }) => {
  const browser = await openForward(site, provider, {
    target: `http://localhost:${await freePort()}`,
  })

  const response = await browser.script(`${site.origin}/api/x`)

  expect(response.status).toBe(502)
  expect(response.json()).toEqual({
    title: 'Bad Gateway',
    status: 502,
    detail: 'The connection to the API was refused.',
    error: 'upstream_unavailable',
    hint: expect.stringContaining('{ target }') as string,
  })
  expect(site.logs.join()).toContain('"reason":"upstream_unavailable"')
})

test('an API that resets a new connection does not get the request again', async ({
  site,
  provider,
}) => {
  let connections = 0
  const { origin } = await serveUpstream(
    createServer().on('connection', (socket: Socket) => {
      connections += 1
      socket.once('data', () => socket.resetAndDestroy())
    }),
  )
  const browser = await openForward(site, provider, { target: origin })

  const response = await browser.script(`${site.origin}/api/x`)

  expect([response.status, connections]).toEqual([502, 1])
})

test('an API that hangs gets a 504 response, and its connection ends', async ({
  site,
  provider,
}) => {
  let gone: Promise<unknown> | undefined
  const { origin } = await serveUpstream(
    createServer((request) => void (gone = once(request.socket, 'close'))),
  )
  const browser = await openForward(site, provider, { target: origin, timeoutSeconds: 0.2 })

  const response = await browser.script(`${site.origin}/api/x`)

  expect([response.status, response.json()]).toMatchObject([504, { error: 'upstream_timeout' }])
  await gone
})

test.for([
  ['large', 1_000_000],
  ['small', 1000],
] as const)(
  'a %s body that stops gets a 408 response, and not the blame of the API',
  async ([, length], { site, provider }) => {
    const api = await startUpstream()
    const browser = await openForward(site, provider, { target: api.origin, timeoutSeconds: 0.2 })
    const headers = {
      cookie: cookiesOf(browser),
      origin: site.origin,
      'x-csrf': '1',
      'content-length': String(length),
    }
    const sent = httpRequest(`${site.origin}/api/x`, { method: 'POST', headers })
    sent.on('error', () => undefined)
    sent.write('a'.repeat(length / 10))

    const [response] = (await once(sent, 'response')) as [IncomingMessage]
    sent.destroy()

    expect(response.statusCode).toBe(408)
    expect(response.headers.connection).toBe('close')
    expect(api.received).toEqual([])
  },
)

test('a body over the limit gets a 413 response, with and without its length', async ({
  site,
  provider,
}) => {
  const api = await startUpstream()
  const browser = await openForward(site, provider, { target: api.origin, maxBodyBytes: 1000 })
  const url = `${site.origin}/api/x`
  const send = (size: number, headers = {}): Promise<number | string> =>
    browser.script(url, { method: 'POST', body: 'a'.repeat(size), headers }).then(
      ({ status }) => status,
      ({ code }: { code: string }) => code,
    )

  expect(await send(1000)).toBe(200)
  expect(await send(1001)).toBe(413)
  expect(await send(100_000)).toBe(413)
  // The server closes the connection, so the client can also fail to send the rest.
  expect([413, 'ECONNRESET', 'EPIPE']).toContain(
    await send(1_000_000, { 'transfer-encoding': 'chunked' }),
  )
  expect(api.received).toHaveLength(1)
})

test('a large body is not sent twice, but the session has the token for the next attempt', async ({
  openSite,
  provider,
}) => {
  const tokens = new Set<string>()
  const api = await startUpstream(({ headers, body }, response) => {
    tokens.add(headers.authorization ?? '')
    if (tokens.size > 1) return response.end(String(body.length))
    const { status, headers: challenge } = claimsChallenge(NBF)
    return response.writeHead(status, challenge).end()
  })
  const site = await openSite({
    clientCapabilities: ['cp1'],
    ...asGraph({ url: api.origin }),
    scopes: 'User.Read',
  })
  const browser = await openForward(site, provider, { target: api.origin, scopes: 'User.Read' })
  const upload = { method: 'POST', body: 'a'.repeat(100_000) }

  const first = await browser.script(`${site.origin}/api/x`, upload)
  const second = await browser.script(`${site.origin}/api/x`, upload)

  expect([first.status, first.headers['retry-after'], first.json()]).toMatchObject([
    503,
    '0',
    { error: 'send_again' },
  ])
  expect(second.text).toBe('100000')
  expect(tokens.size).toBe(2)
})

test('a body that a parser has read is used if the parser kept it, and otherwise names the change', async ({
  openSite,
  provider,
}) => {
  const api = await startUpstream(({ body, headers }, response) =>
    response.end(
      JSON.stringify([body, headers['content-length'], headers['content-encoding'] ?? 'none']),
    ),
  )
  const site = await openSite()
  const auth = new Auth({
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: `${site.origin}/inner/redirect`,
    session: { secret: 'a-secret-of-the-tests-0123456789-abcdef', cookie: { name: 'identity' } },
    logger: false,
  })
  auth.forward('/inner/api', { target: api.origin, token: 'none' })
  const inner = express()
  inner.use('/api/kept', express.raw({ type: '*/*' }))
  inner.use(express.json())
  site.app.use('/inner', inner)
  auth.initApp(inner)
  const browser = await openForward(site, provider, { target: api.origin })
  const { location } = await browser.navigate(`${site.origin}/inner/login`)
  await sendToCallback(browser, await provider.signIn(location ?? '', {}))

  const consumed = await browser.script(`${site.origin}/inner/api/x`, {
    method: 'POST',
    body: '{"a": 1}',
    headers: { 'content-type': 'application/json' },
  })
  const skipped = await browser.script(`${site.origin}/inner/api/x`, {
    method: 'POST',
    body: 'text',
    headers: { 'content-type': 'text/plain' },
  })

  const kept = await browser.script(`${site.origin}/inner/api/kept`, {
    method: 'POST',
    body: 'kept',
    headers: { 'content-type': 'text/x' },
  })
  const compressed = await fetch(`${site.origin}/inner/api/kept`, {
    method: 'POST',
    body: gzipSync('kept'),
    headers: {
      cookie: cookiesOf(browser),
      'content-encoding': 'gzip',
      'content-type': 'text/x',
      'sec-fetch-site': 'same-origin',
      'x-csrf': '1',
    },
  })

  expect(kept.json()).toEqual(['kept', '4', 'none'])
  // The parser has decompressed the body.
  expect(await compressed.json()).toEqual(['kept', '4', 'none'])
  expect(consumed.status).toBe(500)
  expect(consumed.json()).toMatchObject({
    error: 'body_consumed',
    hint: expect.stringContaining('Call new Auth(app) before you add the body parser') as string,
  })
  expect(skipped.json()).toEqual(['text', '4', 'none'])
})

test('a connection that the API has closed meanwhile is replaced, unless the request could then arrive twice', async ({
  site,
  provider,
}) => {
  const requests = new Map<Socket, number>()
  const { origin } = await serveUpstream(
    createServer((request, response) => {
      const { socket } = request
      requests.set(socket, (requests.get(socket) ?? 0) + 1)
      // An API closes a connection that waits for the next request, while that request is on its way.
      if (requests.get(socket) === 2) socket.destroy()
      else request.resume().on('end', () => response.end('done'))
    }),
  )
  const browser = await openForward(site, provider, { target: origin })
  const send = async (method: string, body?: string): Promise<number> => {
    const options = { method, ...(body !== undefined && { body }) }
    return (await browser.script(`${site.origin}/api/x`, options)).status
  }

  const statuses: number[] = []
  for (const method of ['GET', 'PUT', 'DELETE']) statuses.push(await send(method))
  expect(await send('POST', 'order')).toBe(502)
  expect(statuses).toEqual([200, 200, 200])
  expect(requests.size).toBeGreaterThan(1)
})

test('a browser that goes away before the API responds ends the request to the API, which gets no blame', async ({
  site,
  provider,
}) => {
  let gone: Promise<unknown> | undefined
  const { origin, server } = await serveUpstream(
    createServer((request) => void (gone = once(request.socket, 'close'))),
  )
  const received = once(server, 'request')
  const browser = await openForward(site, provider, { target: origin })
  const sent = httpRequest(`${site.origin}/api/x`, {
    headers: { cookie: cookiesOf(browser), 'sec-fetch-site': 'same-origin' },
  }).end()
  sent.on('error', () => undefined)
  await received
  sent.destroy()

  await gone
  await vi.waitFor(() => expect(site.logs.join('\n')).toContain('"reason":"client_gone"'), 30_000)
  expect(site.logs.join('\n')).not.toMatch(/upstream_|"level":"(?:warn|error)"/)
})

test('an application that ends the response early ends the request to the API', async ({
  openSite,
  provider,
}) => {
  let gone: Promise<unknown> | undefined
  let endEarly: () => void = () => undefined
  const { origin } = await serveUpstream(
    createServer((request, response) => {
      gone = once(request.socket, 'close')
      response.writeHead(200, { 'content-type': 'text/plain' })
      response.write('first')
      // Nothing of this may be written after the end, which would be an error without a handler.
      const more = setInterval(() => response.write('more'), 5)
      request.socket.once('close', () => clearInterval(more))
    }),
  )
  const site = await openSite()
  const auth = new Auth({
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: `${site.origin}/inner/redirect`,
    session: { secret: 'a-secret-of-the-tests-0123456789-abcdef', cookie: { name: 'identity' } },
    logger: false,
  })
  auth.forward('/inner/api', { target: origin, token: 'none' })
  const inner = express()
  inner.use((_req, res, next) => {
    endEarly = () => void res.end('END')
    next()
  })
  site.app.use('/inner', inner)
  auth.initApp(inner)
  const browser = await openForward(site, provider, { target: origin })
  const { location } = await browser.navigate(`${site.origin}/inner/login`)
  await sendToCallback(browser, await provider.signIn(location ?? '', {}))

  const response = await fetch(`${site.origin}/inner/api/x`, {
    headers: { cookie: cookiesOf(browser), 'sec-fetch-site': 'same-origin' },
  })
  endEarly()

  expect(await response.text()).toMatch(/^first(?:more)*END$/)
  await gone
})

test('a slow reader slows the API down, so that the memory does not grow', async ({
  site,
  provider,
}) => {
  let written = 0
  const { origin } = await serveUpstream(
    createServer((_request, response) => {
      const chunk = Buffer.alloc(1_000_000)
      const write = (): void => {
        while (written < 500 && response.write(chunk)) written++
        written++
        if (written < 500) response.once('drain', write)
      }
      write()
    }),
  )
  const browser = await openForward(site, provider, { target: origin })
  const sent = httpRequest(`${site.origin}/api/x`, {
    headers: { cookie: cookiesOf(browser), 'sec-fetch-site': 'same-origin' },
  }).end()
  const [response] = (await once(sent, 'response')) as [NodeJS.ReadableStream]
  response.pause()
  // Nothing reads, so the connections fill and then stop.
  let before = -1
  while (before !== written) {
    before = written
    await new Promise((resolve) => void setTimeout(resolve, 200))
  }
  sent.destroy()

  expect(written).toBeLessThan(100)
})

test('an API that reads nothing slows the upload down', async ({ site, provider }) => {
  const server = createSocketServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.pause()
  }).listen(0, 'localhost')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const browser = await openForward(site, provider, {
    target: `http://localhost:${port}`,
    maxBodyBytes: 1_000_000_000,
  })
  const sent = httpRequest(`${site.origin}/api/x`, {
    method: 'POST',
    headers: { cookie: cookiesOf(browser), 'sec-fetch-site': 'same-origin' },
  })
  sent.on('error', () => undefined)
  let chunks = 0
  while (chunks < 300 && sent.write(Buffer.alloc(1_000_000))) chunks++
  const deadline = Date.now() + 2000
  let drained = true
  while (drained && chunks < 300 && Date.now() < deadline) {
    drained = await Promise.race([
      once(sent, 'drain').then(() => true),
      new Promise<false>((resolve) => void setTimeout(() => resolve(false), 1000)),
    ])
    if (drained) while (chunks < 300 && sent.write(Buffer.alloc(1_000_000))) chunks++
    chunks++
  }
  sent.destroy()
  server.close()

  expect(chunks).toBeLessThan(100)
})
