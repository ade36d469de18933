import { median, ratio, shuffled } from '../statistics.mjs'
import { sendLoad } from './load.mjs'
import { BASE, GUARD, startSubjects } from './subjects.mjs'

const BUDGET = 1.3

/** Server CPU per request of a page behind a sign-in, beside the peers. */
export async function measureGuard(stage, { rounds, requests, warmUp }) {
  const subjects = await startSubjects(stage)
  for (const subject of subjects) await costOf(subject, { count: warmUp, from: 0 })

  const costs = new Map(subjects.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    for (const subject of shuffled(subjects)) {
      const from = warmUp + round * requests
      costs.get(subject.name).push(await costOf(subject, { count: requests, from }))
    }
  }
  await Promise.all(subjects.map((subject) => subject.stop()))
  return subjects.map(({ name, cookieCharacters }) =>
    toRow(name, cookieCharacters, costs.get(name), costs.get(BASE)),
  )
}

/** Microseconds of CPU that the server's process took for one request; its garbage collection included. */
async function costOf({ ready, requests, ask }, { count, from }) {
  const before = await ask({ kind: 'cpu' })
  await sendLoad(ready.port, requests, { count, from })
  return ((await ask({ kind: 'cpu' })) - before) / count
}

function toRow(name, cookieCharacters, costs, bases) {
  const over = ratio(costs, bases)
  const size = cookieCharacters > 0 ? `, ${(cookieCharacters / 1000).toFixed(1)} kB of cookies` : ''
  return {
    what: `guard: ${name}${size}`,
    figure: `${median(costs).toFixed(0)} µs`,
    ratio: over,
    ...(name === GUARD && { budget: `≤ ${BUDGET} ×`, pass: over.median <= BUDGET }),
  }
}
