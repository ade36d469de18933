import type { HostTest, StartHost } from '../contract/bench.ts'
import { tellingHosts } from '../hosts/told.ts'
import { test as base } from '../../support/fixtures.ts'
import { bundleWorker, SESSIONS, startWorkers } from '../../support/worker.ts'

/**
 * Hosts of the contract in a worker, by the runtime of Cloudflare Workers: nothing of Node.js is there. Sessions in a
 * store are in a Durable Object.
 *
 * @param entry - A file of this folder.
 */
export const workerTest = (entry: string): HostTest =>
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  base.extend('startHost', { scope: 'file' }, async ({}, { onCleanup }): Promise<StartHost> => {
    const script = await bundleWorker(new URL(entry, import.meta.url))
    const workers = await startWorkers(script, [SESSIONS])
    onCleanup(() => workers.close())
    return tellingHosts(() => workers.urls[0] as URL)
  })
