import { deviceCode } from 'identity-web/device-code'
import { Auth } from 'identity-web/fetch'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { expectErrorPage } from '../support/attack.ts'
import {
  startHostileServer,
  trickle,
  type HostileResponse,
  type HostileServer,
} from '../support/hostile-server.ts'
import {
  Browser,
  IMPATIENT,
  PATIENT_SECONDS,
  sendToCallback,
  startSignIn,
  untilReady,
} from '../support/site.ts'

const ENDPOINTS = {
  metadata: /\/\.well-known\/openid-configuration$/,
  keys: /\/discovery\//,
  token: /\/token$/,
  device: /\/devicecode$/,
} as const
type Endpoint = keyof typeof ENDPOINTS

const JSON_TYPE = { 'content-type': 'application/json' }
const SECRET = 'MARKED-secret-of-the-tests'

const test = base
  /** A function like `fetch` that sends the requests for an endpoint to another server, and counts what it reads. */
  .extend('detour', () => (endpoint: Endpoint, server: HostileServer) => {
    const read = { bytes: 0 }
    const detour: typeof fetch = async (input, init) => {
      const { href, pathname } = new URL(input as string)
      if (!ENDPOINTS[endpoint].test(pathname)) return fetch(href, init)
      const response = await fetch(server.origin + pathname, init)
      const counted = response.body?.pipeThrough(
        new TransformStream<Uint8Array, Uint8Array>({
          transform(chunk, controller) {
            read.bytes += chunk.byteLength
            controller.enqueue(chunk)
          },
        }),
      )
      return new Response(counted, response)
    }
    return { fetch: detour, read }
  })
  /** Opens a page at a site, and signs in. A server takes the place of one endpoint of the provider. */
  .extend(
    'visit',
    ({ openSite, provider, detour }) =>
      async (endpoint: Endpoint, respond: HostileResponse, hangs = false) => {
        const server = await startHostileServer(respond)
        const { fetch: fetching, read } = detour(endpoint, server)
        const site = await openSite({
          ...(hangs && IMPATIENT),
          fetch: fetching,
          // The provider does not know it, and `changed` replaces it.
          ...(endpoint === 'token' && { clientCredential: SECRET }),
          ...(endpoint === 'device' && { signIn: deviceCode(), redirectUri: undefined }),
        })
        if (hangs && endpoint === 'token') await untilReady(site)
        const browser = new Browser()
        const started = performance.now()
        const open = async () =>
          endpoint === 'metadata'
            ? browser.navigate(`${site.origin}/`)
            : endpoint === 'device'
              ? browser.navigate(`${site.origin}/login`)
              : sendToCallback(browser, await startSignIn(site, provider, browser))
        const response = await open()
        return { site, server, response, read, seconds: (performance.now() - started) / 1000 }
      },
  )
  /** Sends the response of the provider, changed by a function. */
  .extend(
    'changed',
    ({ provider }) =>
      (change: (body: Buffer, outgoing: Parameters<HostileResponse>[0]) => void): HostileResponse =>
      async (outgoing, { url = '', method = 'GET', headers }, body) => {
        const { 'content-type': type = '' } = headers
        const response = await fetch(provider.origin + url, {
          method,
          headers: { 'content-type': type },
          ...(method === 'POST' && {
            body: body.replace(SECRET, provider.app.clientSecret ?? ''),
          }),
        })
        change(Buffer.from(await response.arrayBuffer()), outgoing)
      },
  )

function* oneByOne(text: string): Generator<string> {
  yield* text
  for (;;) yield ' '
}

const raw =
  (head: string[], body = '{}'): HostileResponse =>
  ({ socket }) =>
    void socket?.end(['HTTP/1.1 200 OK', ...head, '', body].join('\r\n'))

const bomb = Buffer.alloc(20_000_000, ' ')
const gzipBomb = gzipSync(bomb)
const brotliBomb = brotliCompressSync(bomb, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })

const compressed =
  (encoding: string, body: Buffer): HostileResponse =>
  (outgoing) =>
    void outgoing.writeHead(200, { ...JSON_TYPE, 'content-encoding': encoding }).end(body)

/** Each with the status that users see. */
const BROKEN: [what: string, respond: HostileResponse, status: number][] = [
  [
    'sends its body byte by byte',
    (outgoing) => {
      outgoing.writeHead(200, JSON_TYPE).flushHeaders()
      trickle(
        outgoing,
        (function* () {
          for (;;) yield '1\r\n \r\n'
        })(),
      )
    },
    503,
  ],
  [
    'sends its headers byte by byte',
    (outgoing) => trickle(outgoing, oneByOne('HTTP/1.1 200 OK\r\nX-Padding: ')),
    503,
  ],
  [
    'announces a gigabyte and stops',
    (outgoing) =>
      void outgoing.writeHead(200, { ...JSON_TYPE, 'content-length': 1e9 }).write('{"a":1}'),
    503,
  ],
  [
    'never stops',
    (outgoing) => {
      const more = (): void => {
        while (!outgoing.destroyed && outgoing.write(' '.repeat(65_536)));
      }
      outgoing.writeHead(200, JSON_TYPE).on('drain', more)
      more()
    },
    502,
  ],
  ['sends 20 MB in a small gzip file', compressed('gzip', gzipBomb), 502],
  ['sends 20 MB in a small brotli file', compressed('br', brotliBomb), 502],
  ['says gzip and sends JSON', compressed('gzip', Buffer.from('{}')), 503],
  ['announces more than it sends', raw(['Content-Length: 100'], '{"a":1}'), 503],
  ['announces less than it sends', raw(['Content-Length: 5'], '{"a":1}'), 502],
  ['announces two lengths', raw(['Content-Length: 2', 'Content-Length: 3']), 503],
  ['does not send HTTP', ({ socket }) => void socket?.end('220 mail.example ESMTP\r\n'), 503],
  [
    'sends a page as JSON',
    (outgoing) =>
      void outgoing.writeHead(200, JSON_TYPE).end('<!doctype html><title>Login</title>'),
    502,
  ],
  [
    'sends UTF-16',
    (outgoing) =>
      void outgoing
        .writeHead(200, { 'content-type': 'application/json; charset=utf-16le' })
        .end(Buffer.from('{"issuer":"x"}', 'utf16le')),
    502,
  ],
  [
    'sends half of its JSON',
    (outgoing) => void outgoing.writeHead(200, JSON_TYPE).end('{"issuer":"htt'),
    502,
  ],
]

describe.each(['metadata', 'token'] as const)('a %s endpoint that', (endpoint) => {
  test.for(BROKEN)(
    '%s causes an error page in time',
    async ([what, respond, status], { visit }) => {
      const hangs = /byte by byte|and stops/.test(what)
      const { site, server, response, seconds, read } = await visit(endpoint, respond, hangs)

      expectErrorPage(site, response, status)
      expect(response.headers['retry-after']).toBe(status === 503 ? '5' : undefined)
      // The limits apply to the whole response, and after it was decompressed.
      expect(seconds).toBeLessThan(PATIENT_SECONDS)
      expect(read.bytes).toBeLessThan(2_000_000)
      if (/byte by byte|stop/.test(what)) await server.closed()
    },
  )

  test.for([
    [
      'starts with a byte order mark',
      {},
      (body: Buffer) => Buffer.concat([Buffer.from('\uFEFF'), body]),
    ],
    [
      'names another charset',
      { 'content-type': 'text/plain; charset=iso-8859-1' },
      (body: Buffer) => body,
    ],
    ['is compressed', { 'content-encoding': 'gzip' }, (body: Buffer) => gzipSync(body)],
    [
      'has headers twice',
      { 'content-type': ['text/html', 'application/json'], date: ['x', 'y'] },
      (body: Buffer) => body,
    ],
  ] as [string, Record<string, string | string[]>, (body: Buffer) => Buffer][])(
    '%s is read',
    async ([, headers, encode], { visit, changed }) => {
      const { response } = await visit(
        endpoint,
        changed((body, outgoing) => void outgoing.writeHead(200, headers).end(encode(body))),
      )

      expect(response.status, response.text).toBe(302)
    },
  )
})

describe('the library', () => {
  test.for(
    (['metadata', 'keys', 'token', 'device'] as const).flatMap((endpoint) =>
      [302, 307, 308].map((status) => [status, endpoint] as const),
    ),
  )(
    'does not follow a redirect (%i) of the provider: %s endpoint',
    async ([status, endpoint], { visit }) => {
      const target = await startHostileServer((outgoing) => void outgoing.end('{}'))

      const { site, server, response } = await visit(endpoint, (outgoing) => {
        const location = `${target.origin}/evil?from=MARKED-query`
        outgoing.writeHead(status, { ...JSON_TYPE, location }).end('{"access_token":"x"}')
      })

      expect(response.status).toBe(502)
      expect(server.requests).toHaveLength(1)
      expect(target.requests).toEqual([])
      expect(site.logs.join('\n')).toContain(
        `redirects to ${target.origin}/evil. Redirects are not`,
      )
      expect(site.logs.join('\n') + response.text).not.toContain('MARKED')
    },
  )

  test('does not use a response if fetch followed a redirect', async ({ openSite, provider }) => {
    const target = await startHostileServer((outgoing, { url }) => {
      if (url === '/evil') outgoing.end('{}')
      else outgoing.writeHead(302, { location: '/evil' }).end()
    })
    const site = await openSite({ fetch: (_input, _init) => fetch(target.origin) })

    const response = await new Browser().navigate(`${site.origin}/`)

    expectErrorPage(site, response, 502)
    expect(site.logs.join()).toContain("redirect: 'manual'")
    expect(provider.requests).toEqual([])
  })

  test.for([
    ['sends its keys byte by byte', BROKEN[0]?.[1], 503],
    ['sends 20 MB of keys in a small gzip file', BROKEN[4]?.[1], 502],
  ] as const)(
    'an API responds in time while the provider %s',
    async ([, respond, status], { openApi, provider, detour }) => {
      const server = await startHostileServer(respond ?? (() => undefined))
      const { fetch: fetching, read } = detour('keys', server)
      const api = await openApi({ fetch: fetching, ...(status === 503 && IMPATIENT) })

      const response = await api.call('/', await provider.accessToken({ as: 'alex' }))

      expect(response.status).toBe(status)
      expect(read.bytes).toBeLessThan(2_000_000)
      // The other response has arrived completely, so its connection stays open for a while.
      if (status === 503) await server.closed()
    },
  )
})

test.for([
  'authorization_endpoint',
  'token_endpoint',
  'jwks_uri',
  'end_session_endpoint',
  'device_authorization_endpoint',
  'userinfo_endpoint',
])('a provider on the internet cannot name an http URL of this machine as %s', async (field) => {
  const inside = await startHostileServer((outgoing) => void outgoing.writeHead(200).end('{}'))
  const issuer = 'https://accounts.example.com'
  const auth = new Auth({
    oidcAuthority: issuer,
    clientId: 'shop',
    clientCredential: SECRET,
    redirectUri: 'http://localhost:5000/redirect',
    logger: false,
    fetch: async (input, init) => {
      const { href, origin } = new URL(input as string)
      if (origin !== issuer) return fetch(href, init)
      const endpoints = { authorization_endpoint: issuer, token_endpoint: issuer, jwks_uri: issuer }
      return Response.json({ issuer, ...endpoints, [field]: `${inside.origin}/admin` })
    },
  })

  await expect(auth.getTokenForClient('a')).rejects.toMatchObject({
    code: 'invalid_response',
    message: expect.stringContaining(`contains a ${field} that is not an https URL`),
  })
  expect(inside.requests).toEqual([])
})

describe('a pause that the provider asks for', () => {
  test.for([
    ['a date in two minutes', (now: number) => [new Date(now + 120_000).toUTCString()], '120'],
    ['a date in a year', (now: number) => [new Date(now + 365 * 86_400_000).toUTCString()], '3600'],
    ['a date in the past', (now: number) => [new Date(now - 1000).toUTCString()], '5'],
    ['a huge number', () => ['99999999999999999999'], '3600'],
    ['an infinite number', () => ['1e999'], '5'],
    ['two numbers', () => ['7', '9'], '5'],
    ['a date that does not exist', () => ['Wed, 99 Oct 2026 07:28:00 GMT'], '5'],
  ] as const)('can be %s', async ([, value, expected], { visit }) => {
    const { response } = await visit('token', (outgoing) => {
      // The clock of the provider is an hour behind. Only the difference between its two times counts.
      const now = Math.floor(Date.now() / 1000) * 1000 - 3_600_000
      const date = new Date(now).toUTCString()
      outgoing.setHeader('date', date).setHeader('retry-after', value(now))
      outgoing.writeHead(429).end()
    })

    expect(response.status).toBe(503)
    expect(response.headers['retry-after']).toBe(expected)
  })
})
