import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { Miniflare, type WorkerOptions } from 'miniflare'

/** Workers that run in workerd, the runtime of Cloudflare Workers. */
export interface RunningWorkers {
  /** The URL of each worker, in the order of their options. */
  readonly urls: readonly URL[]
  close(): Promise<void>
}

/** Bundles a worker as wrangler does, with the built package, so that its `imports` lead to the variants without Node.js. */
export async function bundleWorker(entry: string | URL): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(entry)],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es2022',
    conditions: ['workerd', 'worker', 'browser'],
    tsconfigRaw: {},
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}

/** Starts one instance of a worker for each of the options. They are in the same process of workerd. */
export async function startWorkers(
  script: string,
  instances: readonly Partial<WorkerOptions>[],
): Promise<RunningWorkers> {
  const workers = instances.map((options, index) => ({
    name: `instance-${index}`,
    modules: true as const,
    script,
    compatibilityDate: '2025-03-01',
    unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }],
    ...options,
  }))
  const miniflare = new Miniflare({ workers } as ConstructorParameters<typeof Miniflare>[0])
  await miniflare.ready
  const urls = await Promise.all(workers.map(({ name }) => miniflare.unsafeGetDirectURL(name)))
  return { urls, close: () => miniflare.dispose() }
}

/** The binding of a worker to its own class `IdentitySessions`. */
export const SESSIONS: Partial<WorkerOptions> = {
  durableObjects: { SESSIONS: { className: 'IdentitySessions', useSQLite: true } },
}

/** The binding of a worker to the objects of the first instance. */
export const SESSIONS_OF_FIRST: Partial<WorkerOptions> = {
  durableObjects: {
    SESSIONS: { className: 'IdentitySessions', useSQLite: true, scriptName: 'instance-0' },
  },
}
