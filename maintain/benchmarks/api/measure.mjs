import { measureInstances, toFigures } from '../server/rounds.mjs'
import { measureCachedTokens } from './cached-tokens.mjs'
import { setApiStage } from './stage.mjs'
import { GATE, startSubjects } from './subjects.mjs'

/** Measures the server CPU per request of an API with bearer tokens, and the memory of a cached token. */
export function measureApi(effort) {
  return withStage(async (stage) => [
    ...(await measureServers(stage, effort)),
    await measureCachedTokens(stage),
  ])
}

/** Measures the servers of the gate: our guard beside those to which budgets refer. */
export function measureApiForGate(effort) {
  return withStage((stage) => measureServers(stage, effort, GATE))
}

async function withStage(measure) {
  const stage = await setApiStage()
  try {
    return await measure(stage)
  } finally {
    await stage.close()
  }
}

/** Measures the same token again and again, and then all tokens in turn. */
async function measureServers(stage, { rounds, requests, warmUp, instances }, names) {
  const rows = []
  for (const [what, tokens] of [
    ['same token', stage.tokens.slice(0, 1)],
    ['new tokens', stage.tokens],
  ]) {
    const measured = await measureInstances(instances, () => startSubjects(stage, tokens, names), {
      rounds: Math.ceil((rounds * 2) / instances),
      requests,
      warmUp,
    })
    for (const [name, costs] of measured)
      rows.push({ what: `API, ${what}: ${name}`, ...toFigures(costs) })
  }
  return rows
}
