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

/** Server CPU per request of a page behind a sign-in, sessions in cookies, beside the peers. */
export async function measureGuard(stage, effort) {
  return measure('guard', await startSubjects(stage), effort)
}

/** The same on Fastify and Hono, each beside its own peers and its own bare server. */
export async function measureFrameworks(stage, effort) {
  return measure('guard', await startFrameworkSubjects(stage), effort)
}

/** The same with sessions in a store. */
export async function measureStoredGuard(stage, { rounds, requests, warmUp }) {
  // Short rounds, many of them: what Redis and the rest of the machine do meanwhile must meet all alike.
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
