import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'
import { afterAll, beforeAll } from 'vitest'
import type { StartHost } from '../contract/bench.ts'
import { tellingHosts } from '../hosts/told.ts'

/**
 * Hosts of the contract in a worker, by the runtime of Cloudflare Workers: nothing of Node.js is there. The worker is
 * bundled of the package as it ships, so that its `imports` have to lead to the web variants.
 *
 * @param entry - A file of this folder.
 */
export function startWorker(entry: string): StartHost {
  let worker: Miniflare
  let target: URL
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

  return tellingHosts(() => target)
}
