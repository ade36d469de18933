import { networkInterfaces } from 'node:os'
import { once } from 'node:events'
import { request } from 'node:http'
import { createServer, type AddressInfo } from 'node:net'
import { startDevProvider, type DevProvider, type DevProviderOptions } from '../src/index.js'
import { authorizeUrl } from './support/flow.js'
import { describe, expect, test as base } from './support/fixtures.js'

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('start', ({}, { onCleanup }) => {
    const started: DevProvider[] = []
    onCleanup(async () => void (await Promise.all(started.map((provider) => provider.close()))))
    return async (options: DevProviderOptions) => {
      const provider = await startDevProvider(options)
      started.push(provider)
      return { provider, port: portOf(provider, options) }
    }
  })

/** Returns a free port, for origins that contain it. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '0.0.0.0')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function portOf({ origin }: DevProvider, { port }: DevProviderOptions): number {
  return port ?? Number(new URL(origin).port)
}

/** Sends a request to an address with this `Host` header and returns the status. */
function statusOf(address: string, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: address, port, path: '/', headers: { host } }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    outgoing.on('error', reject).end()
  })
}

/** Returns an address of this machine that other machines can use, or that of another loopback interface. */
function otherAddress(): string {
  const all = Object.values(networkInterfaces()).flatMap((entries) => entries ?? [])
  return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.2'
}

describe('allowHosts', () => {
  test('names the hosts that requests can have, and the names of this machine still work', async ({
    start,
  }) => {
    const { port } = await start({ host: '0.0.0.0', allowHosts: ['idp', 'gate.example:8443'] })
    const ask = (host: string): Promise<number> => statusOf(otherAddress(), port, host)

    expect(await ask(`idp:${port}`)).toBe(200)
    expect(await ask(`IDP:${port}`)).toBe(200)
    expect(await ask('gate.example:8443')).toBe(200)
    expect(await ask(`localhost:${port}`)).toBe(200)
    expect(await ask(`127.0.0.1:${port}`)).toBe(200)
    expect(await ask('idp')).toBe(403)
    expect(await ask('idp:1')).toBe(403)
    expect(await ask(`gate.example:${port}`)).toBe(403)
    expect(await ask(`attacker.example:${port}`)).toBe(403)
    expect(await ask(`xidp:${port}`)).toBe(403)
    expect(await ask(`idp.attacker.example:${port}`)).toBe(403)
    expect(await ask(`${otherAddress()}:${port}`)).toBe(otherAddress() === '127.0.0.2' ? 200 : 403)
  })

  test('the first name is the origin when other machines can reach the provider', async ({
    start,
  }) => {
    const { provider, port } = await start({ host: '0.0.0.0', allowHosts: ['idp.localhost'] })
    const local = await start({ allowHosts: ['idp.localhost'] })

    expect(provider.origin).toBe(`http://idp.localhost:${port}`)
    expect(provider.authority()).toMatch(/^http:\/\/idp\.localhost:/)
    expect(local.provider.origin).toBe(`http://localhost:${local.port}`)
  })

  test('can contain addresses of IPv4 and IPv6', async ({ start }) => {
    const { port } = await start({ allowHosts: ['192.168.0.5', '[fd00::1]'] })

    expect(await statusOf('localhost', port, `192.168.0.5:${port}`)).toBe(200)
    expect(await statusOf('localhost', port, `[fd00::1]:${port}`)).toBe(200)
    expect(await statusOf('localhost', port, `[fd00::2]:${port}`)).toBe(403)
  })

  test.for(['', 'a b', 'http://idp', 'idp/path', '*', 'idp:port', 'idp.', 'a@b', 5])(
    '%j is rejected',
    async (host) => {
      await expect(startDevProvider({ allowHosts: [host as string] })).rejects.toThrow(
        'allowHosts[0] must be a host name',
      )
    },
  )
})

describe('origin', () => {
  test('is in all documents, wherever the request comes from', async ({ start }) => {
    const port = await freePort()
    const origin = `http://idp.localhost:${port}`
    await start({ port, origin })
    for (const host of [`idp.localhost:${port}`, `localhost:${port}`, `127.0.0.1:${port}`]) {
      const body = await documentOf(port, host)
      expect(body).toMatchObject({
        issuer: `${origin}/oidc`,
        token_endpoint: `${origin}/oidc/token`,
        jwks_uri: `${origin}/oidc/keys`,
      })
    }
  })

  test('is an allowed host, with its own port', async ({ start }) => {
    const port = await freePort()
    await start({ port, origin: 'https://login.example' })

    expect(await statusOf('localhost', port, 'login.example')).toBe(200)
    expect(await statusOf('localhost', port, 'login.example:443')).toBe(200)
    expect(await statusOf('localhost', port, 'login.example:80')).toBe(403)
    expect(await statusOf('localhost', port, 'other.example')).toBe(403)
  })

  test('a simulated user reaches the provider by a name that this machine does not know', async ({
    start,
  }) => {
    const port = await freePort()
    const options = { port, host: '0.0.0.0', origin: `http://idp.nowhere.invalid:${port}` }
    const { provider } = await start({ ...options, behaviour: { consent: 'skip' } })
    const { url } = await provider.signIn(authorizeUrl(provider), { as: 'alex' })

    expect(url.searchParams.has('code')).toBe(true)
  })

  test.for(['idp:5100', 'http://idp/', 'http://idp/path', 'ftp://idp', 'http://IDP', ''])(
    '%j is rejected',
    async (origin) => {
      await expect(startDevProvider({ origin })).rejects.toThrow(
        'Set it to a URL without a path, for example http://idp.localhost:5100.',
      )
    },
  )

  test('cannot be http when the provider uses https', async () => {
    await expect(startDevProvider({ tls: true, origin: 'http://idp' })).rejects.toThrow(
      'Set origin to the same URL with https://',
    )
  })
})

test.for(['0.0.0.0', '::', '192.168.0.5', 'idp'])(
  'the host %s needs the names that clients use',
  async (host) => {
    await expect(startDevProvider({ host })).rejects.toThrow(/not a loopback host.*--allow-host/)
  },
)

function documentOf(port: number, host: string): Promise<unknown> {
  const path = '/oidc/.well-known/openid-configuration'
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: 'localhost', port, path, headers: { host } }, (response) => {
      let body = ''
      response.on('data', (chunk) => (body += String(chunk)))
      response.on('end', () => resolve(JSON.parse(body)))
    })
    outgoing.on('error', reject).end()
  })
}
