import { measureRounds } from '../server/rounds.mjs'
import { median, ratio } from '../statistics.mjs'
import { BASE, GUARD, startSubjects } from './subjects.mjs'

const BUDGET = 1.3

/** Server CPU per request of a page behind a sign-in, beside the peers. */
export async function measureGuard(stage, effort) {
  const subjects = await startSubjects(stage)
  const costs = await measureRounds(subjects, effort)
  await Promise.all(subjects.map((subject) => subject.stop()))
  return subjects.map(({ name, cookieCharacters }) =>
    toRow(name, cookieCharacters, costs.get(name), costs.get(BASE)),
  )
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
