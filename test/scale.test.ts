import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Scale {
  readonly rates: object
  readonly cores: Readonly<Record<string, number>>
  readonly usersOfACore: Readonly<Record<string, number>>
  readonly redisGigabytes: number
}
interface ScaleModule {
  computeScale(figures: Record<string, number>, assumptions: Record<string, number>): Scale
  writeTables(page: string, input: unknown): string
}

const root = new URL('../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const { computeScale, writeTables } = (await import(
  new URL('benchmarks/scale.mjs', root).href
)) as ScaleModule

test('docs/scale.md contains the tables of benchmarks/scale.json', () => {
  const page = read('docs/scale.md')

  const written = writeTables(page, JSON.parse(read('benchmarks/scale.json')))

  expect(cellsOf(written), 'Run `node benchmarks/scale.mjs`.').toEqual(cellsOf(page))
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
