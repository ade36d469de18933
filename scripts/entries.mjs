// The entry points of identity-web. `packages/identity-web/entries.json` lists them once for every tool.
import { readFileSync } from 'node:fs'
import { root } from './setup.mjs'

export const FOLDER = 'packages/identity-web'
export const table = JSON.parse(readFileSync(`${root}${FOLDER}/entries.json`, 'utf8'))

/**
 * Whether an entry point is built for the bundlers of other runtimes, too. Those for Node.js are not, and also not the
 * modules of a build. Those for browsers have only one build.
 */
const hasModules = ({ source, runsWithoutNode, runsInBuild, runsInBrowser }) =>
  runsWithoutNode === true ||
  (runsInBuild !== true && runsInBrowser !== true && !source.startsWith('src/adapters/'))

/** Each entry point: what an application imports, its source file, its tier of docs/versions.md, and where it runs. */
export const entries = Object.entries(table.exports).map(([path, row]) => ({
  path,
  name: path.replace(/^\./, 'identity-web'),
  source: `${FOLDER}/${row.source}`,
  tier: row.tier,
  runsWithoutNode: row.runsWithoutNode === true,
  runsInBrowser: row.runsInBrowser === true,
  hasModules: hasModules(row),
}))

/** The frameworks that have an adapter, by the last part of their entry point. */
export const frameworks = entries
  .filter(({ source }) => /\/src\/adapters\/[^/]+\/index\.ts$/.test(source))
  .map(({ name }) => name.slice('identity-web/'.length))

/** The source files of the `#` imports. Which of two is used depends on the runtime. */
export const conditionalSources = Object.values(table.imports)
  .flatMap((files) => Object.values(files))
  .map((source) => `${FOLDER}/${source}`)
