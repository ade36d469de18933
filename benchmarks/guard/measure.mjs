import { startRedis } from '../redis.mjs'
import { measureRounds } from '../server/rounds.mjs'
import { median, ratio } from '../statistics.mjs'
import {
  GUARD,
  startFrameworkSubjects,
  startStoredSubjects,
  startSubjects,
  STORED_GUARD,
} from './subjects.mjs'

const BUDGETS = new Map([
  [GUARD, 1.3],
  [STORED_GUARD, 1.25],
])

/** Measures the server CPU per request of a page with a sign-in and sessions in cookies, compared with the peers. */
export async function measureGuard(stage, effort) {
  return measure('guard', await startSubjects(stage), effort)
}

/** Measures the same on Fastify and Hono, compared with their peers and their bare servers. */
export async function measureFrameworks(stage, effort) {
  return measure('guard', await startFrameworkSubjects(stage), effort)
}

/** Measures the same with sessions in a store. */
export async function measureStoredGuard(stage, { rounds, requests, warmUp }) {
  // Many short rounds: Redis and the rest of the machine must disturb all subjects equally.
  const effort = { rounds: rounds * 2, requests: Math.ceil(requests / 3), warmUp }
  const redis = await startRedis()
  try {
    return await measure('guard, stored', await startStoredSubjects(stage, redis), effort)
  } finally {
    await redis.stop()
  }
}

async function measure(what, subjects, effort) {
  const costs = await measureRounds(subjects, effort)
  await Promise.all(subjects.map((subject) => subject.stop()))
  return subjects.map(({ name, base, cookieCharacters }) => ({
    ...toRow(name, costs.get(name), costs.get(base)),
    what: `${what}: ${name}${sizeOf(cookieCharacters)}`,
  }))
}

function toRow(name, costs, bases) {
  const over = ratio(costs, bases)
  const budget = BUDGETS.get(name)
  return {
    figure: `${median(costs).toFixed(0)} µs`,
    ratio: over,
    ...(budget !== undefined && { budget: `≤ ${budget} ×`, pass: over.median <= budget }),
  }
}

function sizeOf(characters) {
  if (characters === 0) return ''
  const size = characters < 1000 ? `${characters} bytes` : `${(characters / 1000).toFixed(1)} kB`
  return `, ${size} of cookies`
}
