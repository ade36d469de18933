import dns, { type LookupAddress } from 'node:dns'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { startDevProvider } from 'identity-web-dev'
import { Auth } from 'identity-web/express'
import { onTestFinished, vi } from 'vitest'
import { describe, expect, test } from '../support/fixtures.ts'
import { close, createClock, SESSION_SECRET, signIn } from '../support/site.ts'
import { declarePages } from '../support/pages.ts'
import { Browser } from '../support/browser.ts'

/** Starts a server that listens at one address only, and returns its port. */
async function listenAt(host: string, server = createServer()) {
  await new Promise<void>((resolve) => server.listen(0, host, resolve))
  onTestFinished(() => close(server))
  return { server, port: (server.address() as AddressInfo).port }
}

/** Starts a site at `::1` with a provider at `::1`. */
async function startSite(redirectUri: (port: number) => string) {
  const clock = createClock()
  const provider = await startDevProvider({ host: '::1', now: clock.now })
  onTestFinished(() => provider.close())
  const app = express()
  const { port } = await listenAt('::1', createServer(app))
  const auth = new Auth(app, {
    authority: provider.authority(),
    clientId: provider.app.clientId,
    clientCredential: provider.app.clientSecret,
    redirectUri: redirectUri(port),
    session: { secret: SESSION_SECRET, cookie: { name: 'identity' } },
    now: clock.now,
    logger: false,
  })
  declarePages(app, auth)
  return { provider, origin: new URL(redirectUri(port)).origin, port }
}

/** The DNS entry of `localhost` has both addresses, in this order. */
function resolveLocalhostTo(...addresses: readonly LookupAddress[]): void {
  vi.spyOn(dns, 'lookup').mockImplementation(((
    _host: string,
    { all = false }: dns.LookupOptions,
    callback: (error: null, ...found: unknown[]) => void,
  ) => {
    const [{ address, family } = { address: '', family: 4 }] = addresses
    process.nextTick(() => (all ? callback(null, addresses) : callback(null, address, family)))
  }) as typeof dns.lookup)
}

const V4 = { address: '127.0.0.1', family: 4 }
const V6 = { address: '::1', family: 6 }

describe('a machine that has only IPv6', () => {
  test('signs users in and calls an API at [::1]', async () => {
    const { provider, origin } = await startSite((port) => `http://[::1]:${port}/redirect`)
    const browser = await signIn({ origin }, provider, { path: '/me' })

    const page = await browser.navigate(`${origin}/me`)

    expect(provider.origin).toMatch(/^http:\/\/\[::1\]:\d+$/)
    expect([page.status, page.json()]).toEqual([200, expect.objectContaining({ status: 200 })])
    const signedOut = await browser.navigate(`${origin}/logout`)
    expect(signedOut.location).toMatch(/^http:\/\/\[::1\]:\d+\//)
  })

  test('signs users in at http://localhost, although the server listens at ::1', async () => {
    const { provider, origin } = await startSite((port) => `http://localhost:${port}/redirect`)
    resolveLocalhostTo(V6)

    const browser = await signIn({ origin }, provider)

    expect((await browser.navigate(`${origin}/`)).status).toBe(200)
  })

  test('rejects a request with a foreign Host header like any other machine', async () => {
    const { port } = await startSite((at) => `http://[::1]:${at}/redirect`)
    const location = await new Promise((resolve) => {
      const headers = { host: 'evil.example', 'sec-fetch-mode': 'navigate', accept: 'text/html' }
      request({ host: '::1', port, headers }, ({ headers: { location: to } }) => resolve(to)).end()
    })

    const { searchParams } = new URL(String(location))
    expect(searchParams.get('redirect_uri')).toBe(`http://[::1]:${port}/redirect`)
  })
})

describe('a provider whose name has an IPv4 and an IPv6 address', () => {
  test.for([
    ['::1', [V6, V4]],
    ['::1', [V4, V6]],
    ['127.0.0.1', [V6, V4]],
    ['127.0.0.1', [V4, V6]],
  ] as const)(
    'is reached if only %s responds, with the addresses %j',
    async ([host, addresses]) => {
      const { server, port } = await listenAt(host)
      const issuer = `http://localhost:${port}`
      const document = {
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/keys`,
      }
      server.on('request', ({ url }, response) =>
        response.end(JSON.stringify(url === '/keys' ? { keys: [] } : document)),
      )
      resolveLocalhostTo(...addresses)
      const auth = new Auth(express(), {
        oidcAuthority: issuer,
        clientId: 'app',
        clientCredential: 'a-secret-of-the-app',
        redirectUri: 'http://localhost:3000/redirect',
        session: { secret: SESSION_SECRET },
        logger: false,
      })

      await expect(auth.ready()).resolves.toBeUndefined()
    },
  )
})

test('the browser of the tests supports IPv6', async () => {
  const { server, port } = await listenAt('::1')
  server.on('request', (_incoming, response) => response.end('hello'))

  expect((await new Browser().navigate(`http://[::1]:${port}/`)).text).toBe('hello')
})
