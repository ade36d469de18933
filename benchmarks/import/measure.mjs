import { execFileSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { median, ratio } from '../statistics.mjs'

const BUDGET = 1.2
const library = new URL('../../packages/identity-web/', import.meta.url)
const script = fileURLToPath(new URL('one-import.mjs', import.meta.url))

/** Measures an import in a new process, compared with an import of the protocol library under it. */
export function measureImport({ rounds }) {
  // The same copy that our import loads.
  const client = pathToFileURL(createRequire(library).resolve('openid-client')).href
  const adapter = new URL('dist/adapters/express.js', library).href
  const costs = { adapter: [], client: [] }
  // The first round reads the files into memory. Its result is not used.
  for (let round = 0; round <= rounds; round++) {
    const first = importCost(round % 2 === 0 ? adapter : client)
    const second = importCost(round % 2 === 0 ? client : adapter)
    if (round === 0) continue
    costs.adapter.push(round % 2 === 0 ? first : second)
    costs.client.push(round % 2 === 0 ? second : first)
  }
  const over = ratio(costs.adapter, costs.client)
  return [
    row('openid-client', costs.client, ratio(costs.client, costs.client)),
    {
      ...row('identity-web/express', costs.adapter, over),
      budget: `≤ ${BUDGET} ×`,
      pass: over.median <= BUDGET,
    },
  ]
}

function row(name, costs, over) {
  return { what: `import: ${name}`, figure: `${median(costs).toFixed(1)} ms`, ratio: over }
}

function importCost(url) {
  return Number(execFileSync(process.execPath, [script, url], { encoding: 'utf8' }))
}
