import { measureInstances, toFigures } from '../server/rounds.mjs'
import { ratio } from '../statistics.mjs'
import { setApiStage } from './stage.mjs'
import { measureCachedTokens } from './cached-tokens.mjs'
import { JOSE, OURS, startSubjects } from './subjects.mjs'

/** Measures the server CPU per request of an API with bearer tokens, and of the verification alone. */
export async function measureApi({ rounds, requests, warmUp, calls, instances }) {
  const stage = await setApiStage()
  const effort = { rounds: Math.ceil((rounds * 2) / instances), requests, warmUp, instances }
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
  const measured = await measureServers(stage, stage.tokens.slice(0, 1), effort)
  return [...measured].map(([name, list]) => toRow(`same token: ${name}`, list))
}

async function measureNewTokens(stage, effort) {
  const measured = await measureServers(stage, stage.tokens, effort)
  const [ours, jose] = [measured.get(OURS), measured.get(JOSE)]
  const overBase = ({ costs, bases }) => costs.map((cost, round) => cost / bases[round])
  return [
    ...[...measured].map(([name, list]) => toRow(`new tokens: ${name}`, list)),
    {
      ...toRow(`new tokens: ${OURS} over ${JOSE}`, ours),
      ratio: ratio(overBase(ours), overBase(jose)),
    },
  ]
}

function measureServers(stage, tokens, { instances, ...effort }) {
  return measureInstances(instances, () => startSubjects(stage, tokens), effort)
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
  const row = (what, list) =>
    toRow(`without a server: ${what}`, { costs: list, bases: costs.jose }, 1)
  return [
    row(`${JOSE}, new tokens`, costs.jose),
    row(`${OURS}, new tokens`, costs.ours),
    row(`${OURS}, same token`, costs.again),
  ]
}

function toRow(name, measured, digits) {
  return { what: `API, ${name}`, ...toFigures(measured, digits) }
}
