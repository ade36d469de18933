import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test as base } from 'vitest'

const root = new URL('../../../../', import.meta.url)
const run = promisify(execFile)

/** A row of `npm run -C maintain bench -- size`. */
interface Row {
  readonly what: string
  /** Bytes after minification and gzip. */
  readonly bytes?: number
  readonly budget?: string
  readonly pass?: boolean
}

/** The parts of `maintain/benchmarks/size` that the tests use. */
interface Bundles {
  chunksOf(app: string): Promise<Readonly<Record<string, string>>>
}
interface Workers {
  startWorker(
    modules: Readonly<Record<string, string>>,
    bindingsFor: (origin: string) => object,
  ): Promise<{ visitor(): Visitor; close(): Promise<void> }>
}
interface Stages {
  openProvider(): Promise<{
    readonly provider: object
    readonly site: (origin: string) => object
    close(): Promise<void>
  }>
  stepsOf(visitor: Visitor, provider: object): Readonly<Record<string, () => Promise<void>>>
}
interface Visitor {
  navigate(path: string): Promise<{ readonly status: number; readonly body: string }>
}

const load = async (name: string): Promise<unknown> =>
  import(/* @vite-ignore */ new URL(`maintain/benchmarks/size/${name}.mjs`, root).href)

// The tests use the built package. Workers run in workerd, the runtime of Cloudflare.
const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('stages', { scope: 'file' }, async ({}) => (await load('stages')) as Stages)
  .extend('stage', { scope: 'file' }, async ({ stages }, { onCleanup }) => {
    const stage = await stages.openProvider()
    onCleanup(() => stage.close())
    return stage
  })
  /** The files of a bundle that loads parts on demand. */
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('chunks', { scope: 'file' }, async ({}) => {
    const { chunksOf } = (await load('bundle')) as Bundles
    return chunksOf('guard')
  })
  /** Starts a worker with these files. */
  .extend('openVisitor', ({ stage }, { onCleanup }) => {
    const closes: (() => Promise<void>)[] = []
    onCleanup(async () => void (await Promise.all(closes.map((close) => close()))))
    return async (files: Readonly<Record<string, string>>) => {
      const { startWorker } = (await load('worker')) as Workers
      const worker = await startWorker(files, stage.site)
      closes.push(() => worker.close())
      return worker.visitor()
    }
  })

describe('a worker', () => {
  test('evaluates at most 70 kB before the first guarded request, and that request needs no more', async () => {
    const script = fileURLToPath(new URL('maintain/benchmarks/size/print.mjs', root))
    const { stdout } = await run(process.execPath, [script])
    const rows = JSON.parse(stdout) as Row[]
    const bytesOf = (step: string): number | undefined =>
      rows.find(({ what }) => what === `size: guard over bare Hono, ${step}`)?.bytes
    const start = bytesOf('evaluated at the start')
    const guarded = bytesOf('evaluated with the first guarded request')

    expect(rows.filter(({ pass }) => pass === false)).toEqual([])
    expect(rows.filter(({ pass }) => pass === true)).toHaveLength(1)
    expect(guarded).toBeLessThanOrEqual(70_000)
    expect(guarded).toBe(start)
    expect(bytesOf('evaluated with the first sign-in')).toBeGreaterThan(guarded ?? Infinity)
  })

  test('loads the parts of a sign-in, of an error page and of a sign-out from files of their own', async ({
    chunks,
    openVisitor,
    stage,
    stages,
  }) => {
    expect(Object.keys(chunks).length).toBeGreaterThan(10)
    const visitor = await openVisitor(chunks)

    // A step throws if its response has another status than it expects.
    for (const step of Object.values(stages.stepsOf(visitor, stage.provider))) await step()
  })

  test('responds with the advice to deploy all files if one of them is broken', async ({
    chunks,
    openVisitor,
  }) => {
    const broken = Object.entries(chunks).map(([name, code]) => [
      name,
      name.startsWith('starts-') ? 'throw new Error("broken file")' : code,
    ])
    const visitor = await openVisitor(Object.fromEntries(broken) as Record<string, string>)

    const { status, body } = await visitor.navigate('/')
    expect(status).toBe(500)
    expect(body).toContain('could not be loaded for the start of a sign-in: broken file')
    expect(body).toContain('Deploy all files of the build together')
  })
})
