import { once } from 'node:events'
import { createServer } from 'node:http'
import { expect } from 'vitest'
import { Browser } from '../../support/browser.ts'
import { claimsChallenge, NBF } from '../../support/api.ts'
import { signIn } from '../../support/site.ts'
import { serveUpstream, startUpstream, type UpstreamListener } from '../../support/upstream.ts'
import type { Bench, Wanted } from './bench.ts'

/** `/api/…` belongs to other pages of the contract. */
const PATH = '/forwarded'

/** A host that forwards requests. With scopes, users consent to them when they sign in. */
function forwardsTo(origin: string, { scopes }: { readonly scopes?: string } = {}): Wanted {
  const given = scopes === undefined ? { token: 'none' as const } : { scopes }
  return {
    auth: {
      ...(scopes !== undefined && { scopes, apis: { graph: { baseUrl: origin, scopes } } }),
      clientCapabilities: ['cp1'],
    },
    // Headers that are forwarded or set in any case must not arrive twice.
    forwards: (prefix) => ({
      [prefix + PATH]: {
        target: `${origin}/v1`,
        responseHeaders: ['ETag', 'content-type', 'cache-control'],
        ...given,
      },
    }),
  }
}

/** What the API sends that a browser must not get, and what it must. */
const respond: UpstreamListener = ({ method, url, body }, response) => {
  response.setHeader('set-cookie', 'identity=stolen')
  response.setHeader('www-authenticate', 'Basic realm="internal"')
  response.setHeader('etag', '"1"')
  if (url.endsWith('/moved')) {
    response.writeHead(303, { location: '/v1/elsewhere?x=1' }).end()
  } else if (url.endsWith('/away')) {
    response.writeHead(302, { location: 'http://internal.example/secret' }).end()
  } else if (url.endsWith('/same')) {
    response.writeHead(304).end()
  } else if (url.endsWith('/empty')) {
    response.writeHead(204).end()
  } else if (url.endsWith('/nothing')) {
    response.writeHead(200, { 'content-length': 0 }).end()
  } else if (url.endsWith('/untyped')) {
    response.end('whole')
  } else if (url.endsWith('/parts') || url.endsWith('/chunks')) {
    const length = url.endsWith('/parts') && { 'content-length': 'first,second'.length }
    response.writeHead(200, { 'content-type': 'text/plain', ...length })
    response.write('first,')
    setTimeout(() => response.end('second'), 20)
  } else {
    response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'max-age=5' })
    response.end(JSON.stringify({ method, url, size: body.length }))
  }
}

export function forward({ test, behaves }: Bench): void {
  test('a request is forwarded with the token of the user, and no cookies in either direction', async ({
    on,
    provider,
  }) => {
    const api = await startUpstream(respond)
    await on(forwardsTo(api.origin, { scopes: 'User.Read' }), async (site) => {
      const browser = await signIn(site, provider)

      const response = await browser.script(`${site.origin}${PATH}/todos?x=%2C`)

      expect(response.status).toBe(200)
      expect(response.json()).toEqual({ method: 'GET', url: '/v1/todos?x=%2C', size: 0 })
      expect(response.headers).toMatchObject({
        // A response with a cookie of the application is not stored.
        'cache-control': expect.stringMatching(/^private, (?:max-age=5|no-store)$/) as string,
        etag: '"1"',
        vary: expect.stringContaining('Cookie') as string,
        'x-content-type-options': 'nosniff',
      })
      expect(response.headers['www-authenticate']).toBeUndefined()
      expect(response.setCookies.join()).not.toContain('stolen')
      const { headers } = api.received.at(-1)!
      expect(headers.authorization).toMatch(/^Bearer ey/)
      expect(headers.cookie).toBeUndefined()
    })
  })

  test('a body is forwarded, and a response without one', async ({ on, provider }) => {
    const api = await startUpstream(respond)
    await on(forwardsTo(api.origin), async (site) => {
      const browser = await signIn(site, provider)
      const url = site.origin + PATH

      for (const [method, size] of [
        ['POST', 20],
        ['PUT', 200_000],
        ['DELETE', 0],
      ] as const) {
        const response = await browser.script(`${url}/echo`, {
          method,
          ...(size > 0 && {
            body: 'a'.repeat(size),
            headers: { ...ownOrigin(site), 'content-type': 'application/octet-stream' },
          }),
        })
        expect(response.json()).toEqual({ method, url: '/v1/echo', size })
      }
      for (const [path, text] of [
        ['/nothing', ''],
        ['/untyped', 'whole'],
        ['/parts', 'first,second'],
        ['/chunks', 'first,second'],
      ] as const) {
        const response = await browser.script(url + path)
        expect([path, response.status, response.text]).toEqual([path, 200, text])
      }
      const head = await browser.script(`${url}/x`, { method: 'HEAD' })
      expect([head.status, head.text]).toEqual([200, ''])
      expect((await browser.script(`${url}/same`)).status).toBe(304)
      expect((await browser.script(`${url}/empty`)).status).toBe(204)
      const moved = await browser.script(`${url}/moved`)
      expect([moved.status, moved.location]).toEqual([
        303,
        `${new URL(url).pathname}/elsewhere?x=1`,
      ])
      const away = await browser.script(`${url}/away`)
      expect(away.status).toBe(502)
      expect(away.text).not.toContain('internal')
      expect(away.json()).toMatchObject({ status: 502, error: 'upstream_redirect' })
    })
  })

  test('a response that is slower than a sign-out does not restore the session', async ({
    on,
    provider,
  }) => {
    const tokens = new Set<string>()
    let hold: (send: () => void) => void = () => undefined
    const isRefreshed = new Promise<() => void>((resolve) => (hold = resolve))
    const api = await startUpstream(({ headers: { authorization = '' } }, response) => {
      const { status, headers } = claimsChallenge(NBF)
      if (tokens.add(authorization).size === 1) response.writeHead(status, headers).end()
      else hold(() => response.end('late'))
    })
    await on(forwardsTo(api.origin, { scopes: 'User.Read' }), async (site) => {
      const browser = await signIn(site, provider)

      const slow = browser.script(`${site.origin}${PATH}/slow`)
      const send = await isRefreshed
      const logout = await browser.navigate(`${site.origin}/auth/logout`, { method: 'POST' })
      send()

      expect((await slow).text).toBe('late')
      expect(logout.setCookies.join()).toContain('identity=;')
      expect([...browser.cookies.keys()].filter((name) => name.startsWith('identity'))).toEqual([])
    })
  })

  test('strangers, other sites and ambiguous paths do not reach the API', async ({
    on,
    provider,
  }) => {
    const api = await startUpstream(respond)
    await on(forwardsTo(api.origin), async (site) => {
      const url = site.origin + PATH
      const stranger = await new Browser().navigate(`${url}/x`)
      expect([stranger.status, stranger.json()]).toEqual([
        401,
        { error: 'login_required', loginUrl: expect.stringContaining('/auth/login') as string },
      ])
      const browser = await signIn(site, provider)

      const crossSite = await browser.script(`${url}/x`, {
        headers: { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      })
      const tricks = await browser.script(`${url}/a%2f..%2fb`)
      const socket = await browser.script(`${url}/x`, {
        headers: { ...ownOrigin(site), upgrade: 'websocket' },
      })

      expect([crossSite, tricks, socket].map(({ status }) => status)).toEqual([403, 400, 501])
      expect(tricks.json()).toMatchObject({ error: 'malformed', status: 400 })
      expect(api.received).toEqual([])
    })
  })

  const streams = 'each event is forwarded when it arrives'
  behaves(streams, ['streams'], async ({ on, provider }) => {
    let send: (event: string) => void = () => undefined
    const { origin } = await serveUpstream(
      createServer((_request, response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write('one')
        send = (event) => response.end(event)
      }),
    )
    await on(forwardsTo(origin), async (site) => {
      const browser = await signIn(site, provider)

      const { body } = await fetch(`${site.origin}${PATH}/events`, { headers: scriptOf(browser) })
      const reader = (body as ReadableStream<Uint8Array>).getReader()

      for (const event of ['one', 'two']) {
        expect(new TextDecoder().decode((await reader.read()).value)).toBe(event)
        send('two')
      }
    })
  })

  const gone = 'the API learns that the browser has gone'
  behaves(gone, ['streams', 'disconnects'], async ({ on, provider }) => {
    let isGone: Promise<unknown> | undefined
    const { origin } = await serveUpstream(
      createServer((request, response) => {
        isGone = once(request.socket, 'close')
        response.writeHead(200, { 'content-type': 'text/event-stream' })
        response.write('one')
      }),
    )
    await on(forwardsTo(origin), async (site) => {
      const browser = await signIn(site, provider)
      const abort = new AbortController()

      const { body } = await fetch(`${site.origin}${PATH}/events`, {
        headers: scriptOf(browser),
        signal: abort.signal,
      })
      await (body as ReadableStream<Uint8Array>).getReader().read()
      abort.abort()

      await isGone
    })
  })

  const broken = 'a response that the API does not finish is not complete in the browser'
  behaves(broken, ['streams', 'disconnects'], async ({ on, provider }) => {
    const { origin } = await serveUpstream(
      createServer((_request, response) => {
        response.writeHead(200, { 'content-type': 'text/plain' })
        response.write('the first part')
        setTimeout(() => response.destroy(), 50)
      }),
    )
    await on(forwardsTo(origin), async (site) => {
      const browser = await signIn(site, provider)

      const reading = browser.script(`${site.origin}${PATH}/broken`)

      await expect(reading).rejects.toThrow(/aborted|hang up|ECONNRESET/)
    })
  })
}

function ownOrigin(site: { readonly origin: string }): Record<string, string> {
  return { origin: new URL(site.origin).origin }
}

/** The headers of a script, for requests whose response is read in parts. */
function scriptOf({ cookies }: Browser): Record<string, string> {
  const cookie = [...cookies].map(([name, { value }]) => `${name}=${value}`).join('; ')
  return { cookie, 'sec-fetch-site': 'same-origin', 'x-csrf': '1' }
}
