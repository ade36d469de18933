import { EnvHttpProxyAgent, fetch as fetchWithUndici, type RequestInit } from 'undici'
import { uncachedFetch } from '../../src/adapters/next/create-core.ts'
import { requestProvider, type Transport } from '../../src/authority/index.ts'
import { globalFetch } from '../../src/fetch-api.ts'
import { describe, expect, test as base, vi } from '../support/fixtures.ts'
import { startHttpProxy } from '../support/http-proxy.ts'
import { freePort } from '../support/port.ts'

const URL_OF_PROVIDER = 'https://login.invalid/contoso'
const REFUSED = Object.assign(new TypeError('fetch failed'), {
  cause: Object.assign(new Error('connect ECONNREFUSED 192.0.2.1:443'), {
    code: 'ECONNREFUSED',
    address: '192.0.2.1',
    port: 443,
  }),
})

const test = base.extend('failureOf', () => async (fetching: typeof fetch): Promise<unknown> => {
  const transport: Transport = { fetch: fetching, timeoutSeconds: 5 }
  return requestProvider(transport, 'metadata', { url: URL_OF_PROVIDER }).catch((error) => error)
})

/** The recipe of docs/operate.md. */
function viaProxy(): typeof fetch {
  const dispatcher = new EnvHttpProxyAgent()
  return ((url: string | URL, init?: RequestInit) =>
    fetchWithUndici(url, { ...init, dispatcher })) as typeof fetch
}

describe('the error of a failed request names', () => {
  test('a proxy that does not run, without its credentials', async ({ failureOf }) => {
    const port = await freePort()
    vi.stubEnv('HTTPS_PROXY', `http://user:MARKED@127.0.0.1:${port}`)

    const error = await failureOf(viaProxy())

    expect(error).toMatchObject({
      code: 'provider_unavailable',
      reason: 'proxy',
      message: `The provider could not be reached to get metadata: the proxy of HTTPS_PROXY cannot be used, because 127.0.0.1:${port} refused the connection.`,
      hint: 'Check the URL of the proxy in HTTPS_PROXY.',
    })
    expect(JSON.stringify(error)).not.toContain('MARKED')
  })

  test('a proxy whose name does not exist', async ({ failureOf }) => {
    vi.stubEnv('https_proxy', 'http://proxy.invalid:3128')

    expect(await failureOf(viaProxy())).toMatchObject({
      reason: 'proxy',
      message: expect.stringContaining(
        'the proxy of https_proxy cannot be used, because the host name proxy.invalid:3128 cannot be resolved (DNS)',
      ),
    })
  })

  test('the status with which a proxy rejects the connection', async ({ failureOf }) => {
    vi.stubEnv('HTTPS_PROXY', (await startHttpProxy({ reject: 403 })).url)

    expect(await failureOf(viaProxy())).toMatchObject({
      reason: 'proxy',
      message: expect.stringContaining('the proxy did not connect to login.invalid'),
      hint: expect.stringContaining('credentials'),
    })
  })

  test('a proxy that the fetch function of the application may not use', async ({ failureOf }) => {
    vi.stubEnv('HTTPS_PROXY', 'http://proxy.contoso.com:3128')

    expect(await failureOf(() => Promise.reject(REFUSED))).toMatchObject({
      reason: 'connection_refused',
      hint: expect.stringMatching(/firewall.*Auth\(\{ fetch \}\) uses the proxy in HTTPS_PROXY/),
    })
  })

  test.for([
    [{ NODE_USE_ENV_PROXY: '1' }, '20.19.0', 'ignores NODE_USE_ENV_PROXY. Update Node.js'],
    [{ NODE_OPTIONS: '--use-env-proxy' }, '22.20.0', 'ignores NODE_USE_ENV_PROXY. Update Node.js'],
    [{}, '24.0.0', 'fetch does not use it by default. Set NODE_USE_ENV_PROXY=1'],
    [{ NODE_USE_ENV_PROXY: '1' }, '22.21.0', undefined],
    [{ NODE_OPTIONS: '--max-old-space-size=99 --use-env-proxy' }, '24.5.0', undefined],
    [{ NODE_USE_ENV_PROXY: '1' }, '26.0.0', undefined],
  ] as const)(
    'a proxy that fetch ignores: %j on Node.js %s',
    async ([env, node, hint], { failureOf }) => {
      vi.stubEnv('HTTPS_PROXY', 'http://proxy.contoso.com:3128')
      for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
      vi.spyOn(process, 'versions', 'get').mockReturnValue({ ...process.versions, node })
      vi.stubGlobal('fetch', () => Promise.reject(REFUSED))

      expect(await failureOf(globalFetch)).toMatchObject(
        hint === undefined
          ? { reason: 'connection_refused' }
          : { reason: 'proxy', hint: expect.stringContaining(hint) },
      )
    },
  )

  test('a proxy that fetch ignores in Next.js', async ({ failureOf }) => {
    vi.stubEnv('HTTPS_PROXY', 'http://proxy.contoso.com:3128')
    vi.stubGlobal('fetch', () => Promise.reject(REFUSED))

    expect(await failureOf(uncachedFetch(undefined) ?? globalFetch)).toMatchObject({
      reason: 'proxy',
      hint: expect.stringMatching(/NODE_USE_ENV_PROXY/),
    })
  })

  test('a proxy that the fetch function of a Next.js application may not use', async ({
    failureOf,
  }) => {
    vi.stubEnv('HTTPS_PROXY', 'http://proxy.contoso.com:3128')

    expect(
      await failureOf(uncachedFetch(() => Promise.reject(REFUSED)) ?? globalFetch),
    ).toMatchObject({
      reason: 'connection_refused',
      hint: expect.stringMatching(/Auth\(\{ fetch \}\) uses the proxy in/),
    })
  })

  test.for([
    ['login.invalid', 'NO_PROXY', 'connection_refused'],
    ['localhost, LOGIN.invalid:443', 'NO_PROXY', 'connection_refused'],
    ['localhost .invalid', 'no_proxy', 'connection_refused'],
    ['*.invalid', 'no_proxy', 'connection_refused'],
    ['invalid', 'no_proxy', 'connection_refused'],
    ['*', 'no_proxy', 'connection_refused'],
    ['login.invalid:8443', 'NO_PROXY', 'proxy'],
    ['gin.invalid,other.invalid,,.', 'NO_PROXY', 'proxy'],
    ['', 'NO_PROXY', 'proxy'],
  ] as const)(
    'the proxy only for hosts that it is used for: %s in %s',
    async ([hosts, variable, reason], { failureOf }) => {
      vi.stubEnv('HTTPS_PROXY', 'http://proxy.contoso.com:3128')
      vi.stubEnv('no_proxy', undefined)
      vi.stubEnv(variable, hosts)
      vi.stubGlobal('fetch', () => Promise.reject(REFUSED))

      expect(await failureOf(globalFetch)).toMatchObject({ reason })
    },
  )
})
