import { expect, test } from '../support/fixtures.ts'
import { asGraph } from '../support/api.ts'
import { type BrowserRequest } from '../support/browser.ts'
import { SESSION_SECRET } from '../support/site.ts'
import { continued, isContinuePage } from '../support/strict.ts'
import { openForward, startUpstream } from '../support/upstream.ts'

test('only pages of this origin, and navigations that the user typed, reach the API', async ({
  site,
  provider,
}) => {
  const api = await startUpstream()
  const browser = await openForward(site, provider, { target: api.origin })
  const send = (headers: BrowserRequest['headers'], method = 'GET'): Promise<number> =>
    browser.send(`${site.origin}/api/x`, { method, headers: { ...headers } }).then((r) => r.status)

  const rejected = await Promise.all([
    send({}),
    send({ 'sec-fetch-site': 'cross-site' }),
    send({ 'sec-fetch-site': 'same-site' }),
    send({ 'sec-fetch-site': 'none' }),
    send({ 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' }, 'POST'),
    send({ 'sec-fetch-site': 'cross-site', 'x-csrf': '1' }),
    send({ origin: 'https://evil.example', 'x-csrf': '1' }),
    send({ origin: 'null', 'x-csrf': '1' }),
    send({ origin: site.origin }, 'POST'),
  ])
  expect(new Set(rejected)).toEqual(new Set([403]))
  expect(api.received).toEqual([])

  const allowed = await Promise.all([
    send({ 'sec-fetch-site': 'same-origin' }),
    send({ 'sec-fetch-site': 'same-origin' }, 'DELETE'),
    send({ 'x-csrf': '1' }),
    send({ 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' }),
  ])
  expect(new Set(allowed)).toEqual(new Set([200]))
})

test.for(['strict', 'lax'] as const)(
  'a link of another site does not reach the API through the sign-in (%s)',
  async (sameSite, { openSite, browser }) => {
    const api = await startUpstream()
    const site = await openSite({ session: { secret: SESSION_SECRET, cookie: { sameSite } } })
    site.auth.forward('/api', { target: api.origin, token: 'none' })
    const path = `/login?continue=1&return_to=${encodeURIComponent('/api/pay?to=evil')}`
    const headers = { 'sec-fetch-site': 'cross-site' }

    const link = await browser.navigate(site.origin + path, { headers })
    const signIn = await site.startSignIn(browser, { path })
    const first = await browser.navigate(signIn.url.href, { headers })
    const back = await continued(browser, signIn, first)

    expect(link.text).not.toContain('/api/pay')
    expect(isContinuePage(first)).toBe(sameSite === 'strict')
    expect(first.location ?? back.location).toBe('/')
  },
)

test('a token never goes to another origin than that of the API which its scopes name', async ({
  openSite,
}) => {
  const site = await openSite(asGraph({ url: 'https://graph.example/v1' }))

  expect(() =>
    site.auth.forward('/api', { target: 'https://evil.example', scopes: 'User.Read' }),
  ).toThrow('would send the access token to https://evil.example')
  expect(() =>
    site.auth.forward('/b', { target: 'http://api.example', scopes: 'api://x/y' }),
  ).toThrow('target must start with https://')
})

test('a redirect of the API is not followed, and its target stays hidden', async ({
  openSite,
  provider,
}) => {
  const other = await startUpstream()
  const api = await startUpstream((_received, response) =>
    response.writeHead(307, { location: `${other.origin}/MARKED-internal` }).end('MARKED-body'),
  )
  const site = await openSite({ ...asGraph({ url: api.origin }), scopes: 'User.Read' })
  const browser = await openForward(site, provider, { target: api.origin, scopes: 'User.Read' })

  const response = await browser.script(`${site.origin}/api/x`, { method: 'POST', body: 'x' })

  expect(response.status).toBe(502)
  expect(response.location).toBeUndefined()
  expect(other.received).toEqual([])
  for (const text of [response.text, ...site.logs]) expect(text).not.toContain('MARKED')
})

test('a redirect to a URL whose path only starts like the target does not reach the browser', async ({
  site,
  provider,
}) => {
  const api = await startUpstream((_received, response) =>
    response.writeHead(307, { location: '/v10/admin' }).end(),
  )
  const browser = await openForward(site, provider, { target: `${api.origin}/v1` })

  const response = await browser.script(`${site.origin}/api/x`)

  expect([response.status, response.location]).toEqual([502, undefined])
})

test('an API that gets no token cannot ask for other claims of the user', async ({
  site,
  provider,
}) => {
  const claims = Buffer.from('{"access_token":{"acrs":{"value":"c1"}}}').toString('base64')
  const challenge = `Bearer error="insufficient_claims", claims="${claims}"`
  const api = await startUpstream((_received, response) =>
    response.writeHead(401, { 'www-authenticate': challenge }).end('no token'),
  )
  const browser = await openForward(site, provider, { target: api.origin })

  const response = await browser.script(`${site.origin}/api/x`)

  expect([response.status, response.text, api.received.length]).toEqual([401, 'no token', 1])
})

test('a forwarded path cannot hide the routes of sign-in, and its options cannot add dangerous headers', async ({
  openSite,
}) => {
  const { auth } = await openSite()
  const target = 'https://api.example.com'
  const wrong: [string, object, string][] = [
    ['/redirect', { target, token: 'none' }, 'is a route of the sign-in'],
    ['/login', { target, token: 'none' }, 'is a route of the sign-in'],
    ['/', { target, token: 'none' }, 'The path of auth.forward() must start with a slash'],
    ['api', { target, token: 'none' }, 'The path of auth.forward() must start with a slash'],
    ['/api/', { target, token: 'none' }, 'The path of auth.forward() must start with a slash'],
    ['/a/../b', { target, token: 'none' }, 'The path of auth.forward() must start with a slash'],
    ['/api', { target: '/v1', token: 'none' }, 'target must be the absolute URL'],
    ['/api', { target: 'ftp://x', token: 'none' }, 'target must start with https://'],
    ['/api', { target: 'https://u:p@x', token: 'none' }, 'must not contain a user name'],
    ['/api', { target: 'https://x/?a=1', token: 'none' }, 'must not contain a user name'],
    ['/api', { target: 'https://x/a%2fb', token: 'none' }, 'encoded slash'],
    ['/api', { token: 'none' }, 'target is not configured'],
    ['/api', undefined as never, 'target is not configured'],
    ['/api', { target }, 'scopes is not configured'],
    ['/api', { target, scopes: [] }, 'scopes must be a list of strings'],
    ['/api', { target: 'http://x', scopes: 'x' }, 'everyone on the network could read'],
    ['/api', { target, scopes: ['api://a/b', 'api://c/d'] }, 'belong to several APIs'],
    ['/api', { target, token: 'none', scopes: 'x' }, 'scopes has no effect'],
    ['/api', { target, token: 'both' }, 'token must be'],
    ['/api', { target, token: 'none', methods: ['TRACE'] }, 'cannot be forwarded'],
    ['/api', { target, token: 'none', methods: ['get'] }, 'is not a method in upper case'],
    ['/api', { target, token: 'none', paths: [] }, 'paths must not be empty'],
    ['/api', { target, token: 'none', paths: ['a'] }, 'does not start with a slash'],
    ['/api', { target, token: 'none', paths: ['/**/a'] }, 'is not a path'],
    ['/api', { target, token: 'none', paths: ['/a/..'] }, 'is not a path'],
    [
      '/api',
      { target, token: 'none', paths: undefined },
      'paths is present but does not have a value',
    ],
    ['/api', { target, token: 'none', path: ['/a'] }, 'Did you mean paths?'],
    ['/api', { target, token: 'none', timeoutSeconds: 0 }, 'timeoutSeconds must be'],
    ['/api', { target, token: 'none', maxBodyBytes: -1 }, 'maxBodyBytes must be'],
    ...['Cookie', 'authorization', 'x-forwarded-for', 'Connection', 'proxy-x', 'a b', 'host'].map(
      (name): [string, object, string] => [
        '/api',
        { target, token: 'none', requestHeaders: [name] },
        `requestHeaders contains "${name}"`,
      ],
    ),
    ...['Set-Cookie', 'access-control-allow-origin', 'www-authenticate', 'x-accel-redirect'].map(
      (name): [string, object, string] => [
        '/api',
        { target, token: 'none', responseHeaders: [name] },
        `responseHeaders contains "${name}"`,
      ],
    ),
  ]
  for (const [path, options, message] of wrong) {
    const declare = (): void => auth.forward(path, options as Parameters<typeof auth.forward>[1])
    expect(declare, JSON.stringify([path, options])).toThrow(message)
  }
})

test('only the methods of the option reach the API, and no WebSocket', async ({
  site,
  provider,
}) => {
  const api = await startUpstream()
  const browser = await openForward(site, provider, {
    target: api.origin,
    methods: ['GET', 'QUERY'],
  })
  const url = `${site.origin}/api/x`

  const post = await browser.script(url, { method: 'POST', headers: { origin: site.origin } })
  const trace = await browser.script(url, { method: 'TRACE' })
  const socket = await browser.script(url, { headers: { upgrade: 'WebSocket' } })

  expect([post.status, post.headers.allow]).toEqual([405, 'GET, QUERY'])
  expect(trace.status).toBe(405)
  expect([socket.status, socket.json()]).toMatchObject([501, { error: 'upgrade_not_supported' }])
  expect(api.received).toEqual([])
  expect((await browser.script(url, { method: 'QUERY', body: 'q' })).status).toBe(200)
})

test('the longest of several forwarded paths is used, and each path only once', async ({
  site,
  provider,
}) => {
  const api = await startUpstream()
  const browser = await openForward(site, provider, { target: `${api.origin}/outer` })
  site.auth.forward('/api/inner', { target: `${api.origin}/inner`, token: 'none' })

  expect(() => site.auth.forward('/api', { target: api.origin, token: 'none' })).toThrow(
    'was called twice',
  )
  const urls = ['/api/a', '/api/inner/a', '/api/inner', '/api/innerx']
  for (const url of urls) await browser.script(site.origin + url)
  expect(api.received.map(({ url }) => url)).toEqual([
    '/outer/a',
    '/inner/a',
    '/inner',
    '/outer/innerx',
  ])
})
