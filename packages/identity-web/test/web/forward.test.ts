import { createServer } from 'node:http'
import { once } from 'node:events'
import { expect, test } from '../support/fixtures.ts'
import { Browser } from '../support/browser.ts'
import { asGraph, claimsChallenge, NBF } from '../support/api.ts'
import { openForward, serveUpstream, startUpstream } from '../support/upstream.ts'

test('without a session, a script and a navigation get 401 with the login URL', async ({
  site,
}) => {
  const api = await startUpstream()
  site.auth.forward('/api', { target: api.origin, token: 'none' })

  for (const send of ['script', 'navigate'] as const) {
    const response = await new Browser()[send](`${site.origin}/api/x`)
    expect(response.status).toBe(401)
    expect(response.json()).toEqual({
      error: 'login_required',
      loginUrl: expect.stringContaining('/login') as string,
    })
  }
  expect(api.received).toEqual([])
})

test('a small body, a large body and a body in chunks arrive unchanged', async ({
  site,
  provider,
}) => {
  const api = await startUpstream(({ body }, response) => response.end(String(body.length)))
  const browser = await openForward(site, provider, { target: api.origin })
  const url = `${site.origin}/api/upload`
  for (const size of [0, 10, 70_000, 3_000_000]) {
    const response = await browser.script(url, { method: 'POST', body: 'a'.repeat(size) })
    expect(response.text).toBe(String(size))
    const chunked = await browser.script(url, {
      method: 'PUT',
      body: 'b'.repeat(size),
      headers: { 'transfer-encoding': 'chunked' },
    })
    expect(chunked.text).toBe(String(size))
  }
})

test('an API that requires other claims gets one new token, and the body a second time', async ({
  openSite,
  provider,
}) => {
  const tokens = new Set<string>()
  const api = await startUpstream(({ headers, body }, response) => {
    tokens.add(headers.authorization ?? '')
    if (tokens.size > 1) return response.setHeader('cache-control', 'max-age=60').end(body)
    const { status, headers: challenge } = claimsChallenge(NBF)
    return response.writeHead(status, challenge).end('secret of the API')
  })
  const site = await openSite({
    clientCapabilities: ['cp1'],
    ...asGraph({ url: api.origin }),
    scopes: 'User.Read',
  })
  const browser = await openForward(site, provider, { target: api.origin, scopes: 'User.Read' })

  const response = await browser.script(`${site.origin}/api/x`, { method: 'POST', body: 'twice' })

  expect(response.text).toBe('twice')
  // No cache may store the new cookies of the session.
  expect(response.setCookies.join()).toContain('identity')
  expect(response.headers['cache-control']).toBe('private, no-store')
  expect(tokens.size).toBe(2)
  expect(api.received.map(({ body }) => body)).toEqual(['twice', 'twice'])
})

test('an API that rejects every token gets two requests, and the user must sign in again', async ({
  openSite,
  provider,
}) => {
  const api = await startUpstream((_received, response) => {
    const { status, headers } = claimsChallenge(NBF)
    response.writeHead(status, headers).end('secret of the API')
  })
  const site = await openSite({
    clientCapabilities: ['cp1'],
    ...asGraph({ url: api.origin }),
    scopes: 'User.Read',
  })
  const browser = await openForward(site, provider, { target: api.origin, scopes: 'User.Read' })

  const response = await browser.script(`${site.origin}/api/x`)

  expect(response.status).toBe(401)
  expect(response.json()).toEqual({
    error: 'interaction_required',
    loginUrl: expect.stringContaining('/login') as string,
  })
  expect(api.received).toHaveLength(2)
})

test('events arrive one by one, even after a sign-out, until the browser has gone', async ({
  site,
  provider,
}) => {
  let gone: Promise<unknown> | undefined
  let send: (event: string) => void = () => undefined
  const { origin } = await serveUpstream(
    createServer((request, response) => {
      gone = once(request.socket, 'close')
      response.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-cache',
      })
      response.flushHeaders()
      send = (event) => response.write(`data: ${event}\n\n`)
    }),
  )
  const browser = await openForward(site, provider, { target: origin })
  const abort = new AbortController()
  const cookie = [...browser.cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')

  const response = await fetch(`${site.origin}/api/events`, {
    headers: { cookie, 'sec-fetch-site': 'same-origin', 'x-csrf': '1' },
    signal: abort.signal,
  })
  expect(response.headers.get('cache-control')).toBe('private, no-store, no-transform')
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  for (const event of ['one', 'two']) {
    send(event)
    const { value } = await reader.read()
    expect(new TextDecoder().decode(value)).toBe(`data: ${event}\n\n`)
    await browser.navigate(`${site.origin}/logout`)
  }
  abort.abort()

  await gone
})
