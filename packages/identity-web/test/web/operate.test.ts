import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { startDevProvider } from 'identity-web-dev'
import { redisStore } from 'identity-web/redis'
import { Auth, type AuthOptions } from 'identity-web/express'
import { createClient } from 'redis'
import { networkFailure } from '../../src/authority/network-failure.ts'
import { freePort } from '../support/port.ts'
import { startRedisServer } from '../support/redis-server.ts'
import { sendToCallback } from '../support/site.ts'
import { Browser } from '../support/browser.ts'
import { describe, expect, test as base, vi, type OpenSite } from '../support/fixtures.ts'

// What an operator sees in the log of an application in production, without any setting for the log.

interface LogLine {
  readonly level: string
  readonly event: string
  readonly reason?: string
  readonly message: string
  readonly hint?: string
}

const test = base
  .extend('behaviour', { consent: 'skip' })
  /** The lines that the application writes to the console. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('lines', ({}, { onCleanup }) => {
    vi.stubEnv('NODE_ENV', 'production')
    for (const name of ['VITEST', 'JEST_WORKER_ID', 'NODE_TEST_CONTEXT'])
      vi.stubEnv(name, undefined)
    const lines: LogLine[] = []
    for (const method of ['error', 'warn', 'info'] as const) {
      vi.spyOn(console, method).mockImplementation((line: string) => {
        const parsed = JSON.parse(line) as LogLine
        // The provider of the tests is on this machine.
        if (!parsed.message.startsWith('The authority is a URL of this machine')) lines.push(parsed)
      })
    }
    onCleanup(() => void vi.unstubAllEnvs())
    return lines
  })
  /** Starts an application in production with the default log, opens it, and returns what is left in the log. */
  .extend('visit', ({ openSite, lines }) => {
    return async (options: AuthOptions): Promise<readonly LogLine[]> => {
      const site = await openSite({ logger: undefined, onEvent: undefined, ...options })
      const browser = new Browser()
      const { status } = await browser.navigate(`${site.origin}/`)
      if (status === 302) {
        const callback = await site.startSignIn(browser).catch(() => undefined)
        if (callback !== undefined) await sendToCallback(browser, callback)
      }
      return [...lines]
    }
  })

/** Expects one line that names the cause and the remedy. */
function expectLine(
  lines: readonly LogLine[],
  expected: Partial<Record<keyof LogLine, unknown>>,
): void {
  expect(lines).toEqual([expect.objectContaining(expected)])
}

describe('one line in the log names cause and remedy', () => {
  test('of a wrong client secret', async ({ visit }) => {
    const lines = await visit({ clientCredential: 'a-wrong-secret' })

    expectLine(lines, {
      level: 'error',
      event: 'sign_in.failed',
      reason: 'credential',
      message: expect.stringContaining('AADSTS7000215'),
      hint: expect.stringContaining('IDENTITY_CLIENT_SECRET'),
    })
    expect(JSON.stringify(lines)).not.toContain('a-wrong-secret')
  })

  test('of a wrong tenant', async ({ visit, provider }) => {
    expectLine(await visit({ authority: `${provider.origin}/nobody.onmicrosoft.com` }), {
      level: 'error',
      reason: 'wrong_tenant',
      message: expect.stringContaining('AADSTS90002'),
      hint: 'The tenant does not exist in this cloud. Check the tenant and the host in authority (IDENTITY_AUTHORITY).',
    })
  })

  test('of a misspelled host', async ({ visit }) => {
    expectLine(await visit({ authority: 'https://login.microsoftonline.invalid/contoso' }), {
      level: 'error',
      reason: 'dns',
      message: expect.stringContaining(
        'the host name login.microsoftonline.invalid cannot be resolved (DNS)',
      ),
      hint: expect.stringContaining('IDENTITY_AUTHORITY'),
    })
  })

  test('of a proxy that fetch does not use', async ({ visit, lines }) => {
    vi.stubEnv('HTTPS_PROXY', 'http://proxy.contoso.com:3128')
    await visit({ authority: 'https://login.microsoftonline.invalid/contoso' })

    expectLine(lines, {
      level: 'error',
      reason: 'proxy',
      message: expect.stringContaining('the proxy of HTTPS_PROXY was not used'),
      hint: expect.stringContaining('NODE_USE_ENV_PROXY=1'),
    })
  })

  test('of a refused connection, which no proxy would reach', async ({ visit }) => {
    vi.stubEnv('HTTPS_PROXY', 'http://proxy.contoso.com:3128')

    expectLine(await visit({ authority: `http://localhost:${await freePort()}/contoso` }), {
      reason: 'connection_refused',
    })
  })

  test('of a refused connection', async ({ visit }) => {
    const port = await freePort()

    expectLine(await visit({ authority: `http://localhost:${port}/contoso` }), {
      level: 'error',
      reason: 'connection_refused',
      message: expect.stringContaining(`localhost:${port} refused the connection`),
      hint: expect.stringContaining('npx --no-install identity-web-dev'),
    })
  })

  test('of intercepted TLS', async ({ visit, workshop, onTestFinished }) => {
    workshop.openssl(
      'req -x509 -nodes -days 1 -newkey rsa:2048 -keyout ca.key -out ca.pem -subj /CN=proxy',
    )
    workshop.openssl(
      'req -nodes -newkey rsa:2048 -keyout host.key -out host.csr -subj /CN=localhost',
    )
    workshop.openssl(
      'x509 -req -days 1 -in host.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out host.pem',
    )
    const server = createServer({
      key: workshop.text('host.key'),
      cert: workshop.text('host.pem') + workshop.text('ca.pem'),
    })
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo

    expectLine(await visit({ authority: `https://localhost:${port}/contoso` }), {
      level: 'error',
      reason: 'tls',
      message: expect.stringContaining(
        'was issued by an authority that this server does not trust',
      ),
      hint: expect.stringMatching(/development provider.*ca\.pem.*NODE_EXTRA_CA_CERTS/),
    })
  })

  test('of http at a development provider that uses https', async ({ visit }) => {
    const secure = await startDevProvider({ tls: true, allowProduction: true })
    const authority = secure.authority().replace('https:', 'http:')
    const lines = await visit({ authority })
    await secure.close()

    expectLine(lines, {
      reason: 'connection_reset',
      hint: expect.stringContaining('including https or http'),
    })
  })

  test.for([
    ['SELF_SIGNED_CERT_IN_CHAIN', 'A proxy that inspects TLS'],
    ['ECONNRESET', 'a firewall or a proxy'],
  ] as const)('of %s at another host', ([code, hint]) => {
    const url = 'https://login.example/'
    const { details } = networkFailure({ url, cause: Object.assign(new Error('x'), { code }) })

    expect(details.hint).toContain(hint)
  })

  test('of a clock that is ten minutes off', async ({ visit }) => {
    const [message, hint] = [
      /The time in the token is \S+Z, and the time of this server is \S+Z/,
      /NTP.*clockTolerance/,
    ]

    // The site's clock is ten minutes behind that of the provider.
    expectLine(await visit({ now: () => Date.now() - 600_000 }), {
      level: 'error',
      event: 'sign_in.failed',
      reason: 'clock',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    })
  })

  test('of a Redis client that was not connected', async ({ lines, openSite }) => {
    const client = createClient({ url: 'redis://localhost:1', disableOfflineQueue: true })
    const session = { secret: 'a-secret-of-thirty-two-characters', store: redisStore(client) }
    const page = await firstSignIn(openSite, { session })

    expectLine(lines, {
      level: 'error',
      event: 'store.unavailable',
      reason: 'store_not_connected',
      message: expect.stringContaining('The client of the session store is not connected.'),
      hint: expect.stringContaining('redisStore(await client.connect())'),
    })
    expect(page).toContain('This site is not available right now')
    expect(page).not.toContain('You are still signed in')
  })

  test('of a Redis server that was stopped', async ({ lines, openSite, onTestFinished }) => {
    const redis = await startRedisServer()
    onTestFinished(() => redis.close())
    const client = createClient({ url: redis.url, disableOfflineQueue: true })
    // Without a listener, the event ends the process.
    client.on('error', () => undefined)
    await client.connect()
    onTestFinished(() => client.destroy())
    await redis.stop()
    const session = { secret: 'a-secret-of-thirty-two-characters', store: redisStore(client) }
    await firstSignIn(openSite, { session })

    expectLine(lines, {
      level: 'error',
      event: 'store.unavailable',
      reason: 'store_refused',
      message: expect.stringContaining('The session store cannot be reached.'),
      hint: expect.stringContaining('Start the store'),
    })
  })
})

/** Signs in for the first time, and returns the page at the end. */
async function firstSignIn(openSite: OpenSite, options: AuthOptions): Promise<string> {
  const site = await openSite({ logger: undefined, onEvent: undefined, ...options })
  const browser = new Browser()
  const response = await sendToCallback(browser, await site.startSignIn(browser))
  return response.text
}

describe('the start fails', () => {
  const RIGHT = {
    authority: 'https://login.microsoftonline.com/contoso.onmicrosoft.com',
    clientId: '11111111-2222-4333-8444-555555555555',
    clientCredential: 'secret',
    redirectUri: 'https://app.contoso.com/redirect',
    session: { secret: 'a-secret-of-thirty-two-characters' },
  }

  test.for([
    ['a missing variable', { clientId: undefined }, 'IDENTITY_CLIENT_ID'],
    ['a forgotten session secret', { session: undefined }, 'IDENTITY_SESSION_SECRET'],
  ] as const)('with %s, and the error names it', ([, options, variable], { lines }) => {
    vi.stubEnv(variable, undefined)

    expect(() => new Auth(express(), { ...RIGHT, ...options })).toThrow(variable)
    expect(lines).toEqual([])
  })
})
