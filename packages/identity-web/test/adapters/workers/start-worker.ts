import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Miniflare } from 'miniflare'
import type { HostTest, StartHost } from '../contract/bench.ts'
import { tellingHosts } from '../hosts/told.ts'
import { test as base } from '../../support/fixtures.ts'

/**
 * Hosts of the contract in a worker, by the runtime of Cloudflare Workers: nothing of Node.js is there. The worker is
 * bundled of the package as it ships, so that its `imports` have to lead to the web variants.
 *
 * @param entry - A file of this folder.
 */
export const workerTest = (entry: string): HostTest =>
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  base.extend('startHost', { scope: 'file' }, async ({}, { onCleanup }): Promise<StartHost> => {
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
    const worker = new Miniflare({
      modules: true,
      script: outputFiles[0]?.text ?? '',
      compatibilityDate: '2025-03-01',
    })
    onCleanup(() => worker.dispose())
    const target = await worker.ready
    return tellingHosts(() => target)
  })
