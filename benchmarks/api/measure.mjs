import { measureRounds } from '../server/rounds.mjs'
import { median, ratio } from '../statistics.mjs'
import { setApiStage } from './stage.mjs'
import { BASE, JOSE, OURS, startSubjects } from './subjects.mjs'

const SAME_BUDGET = 1.15
const NEW_BUDGET = 1.2

/** Server CPU per request of an API behind bearer tokens, beside the peers; and of a verification alone. */
export async function measureApi({ rounds, requests, warmUp, calls }) {
  const stage = await setApiStage()
  // Short rounds, many of them: jose and ours are compared with each other, and must meet the same disturbances.
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
  const rows = [...costs].map(([name, list]) => toRow(`new tokens: ${name}`, list, costs.get(BASE)))
  const overJose = toRow(`new tokens: ${OURS} over ${JOSE}`, costs.get(OURS), costs.get(JOSE), {
    budget: NEW_BUDGET,
  })
  return [...rows, overJose]
}

async function measureServers(stage, tokens, effort) {
  const subjects = await startSubjects(stage, tokens)
  const costs = await measureRounds(subjects, effort)
  await Promise.all(subjects.map((subject) => subject.stop()))
  return costs
}

/** Without a server: what is left of a request is the guard's own work. */
async function measureVerification({ start }, { rounds, calls }) {
  const child = await start('verification.mjs')
  const costs = { jose: [], ours: [], again: [] }
  // The first round compiles; it is measured and forgotten.
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
    ...(budget !== undefined && { budget: `≤ ${budget} ×`, pass: over.median <= budget }),
  }
}
