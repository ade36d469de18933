import { createServer, request as httpRequest } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'
import { afterAll, beforeAll } from 'vitest'
import { close, listen } from '../../support/site.ts'
import type { StartHost } from '../contract/bench.ts'
import type { Told } from './serve.ts'

/**
 * Hosts of the contract in a worker, by the runtime of Cloudflare Workers: nothing of Node.js is there. The worker is
 * bundled of the package as it ships, so that its `imports` have to lead to the web variants.
 *
 * @param entry - A file of this folder.
 */
export function startWorker(entry: string): StartHost {
  let worker: Miniflare
  let target: URL
  let hosts = 0
  beforeAll(async () => {
    const { outputFiles } = await build({
      entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
      bundle: true,
      write: false,
      format: 'esm',
      target: 'es2022',
      conditions: ['workerd', 'worker', 'browser'],
      tsconfigRaw: {},
      logLevel: 'error',
    })
    worker = new Miniflare({
      modules: true,
      script: outputFiles[0]?.text ?? '',
      compatibilityDate: '2025-03-01',
    })
    target = await worker.ready
  })
  afterAll(() => worker.dispose())

  return async (optionsFor, variant) => {
    const host = (hosts += 1)
    const server = createServer((incoming, outgoing) => {
      const { method, url, rawHeaders } = incoming
      const options = Object.fromEntries(
        variant.prefixes.map((prefix) => [prefix, optionsFor(origin, prefix)]),
      )
      const moved = (options[variant.prefixes[0] ?? '']?.auth.now?.() ?? 0) - Date.now()
      const told: Told = { host, options, variant, moved }
      const onward = httpRequest(
        {
          hostname: target.hostname,
          port: target.port,
          agent: false,
          method,
          path: url,
          headers: [...rawHeaders, 'x-contract', JSON.stringify(told)],
        },
        (response) => {
          outgoing.writeHead(response.statusCode ?? 0, response.rawHeaders)
          pipeline(response, outgoing).catch(() => outgoing.destroy())
        },
      )
      pipeline(incoming, onward).catch(() => outgoing.destroy())
    })
    const origin = await listen(server)
    return { origin, close: () => close(server) }
  }
}
