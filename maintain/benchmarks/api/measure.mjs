import { measureInstances, toFigures } from '../server/rounds.mjs'
import { ratio } from '../statistics.mjs'
import { setApiStage } from './stage.mjs'
import { measureCachedTokens } from './cached-tokens.mjs'
import { GATE, JOSE, OURS, startSubjects } from './subjects.mjs'

/** Measures the server CPU per request of an API with bearer tokens, and of the verification alone. */
export async function measureApi(effort) {
  const stage = await setApiStage()
  try {
    const fresh = await measureServers(stage, { tokens: stage.tokens }, effort)
    return [
      ...(await measureSameToken(stage, effort)),
      ...toRows('new tokens', fresh),
      overJose(fresh),
      ...(await measureVerification(stage, effort)),
      await measureCachedTokens(stage),
    ]
  } finally {
    await stage.close()
  }
}

/** Measures the servers of the gate: our guard beside servers that verify tokens by hand. */
export async function measureApiForGate(effort) {
  const stage = await setApiStage()
  try {
    return [
      ...(await measureSameToken(stage, effort, GATE)),
      ...toRows(
        'new tokens',
        await measureServers(stage, { tokens: stage.tokens, names: GATE }, effort),
      ),
    ]
  } finally {
    await stage.close()
  }
}

async function measureSameToken(stage, effort, names) {
  const tokens = stage.tokens.slice(0, 1)
  return toRows('same token', await measureServers(stage, { tokens, names }, effort))
}

function overJose(measured) {
  const [ours, jose] = [measured.get(OURS), measured.get(JOSE)]
  const overBase = ({ costs, bases }) => costs.map((cost, round) => cost / bases[round])
  return {
    ...toRow(`new tokens: ${OURS} over ${JOSE}`, ours),
    ratio: ratio(overBase(ours), overBase(jose)),
  }
}

function measureServers(stage, { tokens, names }, { rounds, requests, warmUp, instances }) {
  return measureInstances(instances, () => startSubjects(stage, tokens, names), {
    rounds: Math.ceil((rounds * 2) / instances),
    requests,
    warmUp,
  })
}

/** Measures the guard without a server, so the result is only the work of the guard. */
async function measureVerification({ start }, { rounds, calls: allCalls }) {
  const calls = allCalls / 20
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
  const row = (what, list) =>
    toRow(`without a server: ${what}`, { costs: list, bases: costs.jose }, 1)
  return [
    row(`${JOSE}, new tokens`, costs.jose),
    row(`${OURS}, new tokens`, costs.ours),
    row(`${OURS}, same token`, costs.again),
  ]
}

function toRows(what, measured) {
  return [...measured].map(([name, list]) => toRow(`${what}: ${name}`, list))
}

function toRow(name, measured, digits) {
  return { what: `API, ${name}`, ...toFigures(measured, digits) }
}
