import { connect } from 'node:net'
import { startDevProvider, runCommand, type DevProvider } from '../src/index.js'
import { vi } from 'vitest'
import { describe, expect, test as base } from './support/fixtures.js'

/** Sends a request with this `Host` header and returns the response as a string. */
function send(provider: DevProvider, host: string | undefined, line: string): Promise<string> {
  const { hostname, port } = new URL(provider.origin)
  return new Promise((resolve, reject) => {
    let response = ''
    const socket = connect({ host: hostname.replaceAll(/[[\]]/g, ''), port: Number(port) }, () => {
      const headers = host === undefined ? [] : [`Host: ${host}`]
      socket.write([line, ...headers, 'Connection: close', '', ''].join('\r\n'))
    })
    socket.setEncoding('utf8').on('data', (chunk: string) => (response += chunk))
    socket.on('error', reject).on('close', () => resolve(response))
  })
}

const portOf = ({ origin }: DevProvider): string => new URL(origin).port

const PATHS = [
  ['the home page', 'GET', () => '/'],
  ['the sign-in page', 'GET', ({ tenant }) => `${tenant}/oauth2/v2.0/authorize?client_id=x`],
  ['the token endpoint', 'POST', ({ tenant }) => `${tenant}/oauth2/v2.0/token`],
  ['the device code endpoint', 'POST', ({ tenant }) => `${tenant}/oauth2/v2.0/devicecode`],
  ['the metadata', 'GET', ({ tenant }) => `${tenant}/v2.0/.well-known/openid-configuration`],
  ['the keys', 'GET', ({ tenant }) => `${tenant}/discovery/v2.0/keys`],
  ['Microsoft Graph', 'GET', () => '/v1.0/me'],
  ['user information', 'GET', () => '/oidc/userinfo'],
  ['the access tokens of the command', 'POST', () => '/dev/token'],
  ['the managed identity', 'GET', () => '/metadata/identity/oauth2/token?resource=x'],
  ['the page of requests', 'GET', () => '/dev/requests'],
  ['the decoder of tokens', 'POST', () => '/dev/requests'],
  ['the page of switches', 'POST', () => '/dev/switches'],
  ['the control of tests', 'POST', () => '/dev/api/reset'],
  ['the list of requests', 'GET', () => '/dev/api/requests'],
  ['the health', 'GET', () => '/health'],
  ['the certificate', 'GET', () => '/dev/ca.pem'],
  ['an unknown path', 'GET', () => '/nothing'],
] as const satisfies readonly [string, string, (names: { tenant: string }) => string][]

const test = base.extend('tenant', ({ provider }) => new URL(provider.authority()).pathname)

describe('a website that points its name to this machine', () => {
  test.for(PATHS)('does not reach %s', async ([, method, path], { provider, tenant }) => {
    const line = `${method} ${path({ tenant })} HTTP/1.1\r\nContent-Length: 0`

    const own = await send(provider, `localhost:${portOf(provider)}`, line)
    const foreign = await send(provider, `attacker.example:${portOf(provider)}`, line)

    expect(own).not.toContain('Host header')
    expect(foreign).toMatch(/^HTTP\/1\.1 403 /)
    expect(foreign).toContain('The Host header is not a name of this development provider')
    expect(foreign).not.toContain('attacker.example')
    expect(foreign).not.toMatch(/^(set-cookie|access-control-)/im)
  })

  test('leaves a line in the log and no record', async ({ provider, providerLog }) => {
    await send(provider, 'attacker.example', 'GET / HTTP/1.1')

    expect(providerLog).toEqual([
      'a request with a foreign Host header 403 -> The header is attacker.example. If your app uses this name, add --allow-host attacker.example, or allowHosts in the configuration file.',
    ])
    expect(provider.requests).toEqual([])
  })

  test('also leaves the line in a log of errors', async () => {
    const log: string[] = []
    const provider = await startDevProvider({ errorLogger: (line) => log.push(line) })
    await send(provider, 'idp:5100', 'GET / HTTP/1.1')
    await provider.close()

    expect(log.join()).toContain('add --allow-host idp:5100,')
  })

  test.for([['a b'], ['\u001B[31mred'], ['x'.repeat(256)], [undefined]])(
    'does not write a header that is not a host name: %j',
    async ([host], { provider, providerLog }) => {
      await send(provider, host, 'GET / HTTP/1.0')

      expect(
        providerLog.filter((line) => line !== 'a request with a foreign Host header 403'),
      ).toEqual([])
    },
  )
})

test.for([
  'attacker.example',
  'localhost.attacker.example',
  'localhost@attacker.example',
  'xlocalhost',
  '127.0.0.1.attacker.example',
  '127.1',
  '2130706433',
  '0.0.0.0',
  '[::]',
  '[::ffff:127.0.0.1]',
  '169.254.169.254',
  '192.168.0.1',
  'localhost, attacker.example',
])('the Host header %s returns 403, with the port of the provider', async (name, { provider }) => {
  const response = await send(provider, `${name}:${portOf(provider)}`, 'GET / HTTP/1.1')

  expect(response).toMatch(/^HTTP\/1\.1 403 /)
})

test.for(['localhost', 'LOCALHOST', 'idp.localhost', '127.0.0.1', '127.1.2.3', '[::1]'])(
  'the Host header %s works with the port of the provider, and not with another one',
  async (name, { provider }) => {
    const port = Number(portOf(provider))
    const answer = async (host: string): Promise<string> =>
      (await send(provider, host, 'GET / HTTP/1.1')).slice(0, 12)

    expect(await answer(`${name}:${port}`)).toBe('HTTP/1.1 200')
    expect(await answer(`${name}:${port === 65_535 ? 1 : port + 1}`)).toBe('HTTP/1.1 403')
    expect(await answer(name)).toBe('HTTP/1.1 403')
  },
)

test('a request without a Host header is rejected', async ({ provider }) => {
  expect(await send(provider, undefined, 'GET / HTTP/1.0')).toMatch(/^HTTP\/1\.1 403 /)
  expect(await send(provider, undefined, 'GET / HTTP/1.1')).toMatch(/^HTTP\/1\.1 400 /)
})

test('a provider on IPv6 works by its own URL', async () => {
  const provider = await startDevProvider({ host: '::1' })
  try {
    expect(provider.origin).toMatch(/^http:\/\/\[::1\]:/)
    expect((await fetch(provider.origin)).status).toBe(200)
    expect(await send(provider, 'attacker.example', 'GET / HTTP/1.1')).toMatch(/^HTTP\/1\.1 403 /)
  } finally {
    await provider.close()
  }
})

describe('with NODE_ENV=production', () => {
  test('the provider does not start, and the error says what to set', async () => {
    vi.stubEnv('NODE_ENV', 'production')

    await expect(startDevProvider()).rejects.toThrow(
      /^NODE_ENV is "production".*Set NODE_ENV to development or test.*allowProduction: true.*--allow-production/,
    )
  })

  test('the provider starts with allowProduction', async () => {
    vi.stubEnv('NODE_ENV', 'production')

    const provider = await startDevProvider({ allowProduction: true })

    expect((await fetch(provider.origin)).status).toBe(200)
    await provider.close()
  })

  test('the command starts only with --allow-production', async () => {
    vi.stubEnv('NODE_ENV', 'production')
    const lines: string[] = []
    const io = {
      out: (line: string) => lines.push(line),
      error: (line: string) => lines.push(line),
    }

    expect(await runCommand(['--port', '0'], io)).toBe(1)
    expect(lines.join()).toContain('--allow-production')
    const provider = await runCommand(['--port', '0', '--allow-production'], io)

    expect(provider).toHaveProperty('origin')
    await (provider as DevProvider).close()
  })
})
