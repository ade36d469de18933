import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Scale {
  readonly rates: object
  readonly cores: Readonly<Record<string, number>>
  readonly usersOfACore: Readonly<Record<string, number>>
  readonly redisGigabytes: number
}
interface Result {
  readonly node: string
}
interface ScaleModule {
  computeScale(figures: Record<string, number>, assumptions: Record<string, number>): Scale
  writeGuardTimes(page: string, results: readonly Result[]): string
  writeTables(page: string, result: Result | undefined, assumptions: unknown): string
}
interface ReportModule {
  writeFigures(page: string, results: readonly Result[]): string
}

const root = new URL('../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const load = async <Module>(name: string): Promise<Module> =>
  (await import(new URL(`maintain/benchmarks/${name}.mjs`, root).href)) as Module
const { computeScale, writeGuardTimes, writeTables } = await load<ScaleModule>('scale')
const { writeFigures } = await load<ReportModule>('report')
const { readResults } = await load<{ readResults(): readonly Result[] }>('results')

test('README.md, docs/evidence/scale.md and the page of the benchmarks contain the figures of their results', () => {
  const results = readResults()
  const assumptions: unknown = JSON.parse(read('maintain/benchmarks/scale.json'))
  const pages: readonly [path: string, write: (page: string) => string][] = [
    ['README.md', (page) => writeGuardTimes(page, results)],
    ['docs/evidence/scale.md', (page) => writeTables(page, results[0], assumptions)],
    ['maintain/benchmarks/README.md', (page) => writeFigures(page, results)],
  ]
  for (const [path, write] of pages) {
    const page = read(path)
    expect(cellsOf(write(page)), `${path}: run node maintain/benchmarks/scale.mjs.`).toEqual(
      cellsOf(page),
    )
  }
})

test('the load of a site follows from the figures and the assumptions', () => {
  const figures = { guardCookie: 100, refresh: 3600, signIn: 7200, redisSession: 8 }
  const scale = computeScale(figures, {
    sessions: 1_000_000,
    active: 36,
    requests: 10,
    tokenLife: 1,
    sessionLength: 2,
    handler: 900,
    busy: 50,
  })

  // 360,000 active users.
  expect(scale.rates).toEqual({ requests: 1000, refreshes: 100, signIns: 50 })
  expect(scale.cores['guardCookie']).toBeCloseTo(0.1)
  expect(scale.cores['rare']).toBeCloseTo(0.72)
  // In an hour, a user needs 10 × 1000 µs, one refresh and half of a sign-in.
  expect(scale.usersOfACore['cookies']).toBeCloseTo(500_000 / ((10_000 + 3600 + 3600) / 3600))
  expect(scale.redisGigabytes).toBe(8)
})

/** The widths of columns belong to the formatter. */
function cellsOf(page: string): string[] {
  return page.split('\n').map((line) => line.replaceAll(/ +/g, ' ').replaceAll(/-{2,}/g, '-'))
}
