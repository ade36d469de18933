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

// The benchmarks are JavaScript without types.
const { judge } = await load<{
  judge: (rows: readonly Row[], known?: readonly Row[]) => readonly Row[]
}>('budgets')
const { findSlow } = await load<{
  findSlow: (first: readonly Row[], second: readonly Row[]) => readonly string[]
}>('gate')
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
    judge([again('Fastify, store', 1, high), rowOf('Fastify, store: identity-web', value)])[1]

  expect(resultOf(1.2, 1)).toMatchObject({ pass: true, isWithinDispersion: false })
  expect(resultOf(1.22, 1.03)).toMatchObject({ pass: true, isWithinDispersion: true })
  expect(resultOf(1.25, 1.03)).toMatchObject({ pass: false })
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

test('the budget of new tokens is relative to fast-jwt, which verifies each of them', () => {
  const peer = rowOf('API, new tokens: fast-jwt, without', 1.5)
  const resultOf = (value: number) =>
    judge([peer, rowOf('API, new tokens: identity-web', value)])[1]

  expect(resultOf(1.55)).toMatchObject({
    pass: true,
    budget: '≤ 1.55 × (fast-jwt, without + 0.05)',
  })
  expect(resultOf(1.56)).toMatchObject({ pass: false })
})

test('the budget of a page is relative to the same page', () => {
  const rows = ['', ', text'].flatMap((page, index) => [
    rowOf(`Express, store${page}: probe`, 1 + index),
    rowOf(`Express, store${page}: identity-web`, 1.06 + index),
  ])

  expect(judge(rows)).toMatchObject([
    {},
    { pass: true, budget: '≤ 1.06 × (probe + 0.06)' },
    {},
    { pass: true, budget: '≤ 2.06 × (probe + 0.06)' },
  ])
})

test('the gate fails at 1.4 times the budget, in two runs', () => {
  const what = 'Express, cookies: identity-web'
  const run = (value: number) => judge([rowOf(what, value)])
  const [allowed, slow] = [run(1.2 * 1.39), run(1.2 * 1.41)]

  expect(findSlow(slow, slow)).toEqual([what])
  expect(findSlow(slow, allowed)).toEqual([])
  expect(findSlow(allowed, slow)).toEqual([])
})

test('the gate fails if it cannot judge a row of ours', () => {
  const rows = [rowOf('Koa, store: identity-web', 1), rowOf('Koa, store: probe', 9)]

  expect(findSlow(rows, rows)).toEqual(['Koa, store: identity-web'])
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
