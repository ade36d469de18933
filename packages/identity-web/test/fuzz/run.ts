import * as fc from 'fast-check'
import { parseArgs } from 'node:util'
import { saveFailure } from './corpus.ts'
import { slowerThanLinear } from './duration.ts'
import type { FuzzTarget } from './target.ts'
import { targets } from './targets.ts'

// `npm run -C maintain fuzz`: see maintain/README.md. maintain/scripts/fuzz.mjs bundles this file and starts it.

/** The number of random inputs with one seed. */
const BATCH = 200
/** Milliseconds after which the next target gets its turn. */
const TURN = 500
const MINUTE = 60_000

interface Tally {
  runs: number
  milliseconds: number
  hasFailed: boolean
}

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
    seed: { type: 'string' },
  },
})
const minutes = Number(values.minutes)
const seed = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
const chosen = targets.filter(({ name }) => name.startsWith(values.only))
if (chosen.length === 0 || !(minutes > 0) || !Number.isInteger(seed)) {
  const names = targets.map(({ name }) => `  ${name}`).join('\n')
  console.error(
    `Usage: npm run -C maintain fuzz -- [--minutes 10] [--only NAME] [--seed 1]\n${names}`,
  )
  process.exit(2)
}

console.log(`seed ${seed}, ${chosen.length} targets, ${minutes} minutes`)
const end = Date.now() + minutes * MINUTE
const tallies = new Map(
  chosen.map(({ name }): [string, Tally] => [name, { runs: 0, milliseconds: 0, hasFailed: false }]),
)
for (const target of chosen) await checkSeeds(target)
for (const target of chosen) await checkDuration(target)
let nextSeed = seed
while (Date.now() < end && chosen.some(isGood)) {
  for (const target of chosen.filter(isGood)) {
    const turn = Math.min(end, Date.now() + TURN)
    while (isGood(target) && Date.now() < turn) await runBatch(target, nextSeed++)
  }
}
for (const [name, { runs, milliseconds, hasFailed }] of tallies) {
  const rate = Math.round((runs * 1000) / Math.max(1, milliseconds))
  console.log(`${hasFailed ? '✗' : '✓'} ${name}: ${runs} runs, ${rate} runs per second`)
}
const failed = [...tallies.values()].filter(({ hasFailed }) => hasFailed).length
console.log(failed === 0 ? 'No failures.' : `${failed} targets failed.`)
process.exit(failed === 0 ? 0 : 1)

function isGood({ name }: FuzzTarget): boolean {
  return tallies.get(name)?.hasFailed !== true
}

async function checkSeeds(target: FuzzTarget): Promise<void> {
  for (const input of target.seeds) {
    try {
      await count(target, 1, () => target.check(input))
    } catch (error) {
      report(target, input, error)
      return
    }
  }
}

async function checkDuration(target: FuzzTarget): Promise<void> {
  if (!isGood(target)) return
  try {
    const slow = await slowerThanLinear(target)
    if (slow !== undefined) report(target, slow.input, new Error(slow.message))
  } catch (error) {
    report(target, 'a long input', error)
  }
}

async function runBatch(target: FuzzTarget, batchSeed: number): Promise<void> {
  const property = fc.asyncProperty(
    target.arbitrary,
    async (input) => void (await target.check(input)),
  )
  const parameters = { seed: batchSeed, numRuns: BATCH }
  const details = await count(target, BATCH, () => fc.check(property, parameters))
  if (!details.failed) return
  report(target, details.counterexample?.[0], details.errorInstance, batchSeed)
}

async function count<T>({ name }: FuzzTarget, runs: number, act: () => T | Promise<T>): Promise<T> {
  const start = performance.now()
  try {
    return await act()
  } finally {
    const tally = tallies.get(name)
    if (tally !== undefined) {
      tally.runs += runs
      tally.milliseconds += performance.now() - start
    }
  }
}

function report({ name }: FuzzTarget, input: unknown, error: unknown, batchSeed?: number): void {
  const tally = tallies.get(name)
  if (tally !== undefined) tally.hasFailed = true
  const message = String(error instanceof Error ? error.message : error).slice(0, 2000)
  const seedOfFailure = batchSeed === undefined ? {} : { seed: batchSeed }
  const path = saveFailure({ target: name, input, message, ...seedOfFailure })
  console.log(`✗ ${name}: ${error instanceof Error ? (error.stack ?? message) : message}`)
  console.log(`  input: ${JSON.stringify(input).slice(0, 2000)}`)
  console.log(`  saved: ${path}`)
  console.log(
    `  again: npm run -C maintain fuzz -- --only ${name}, or npx vitest run packages/identity-web/test/fuzz`,
  )
}
