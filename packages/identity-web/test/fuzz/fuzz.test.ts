import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { targets } from './targets.ts'

// The same targets run for longer, with random seeds, in `npm run -C maintain fuzz`.
test.for(targets.map((target) => [target.name, target] as const))('%s', async ([, target]) => {
  const { arbitrary, seeds, check, runs } = target
  await fc.assert(
    fc.asyncProperty(arbitrary, async (input) => void (await check(input))),
    { numRuns: runs + seeds.length, seed: 1, examples: seeds.map((input): [unknown] => [input]) },
  )
})

test('names are unique, because failures are saved under them', () => {
  const names = targets.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
})
