// The coverage of identity-web by `npm test`, and the gate for it. Vitest measures the code that its own process runs.
// The adapter for Next.js runs in the server of Next.js. Node.js measures it there (NODE_V8_COVERAGE), and the result
// replaces that of Vitest.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import remapping from '@jridgewell/remapping'
import { FlattenMap, encodedMap } from '@jridgewell/trace-mapping'
import { convert } from 'ast-v8-to-istanbul'
import coverage from 'istanbul-lib-coverage'
import { parseAstAsync } from 'vite'
import { root } from './setup.mjs'

/** The smallest shares of identity-web that pass, in percent. */
const REQUIRED = { lines: 97, branches: 94 }

const SOURCES = join(root, 'packages/identity-web/src')
const BUILD = join(root, 'packages/identity-web/dist/')
const isOfNext = (file) => /^adapters\/next[./]/.test(relative(SOURCES, file))

/**
 * Prints the coverage of each layer and each adapter.
 *
 * @param report - The file `coverage-final.json` of Vitest.
 * @param folder - The folder in which Node.js wrote the coverage of other processes.
 * @returns The shares that are too small, as sentences.
 */
export async function checkCoverage(report, folder) {
  const all = coverage.createCoverageMap(JSON.parse(readFileSync(report, 'utf8')))
  const next = await coverageOfNext(folder)
  const measured = new Set(next.files())
  all.filter((file) => !measured.has(file))
  all.merge(next)

  const summaries = new Map()
  for (const file of all.files().toSorted()) {
    const name = groupOf(relative(SOURCES, file))
    if (!summaries.has(name)) summaries.set(name, coverage.createCoverageSummary())
    summaries.get(name).merge(all.fileCoverageFor(file).toSummary())
  }
  const total = all.getCoverageSummary()
  for (const [name, { lines, branches }] of [...summaries, ['identity-web', total]]) {
    console.log(`${name.padEnd(26)} ${percent(lines)} of lines ${percent(branches)} of branches`)
  }
  return Object.entries(REQUIRED)
    .filter(([kind, least]) => total[kind].pct < least)
    .map(
      ([kind, least]) => `Tests run ${total[kind].pct} % of the ${kind}. ${least} % are required.`,
    )
}

/** The layer, or the adapter: `adapters/node.ts` belongs to `adapters/node`. */
function groupOf(path) {
  const [layer, file] = path.split('/')
  if (file === undefined) return 'files in src'
  return layer === 'adapters' ? `${layer}/${file.replace('.ts', '')}` : layer
}

function percent({ pct }) {
  return `${pct.toFixed(2)} %`.padStart(8)
}

/** The coverage of the files of Next.js's adapter by the servers that wrote into the folder. */
async function coverageOfNext(folder) {
  const map = coverage.createCoverageMap()
  const names = existsSync(folder) ? readdirSync(folder) : []
  const scripts = names
    .flatMap((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).result)
    .filter(({ url }) => /^file:.*\/\.artifacts\/next-\d+\/\.next\/server\/.*\.js$/.test(url))
  for (const script of scripts) {
    const file = fileURLToPath(script.url)
    if (!existsSync(`${file}.map`)) continue
    const sourceMap = toSources(readSourceMap(`${file}.map`))
    if (!sourceMap.sources.some(isOfNext)) continue
    const code = readFileSync(file, 'utf8')
    map.merge(await convert({ ast: parseAstAsync(code), code, coverage: script, sourceMap }))
  }
  map.filter(isOfNext)
  return map
}

/** Leads the map of a bundle on to our sources. Next.js bundled our build, whose files do not refer to their maps. */
function toSources(map) {
  return remapping(map, (file) => (file.startsWith(BUILD) ? readSourceMap(`${file}.map`) : null))
}

/** A source map in one piece, with absolute paths. */
function readSourceMap(path) {
  const map = encodedMap(new FlattenMap(readFileSync(path, 'utf8')))
  return { ...map, sources: map.sources.map((source) => join(dirname(path), source ?? '')) }
}
