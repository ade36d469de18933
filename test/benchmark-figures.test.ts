import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test as base } from 'vitest'

interface Ratio {
  readonly median: number
  readonly low: number
  readonly high: number
  readonly min: number
  readonly max: number
}
interface Row {
  readonly what: string
  readonly figure: string
  readonly ratio?: Ratio
}
interface Result {
  readonly node: string
  readonly parts: Readonly<Record<string, { readonly rows: readonly Row[] }>>
}
interface Comparison {
  readonly what: string
}

// The benchmarks are JavaScript without types.
const { judge } = await load<{
  judge: (rows: readonly Row[], known?: readonly Row[]) => readonly Row[]
}>('budgets')
const { compareRows, mergeRuns } = await load<{
  compareRows: (stored: readonly Row[], measured: readonly Row[]) => readonly Comparison[]
  mergeRuns: (first: readonly Comparison[], second: readonly Comparison[]) => readonly Comparison[]
}>('compare')
const { drawChart } = await load<{ drawChart: (results: readonly object[]) => string }>('chart')
const { toTable, writeReport } = await load<{
  toTable: (rows: readonly object[]) => string
  writeReport: (results: readonly Result[], folder: string) => void
}>('report')
const { readResults, storeRows } = await load<{
  readResults: (folder: string) => readonly Result[]
  storeRows: (rows: ReadonlyMap<string, readonly Row[]>, folder: string) => void
}>('results')
const { dispersionOf, ratio } = await load<{
  dispersionOf: (ratio: Pick<Ratio, 'low' | 'high'>) => number
  ratio: (values: readonly number[], bases: readonly number[]) => Ratio
}>('statistics')

async function load<Exports>(name: string): Promise<Exports> {
  return (await import(new URL(`../benchmarks/${name}.mjs`, import.meta.url).href)) as Exports
}

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('folder', ({}, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'benchmark-'))
    onCleanup(() => rmSync(folder, { recursive: true, force: true }))
    return `${folder}/`
  })

/** A row with the same ratio in each round. */
const rowOf = (what: string, value: number, more = {}) => ({
  what,
  figure: '1 µs',
  ratio: { median: value, low: value, high: value, min: value, max: value },
  ...more,
})
const ones = rowOf('', 1).ratio
const again = (group: string, low: number, high: number) => ({
  what: `${group}: bare, again`,
  figure: '1 µs',
  ratio: { median: 1, low, high, min: low, max: high },
})

test('the bounds of a median are ranks of the rounds', () => {
  const rounds = Array.from({ length: 15 }, (_, round) => round + 1)
  const bases = rounds.map(() => 1)

  // Of 15 values, the ranks 4 and 12 contain the median with at least 95 %: the probability outside is 2 × 0.0176.
  expect(ratio(rounds, bases)).toEqual({ median: 8, low: 4, high: 12, min: 1, max: 15 })
  // Of 30 values, the ranks 10 and 21 do. The ranks 11 and 20 contain it with only 90 %.
  const thirty = Array.from({ length: 30 }, (_, round) => round + 1)
  expect(
    ratio(
      thirty,
      thirty.map(() => 1),
    ),
  ).toMatchObject({ low: 10, high: 21 })
  // Three rounds cannot exclude any value.
  expect(ratio([1, 2, 3], [1, 1, 1])).toEqual({ median: 2, low: 1, high: 3, min: 1, max: 3 })
})

test('the dispersion is the largest distance from 1', () => {
  expect(dispersionOf({ low: 0.9, high: 1.05 })).toBeCloseTo(0.1)
  expect(dispersionOf({ low: 0.99, high: 1.05 })).toBeCloseTo(0.05)
})

test('a budget is met within the dispersion of bare against bare', () => {
  const resultOf = (value: number, high: number) =>
    judge([again('Express, store', 1, high), rowOf('Express, store: identity-web', value)])[1]

  expect(resultOf(1.15, 1)).toMatchObject({ pass: true, isWithinDispersion: false })
  expect(resultOf(1.17, 1.03)).toMatchObject({ pass: true, isWithinDispersion: true })
  expect(resultOf(1.2, 1.03)).toMatchObject({ pass: false })
})

test('the budget of Hono is relative to the probe', () => {
  const resultOf = (overProbe: number) =>
    judge([rowOf('Hono, store: identity-web', 2, { overProbe: rowOf('', overProbe).ratio })])[0]

  expect(resultOf(1.15)).toMatchObject({ pass: true })
  expect(resultOf(1.16)).toMatchObject({ pass: false, budget: '≤ 1.15 × probe' })
})

test('the budget of Koa is the ratio of Express plus 0.10, or 5 µs where a bare request is fast', () => {
  const express = rowOf('Express, store: identity-web', 1.1)
  const koa = (value: number, more: object) =>
    judge([rowOf('Koa, store: identity-web', value, more)], [express])[0]

  expect(koa(1.2, { base: 60, beyond: 12 })).toMatchObject({ pass: true })
  expect(koa(1.21, { base: 60, beyond: 4 })).toMatchObject({ pass: false })
  expect(koa(1.3, { base: 29, beyond: 5 })).toMatchObject({ pass: true })
  expect(koa(1.3, { base: 29, beyond: 6 })).toMatchObject({ pass: false })
  expect(judge([rowOf('Koa, store: identity-web', 9)])[0]).not.toHaveProperty('pass')
})

test('the budget of new tokens is relative to a probe that verifies each of them', () => {
  const raw = rowOf('API, new tokens: raw verify: crypto.verify by hand', 1.5)
  const resultOf = (value: number) => judge([raw, rowOf('API, new tokens: identity-web', value)])[1]

  expect(resultOf(1.6)).toMatchObject({
    pass: true,
    budget: '≤ 1.60 × (raw verify: crypto.verify by hand + 0.10)',
  })
  expect(resultOf(1.61)).toMatchObject({ pass: false })
})

test('the gate reports a loss beyond the dispersion, and beyond 6 %', () => {
  const what = 'Koa, store: identity-web'
  const compare = (value: number, dispersion: number) =>
    compareRows([rowOf(what, 1.2, { dispersion: 0.01 })], [rowOf(what, value, { dispersion })])[0]

  expect(compare(1.27, 0.02)).toMatchObject({ isLost: false, allowed: 0.06 })
  expect(compare(1.28, 0.02)).toMatchObject({ isLost: true })
  expect(compare(1.28, 0.1)).toMatchObject({ isLost: false, isUnclear: false, allowed: 0.1 })
  expect(compare(1.28, 0.3)).toMatchObject({ isLost: false, isUnclear: true })
  expect(compare(2, 0.3)).toMatchObject({ isLost: true, isUnclear: false })
})

test('the gate compares only our rows, and only those that are stored', () => {
  const rows = ['identity-web', 'identity-web, with an access token', 'probe', 'fast-jwt'].map(
    (label) => rowOf(`Express, cookies: ${label}`, 1),
  )

  const compared = compareRows(rows.slice(1), rows).map(({ what }) => what)

  expect(compared).toEqual(['Express, cookies: identity-web, with an access token'])
})

test('the gate uses the bounds of the ratio where no bare server shows the dispersion', () => {
  const what = 'API, without a server: identity-web, new tokens'
  const wide = { ...rowOf(what, 1.2), ratio: { ...ones, median: 1.2, low: 1.08, high: 1.32 } }

  expect(compareRows([rowOf(what, 1.1)], [wide])).toMatchObject([{ isLost: false, allowed: 0.1 }])
  expect(compareRows([rowOf(what, 1.1)], [rowOf(what, 1.2)])).toMatchObject([{ isLost: true }])
})

test('a loss must appear in both runs of the gate', () => {
  const what = 'Koa, store: identity-web'
  const run = (value: number) => compareRows([rowOf(what, 1.2)], [rowOf(what, value)])

  expect(mergeRuns(run(1.5), run(1.2))).toMatchObject([{ isLost: false, measured: 1.2 }])
  expect(mergeRuns(run(1.5), run(1.6))).toMatchObject([{ isLost: true }])
  expect(mergeRuns(run(1.5), [])).toMatchObject([{ isLost: true }])
})

test('the table omits columns without values', () => {
  const table = toTable([{ what: 'installed', figure: '3 packages', budget: '≤ 3', pass: true }])

  expect(table.split('\n')[0]).toBe('| row       | figure     | budget | result |')
})

test('the chart shows each ratio, and an arrow at the end of a long bar', () => {
  const rows = [rowOf('Koa, store: identity-web', 1.25), rowOf('Koa, store: a <peer>', 9.5)]
  const chart = drawChart([{ node: 'v20.1.0', parts: { koa: { rows } } }])

  expect(chart).toContain('>1.25</text>')
  expect(chart).toContain('a &lt;peer&gt;</text>')
  // Only the long bar has a point.
  expect(chart.match(/<path class="peer" d="M[^"]*L[^"]*Z"/g)).toHaveLength(1)
  expect(chart.match(/<path class="ours" d="M[^"L]*Z"/g)).toHaveLength(1)
})

test('a report replaces the rows of its parts, and only the figures of the README', ({
  folder,
}) => {
  const text = (figures: string) =>
    `# Before\n\n<!-- figures: start -->\n${figures}<!-- figures: end -->\n\n# After\n`
  const readme = join(folder, 'README.md')
  const results = `${folder}results/`
  const rowsOf = (part: string, value: number) =>
    new Map([[part, [rowOf(`${part}, store: identity-web`, value)]]])
  writeFileSync(readme, text('old figures\n'))

  storeRows(rowsOf('koa', 1.111111), results)
  storeRows(rowsOf('express', 1.2), results)
  storeRows(rowsOf('express', 1.3), results)
  writeReport(readResults(results), folder)

  const [result] = readResults(results)
  expect(result).toMatchObject({ node: process.version, versions: { koa: expect.any(String) } })
  expect(result?.parts['koa']?.rows[0]?.ratio?.median).toBe(1.111)
  expect(result?.parts['express']?.rows[0]?.ratio?.median).toBe(1.3)
  const written = readFileSync(readme, 'utf8')
  expect(written).toMatch(/^# Before\n\n<!-- figures: start -->\n/)
  expect(written).toMatch(/\n<!-- figures: end -->\n\n# After\n$/)
  expect(written).toContain(`### Node.js ${process.version.slice(1)}`)
  expect(written).toMatch(/koa, store: identity-web +\| 1 µs +\| 1\.11 ×/)
  expect(written).not.toContain('old figures')
  expect(readFileSync(join(folder, 'chart.svg'), 'utf8')).toContain('>1.30</text>')
})
