import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { writeFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { createServerCertificate } from '../../../dev-provider/src/server/server-certificate.ts'
import { bundleProgram } from '../support/bundle.ts'
import { describe, expect, test as base } from '../support/fixtures.ts'
import { startHttpProxy, type HttpProxy } from '../support/http-proxy.ts'
import type { ProxyClientResult, ProxyClientSettings } from '../support/proxy-client.ts'
import { close, listen } from '../support/server.ts'

// `npm run -C maintain matrix:proxy` sets the variable to one program for each supported line of Node.js.
const PROGRAMS = process.env['NODE_PROGRAMS']?.split(':') ?? [process.execPath]

const run = promisify(execFile)

interface Situation extends Partial<
  Pick<ProxyClientSettings, 'usesOwnFetch' | 'usesManagedIdentity'>
> {
  readonly proxy: HttpProxy
  readonly env?: Readonly<Record<string, string>>
}

const test = base
  .extend('providerOptions', { scope: 'file' }, async () => ({ tls: true }))
  /** The file with the certificate of the provider, for `NODE_EXTRA_CA_CERTS`. */
  .extend('caFile', ({ workshop, provider }) => {
    writeFileSync(workshop.path('provider-ca.pem'), provider.certificate ?? '')
    return workshop.path('provider-ca.pem')
  })
  /** The origin of the endpoint that virtual machines get tokens of their managed identity from. */
  .extend('imds', async ({ provider }, { onCleanup }) => {
    const paths: string[] = []
    const server = createServer(({ url = '', headers }, outgoing) => {
      paths.push(url.split('?')[0] ?? '')
      const options = { headers: { metadata: headers['metadata'] }, ca: provider.certificate }
      httpsRequest(provider.origin + url, options, (response) => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers)
        response.pipe(outgoing)
      }).end()
    })
    onCleanup(() => close(server))
    return { origin: await listen(server), paths }
  })
  /** Runs a program in a new process. It uses the provider through a proxy. */
  .extend(
    'runBehind',
    ({ provider, caFile, imds }) =>
      async (
        program: string,
        { proxy, env = {}, usesOwnFetch = false, usesManagedIdentity = false }: Situation,
      ): Promise<ProxyClientResult> => {
        const settings: ProxyClientSettings = {
          authority: provider.authority(),
          clientId: provider.app.clientId,
          usesOwnFetch,
          usesManagedIdentity,
        }
        const file = await bundleProgram('proxy-client.ts')
        const { stdout } = await run(program, [file, JSON.stringify(settings)], {
          env: {
            NODE_ENV: 'production',
            HTTPS_PROXY: proxy.url,
            HTTP_PROXY: proxy.url,
            NODE_EXTRA_CA_CERTS: caFile,
            AZURE_POD_IDENTITY_AUTHORITY_HOST: imds.origin,
            ...env,
          },
        })
        return JSON.parse(stdout) as ProxyClientResult
      },
  )

/** Returns whether a version of Node.js knows `NODE_USE_ENV_PROXY`. */
function hasEnvProxy(version: string): boolean {
  const [major = 0, minor = 0] = version.slice(1).split('.').map(Number)
  return major >= 24 || (major === 22 && minor >= 21)
}

describe.each(PROGRAMS)('through a proxy, with %s', (program) => {
  test('every request to the provider uses the proxy of the fetch function', async ({
    runBehind,
    provider,
    imds,
  }) => {
    const proxy = await startHttpProxy()

    const result = await runBehind(program, {
      proxy,
      usesOwnFetch: true,
      usesManagedIdentity: true,
    })

    expect(result).toEqual({ version: result.version, gotToken: true })
    expect(new Set(proxy.targets)).toEqual(new Set([new URL(provider.origin).host]))
    expect(imds.paths).toEqual(['/metadata/identity/oauth2/token'])
  })

  test('NODE_USE_ENV_PROXY=1 is enough, and managed identities do not use the proxy', async ({
    runBehind,
    provider,
    imds,
  }) => {
    const proxy = await startHttpProxy()
    const env = { NODE_USE_ENV_PROXY: '1' }

    const result = await runBehind(program, { proxy, env, usesManagedIdentity: true })

    expect(result).toEqual({ version: result.version, gotToken: true })
    const targets = hasEnvProxy(result.version) ? [new URL(provider.origin).host] : []
    expect([...new Set(proxy.targets)]).toEqual(targets)
    expect(imds.paths).toEqual(['/metadata/identity/oauth2/token'])
    // It is not encrypted, so the proxy could read the token.
    expect(proxy.seen).toEqual([])
  })

  test('a proxy that rejects connections is named', async ({ runBehind }) => {
    const proxy = await startHttpProxy({ reject: 407 })

    const result = await runBehind(program, { proxy, usesOwnFetch: true })

    expect(result).toMatchObject({
      code: 'provider_unavailable',
      reason: 'proxy',
      hint: expect.stringContaining('HTTPS_PROXY'),
    })
  })

  test('a proxy that decrypts TLS needs NODE_EXTRA_CA_CERTS, and the error says so', async ({
    runBehind,
    workshop,
  }) => {
    const certificate = createServerCertificate()
    const proxy = await startHttpProxy({ intercept: certificate })
    writeFileSync(workshop.path('proxy-ca.pem'), certificate.ca)

    const rejected = await runBehind(program, { proxy, usesOwnFetch: true })
    const seen = [...proxy.seen]
    const env = { NODE_EXTRA_CA_CERTS: workshop.path('proxy-ca.pem') }
    const accepted = await runBehind(program, { proxy, env, usesOwnFetch: true })

    expect(rejected).toMatchObject({
      code: 'provider_unavailable',
      reason: 'tls',
      hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    })
    expect(seen).toEqual([])
    expect(accepted).toEqual({ version: accepted.version, gotToken: false })
    expect(proxy.seen).toHaveLength(2)
  })
})
