// `npm run -C maintain interop:mcp`: lets the clients of other people sign in and call tools, and runs the conformance suite.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runConformance } from './conformance.ts'
import { formatProof, withProof } from './page.ts'
import { claudeCode, codex, inspector, mcpRemote } from './program-clients.ts'
import { STEPS, type ClientReport, type ProvenClient, type Tools } from './proof.ts'
import { sdkClients } from './sdk-clients.ts'
import { startWorld, type World } from './world.ts'

const { values } = parseArgs({
  options: {
    packages: { type: 'string', default: 'node_modules' },
    node: { type: 'string', default: process.execPath },
    only: { type: 'string', multiple: true, default: [] },
    scenario: { type: 'string', default: '' },
    page: { type: 'string' },
  },
})
const tools: Tools = { packages: values.packages, node: values.node, scenario: values.scenario }
const isChosen = (name: string): boolean =>
  values.only.length === 0 || values.only.some((part) => name.includes(part))

const reports: ClientReport[] = []
for (const client of [...sdkClients, inspector, mcpRemote, claudeCode, codex]) {
  if (isChosen(client.name)) reports.push(await proveInNewWorld(client))
}
const conformance = isChosen('conformance')
  ? await inNewWorld((world) => runConformance(world, tools))
  : undefined
if (values.page !== undefined && conformance !== undefined) {
  const guide = readFileSync('docs/mcp-registration.md', 'utf8')
  writeFileSync(values.page, withProof(guide, formatProof(reports, conformance)))
}
const failed = [
  ...reports.flatMap(({ results }) => results.filter(({ problem }) => problem !== undefined)),
  ...(conformance?.scenarios.filter(({ result }) => result === 'failed') ?? []),
]
console.log(`${failed.length} failed`)
process.exit(failed.length === 0 ? 0 : 1)

/** Each client signs in for the first time. */
function proveInNewWorld(client: ProvenClient): Promise<ClientReport> {
  return inNewWorld((world) => prove(client, world))
}

async function inNewWorld<T>(act: (world: World) => Promise<T>): Promise<T> {
  const world = await startWorld()
  try {
    return await act(world)
  } finally {
    await world.close()
  }
}

async function prove(client: ProvenClient, world: World): Promise<ClientReport> {
  const version = versionOf(client.name)
  console.log(`${client.name} ${version}`)
  let running = await client.start(world, tools)
  const results: ClientReport['results'][number][] = []
  try {
    for (const { name, place, tool, args = {}, consent, expected } of STEPS) {
      if (place !== undefined) {
        await running.close()
        running = await client.start(
          { ...world, clientId: undefined, ...world.places[place] },
          tools,
        )
      }
      const call = (): Promise<string> => running.call(tool, args, 'Alex')
      const act = async (): Promise<string> => {
        const shown = await call()
        if (consent === undefined) return shown
        await world.consent(...consent)
        return `${shown}\n${await call()}`
      }
      const problem = await problemOf(act, expected)
      console.log(
        `  ${problem === undefined ? '✓' : '✗'} ${name}${problem === undefined ? '' : `: ${problem}`}`,
      )
      results.push({ step: name, problem })
    }
  } finally {
    await running.close()
  }
  return { client: client.name, version, results }
}

async function problemOf(
  act: () => Promise<string>,
  expected: RegExp,
): Promise<string | undefined> {
  try {
    const shown = await act()
    return expected.test(shown) ? undefined : `It showed ${shown.slice(0, 400)}`
  } catch (error) {
    return (error as Error).message.split('\n').slice(0, 4).join(' ')
  }
}

function versionOf(name: string): string {
  for (const folder of ['node_modules', values.packages]) {
    try {
      const file = readFileSync(join(folder, name, 'package.json'), 'utf8')
      return (JSON.parse(file) as { version: string }).version
    } catch {
      // In the other folder.
    }
  }
  return ''
}
