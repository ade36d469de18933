import { connect } from 'node:net'
import type { Interaction } from '../src/state/interaction.js'
import { createStore, MAX_INTERACTIONS } from '../src/state/store.js'
import { sessionCookieName } from '../src/state/sessions.js'
import { authorizeUrl } from './support/flow.js'
import { describe, expect, test } from './support/fixtures.js'

describe('pages', () => {
  test.for([
    ['home', '/'],
    ['picker', 'authorize'],
    ['error', '/error?code=70011'],
    ['not found', '/nothing/here'],
  ] as const)('%s shows a warning and has a strict policy', async ([_name, path], { provider }) => {
    const url = path === 'authorize' ? authorizeUrl(provider) : provider.origin + path
    const response = await fetch(url)
    const page = await response.text()

    expect(page).toContain('This development provider does not use passwords.')
    expect(page).toMatch(/<html lang="en">[\s\S]*<title>.+<\/title>[\s\S]*<main[\s\S]*<h1>/)
    expect(page).not.toMatch(/(src|href)="https?:/)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-\S+'; img-src data:; form-action 'self'/,
    )
    expect(response.headers.get('content-security-policy')).not.toContain('unsafe')
  })

  test('escape values of the request', async ({ provider }) => {
    const hostile = '<script>alert(1)</script>'
    const url = authorizeUrl(provider, { client_id: hostile })

    expect(await (await fetch(url)).text()).not.toContain(hostile)
    expect(await (await fetch(`${provider.origin}/error?code=${hostile}`)).text()).not.toContain(
      hostile,
    )
  })

  test('let forms lead only to the app, and to other ports of this machine', async ({
    provider,
  }) => {
    const response = await fetch(
      authorizeUrl(provider, { redirect_uri: 'http://127.0.0.1:4000/cb' }),
    )

    expect(response.headers.get('content-security-policy')).toContain(
      "form-action 'self' http://127.0.0.1:*;",
    )
  })
})

test('HEAD returns the same as GET without a body', async ({ provider }) => {
  const url = `${provider.authority()}/v2.0/.well-known/openid-configuration`
  const head = await fetch(url, { method: 'HEAD' })
  const get = await fetch(url)

  expect(head.status).toBe(200)
  expect(head.headers.get('content-length')).toBe(get.headers.get('content-length'))
  expect(await head.text()).toBe('')
})

test.for([
  ['GET', 'token'],
  ['PUT', 'authorize'],
  ['GET', 'devicecode'],
  ['DELETE', 'logout'],
] as const)('%s %s is not allowed', async ([method, path], { provider }) => {
  const response = await fetch(`${provider.authority()}/oauth2/v2.0/${path}`, { method })

  expect(response.status).toBe(405)
  expect(response.headers.get('allow')).toBeTruthy()
})

test.for(['/nothing', '/a/b/c/d', '/common/__proto__', '/constructor', '/%', '/%2e/x', '//x//'])(
  'the path %s returns 404',
  async (path, { provider }) => {
    const response = await fetch(provider.origin + path)

    expect(response.status).toBe(404)
  },
)

test.for([
  ['JSON', 'application/json', '{"grant_type":"x"}'],
  ['no type', '', 'grant_type=x'],
  ['bad encoding', 'application/x-www-form-urlencoded', 'grant_type=%ZZ&client_id=%'],
  ['a body that is not a form', 'application/x-www-form-urlencoded', 'aborted'],
  ['a repeated parameter', 'application/x-www-form-urlencoded', 'grant_type=a&grant_type=b'],
] as const)('a token request with %s returns 400', async ([_name, type, body], { provider }) => {
  const response = await fetch(`${provider.authority()}/oauth2/v2.0/token`, {
    method: 'POST',
    headers: { 'content-type': type },
    body,
  })

  expect(response.status).toBe(400)
  expect(await response.json()).toHaveProperty('error')
})

test('a second provider on the machine has another cookie name', () => {
  expect(sessionCookieName('http://localhost:5100')).not.toBe(
    sessionCookieName('http://localhost:5101'),
  )
})

test('a body that is too large returns 413', async ({ provider }) => {
  const response = await fetch(`${provider.authority()}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({ padding: 'x'.repeat(300_000) }),
  })

  expect(response.status).toBe(413)
})

test('a form for a page that is too large returns 413, so that sign-ins need little memory', async ({
  provider,
}) => {
  const { origin, pathname, searchParams } = authorizeUrl(provider)
  const post = (padding: number): Promise<Response> =>
    fetch(origin + pathname, {
      method: 'POST',
      body: new URLSearchParams({
        ...Object.fromEntries(searchParams),
        state: 'x'.repeat(padding),
      }),
    })

  expect((await post(60_000)).status).toBe(200)
  const { status, headers } = await post(70_000)
  expect(status).toBe(413)
  expect(headers.get('content-type')).toContain('text/html')
})

test('the number of unfinished sign-ins is limited', () => {
  const { interactions } = createStore(() => 0, [])
  const interaction = {} as Interaction
  for (let index = 0; index <= MAX_INTERACTIONS; index++)
    interactions.set(`i${index}`, interaction, 60)

  expect(interactions.get('i0')).toBeUndefined()
  expect(interactions.get('i1')).toBe(interaction)
})

test.for([
  'GET http://elsewhere.example/ HTTP/1.1\r\nHost: x\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n',
  'GET /\\\\%00 HTTP/1.1\r\nHost: x\r\nCookie: ;;=;a\r\nAuthorization: Basic !!!\r\n\r\n',
  'nonsense\r\n\r\n',
])('raw bytes do not stop it (%#)', async (bytes, { provider }) => {
  const port = Number(new URL(provider.origin).port)
  const answer = await new Promise<string>((resolve) => {
    const socket = connect(port, 'localhost', () => socket.end(bytes))
    let text = ''
    socket.on('data', (chunk) => (text += chunk.toString()))
    socket.on('close', () => resolve(text))
    socket.on('error', () => resolve(text))
  })

  expect(answer).toMatch(/^HTTP\/1\.1 4\d\d/)
  expect((await fetch(provider.origin)).status).toBe(200)
})
