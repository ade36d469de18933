import { measureRounds } from '../server/rounds.mjs'
import { median, ratio } from '../statistics.mjs'
import { setApiStage } from './stage.mjs'
import { measureCachedTokens } from './cached-tokens.mjs'
import { BASE, CACHED, JOSE, OURS, OURS_LARGE, RAW, startSubjects } from './subjects.mjs'

const SAME_BUDGET = 1.12
/** How much more than the probe the ratio over bare Express may be. */
const NEW_MARGIN = 0.1
const CACHED_MARGIN = 0.06

/** Measures the server CPU per request of an API with bearer tokens, and of the verification alone. */
export async function measureApi({ rounds, requests, warmUp, calls }) {
  const stage = await setApiStage()
  // Many short rounds: jose and identity-web are compared with each other, and need the same disturbances.
  const effort = {
    rounds: rounds * 2,
    requests: Math.ceil(requests / 4),
    warmUp: Math.ceil(warmUp / 2),
  }
  try {
    return [
      ...(await measureSameToken(stage, effort)),
      ...(await measureNewTokens(stage, effort)),
      ...(await measureVerification(stage, { rounds, calls: calls / 20 })),
      await measureCachedTokens(stage),
    ]
  } finally {
    await stage.close()
  }
}

async function measureSameToken(stage, effort) {
  const costs = await measureServers(stage, stage.tokens.slice(0, 1), effort)
  return [...costs].map(([name, list]) =>
    toRow(`same token: ${name}`, list, costs.get(BASE), {
      ...(name === OURS && { budget: SAME_BUDGET }),
    }),
  )
}

async function measureNewTokens(stage, effort) {
  const costs = await measureServers(stage, stage.tokens, effort)
  const ratioOf = (name) => ratio(costs.get(name), costs.get(BASE)).median
  const budgets = {
    [OURS]: ratioOf(RAW) + NEW_MARGIN,
    [OURS_LARGE]: ratioOf(CACHED) + CACHED_MARGIN,
  }
  const rows = [...costs].map(([name, list]) =>
    toRow(`new tokens: ${name}`, list, costs.get(BASE), { budget: budgets[name] }),
  )
  return [...rows, toRow(`new tokens: ${OURS} over ${JOSE}`, costs.get(OURS), costs.get(JOSE))]
}

async function measureServers(stage, tokens, effort) {
  const subjects = await startSubjects(stage, tokens)
  const costs = await measureRounds(subjects, effort)
  await Promise.all(subjects.map((subject) => subject.stop()))
  return costs
}

/** Measures the guard without a server, so the result is only the work of the guard. */
async function measureVerification({ start }, { rounds, calls }) {
  const child = await start('verification.mjs')
  const costs = { jose: [], ours: [], again: [] }
  // The first round compiles the code. Its result is not used.
  for (let round = 0; round <= rounds; round++) {
    for (const [subject, list] of Object.entries(costs)) {
      const cost = await child.ask({ subject, count: calls })
      if (round > 0) list.push(cost)
    }
  }
  await child.stop()
  const row = (what, list) => toRow(`without a server: ${what}`, list, costs.jose, { digits: 1 })
  return [
    row(`${JOSE}, new tokens`, costs.jose),
    row(`${OURS}, new tokens`, costs.ours),
    row(`${OURS}, same token`, costs.again),
  ]
}

function toRow(name, costs, bases, { budget, digits = 0 } = {}) {
  const over = ratio(costs, bases)
  return {
    what: `API, ${name}`,
    figure: `${median(costs).toFixed(digits)} µs`,
    ratio: over,
    ...(budget !== undefined && { budget: `≤ ${budget.toFixed(2)} ×`, pass: over.median <= budget }),
  }
}
