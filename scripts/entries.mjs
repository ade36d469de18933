// The entry points of identity-web: `packages/identity-web/entries.json` lists them, once for every tool.
// `npm run entries` writes them to the package.json and tsconfig files. `npm run entries -- --check` only compares.
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { root } from './setup.mjs'

const FOLDER = 'packages/identity-web'
const table = JSON.parse(readFileSync(`${root}${FOLDER}/entries.json`, 'utf8'))

/** Each entry point: what an application imports, its source file, and whether it runs without Node.js. */
export const entries = Object.entries(table.exports).map(([path, row]) => ({
  name: path.replace(/^\./, 'identity-web'),
  source: `${FOLDER}/${row.source}`,
  runsWithoutNode: row.runsWithoutNode === true,
}))

/** The frameworks that have an adapter, by the last part of their entry point. */
export const frameworks = entries
  .filter(({ source }) => source.startsWith(`${FOLDER}/src/adapters/`))
  .map(({ name }) => name.slice('identity-web/'.length))

/** The source files of the `#` imports. Which of two is used depends on the runtime. */
const conditional = Object.values(table.imports)
export const conditionalSources = conditional
  .flatMap((files) => Object.values(files))
  .map((source) => `${FOLDER}/${source}`)

const compiled = (source, extension) => source.replace(/^src\/(.*)\.ts$/, `./dist/$1${extension}`)
const mapValues = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))

/** The files that repeat the table, each with a function that updates its contents. */
const COPIES = {
  [`${FOLDER}/package.json`]: (json) => {
    json.imports = mapValues(table.imports, (files) => ({
      types: compiled(files.node, '.d.ts'),
      ...mapValues(files, (source) => compiled(source, '.js')),
    }))
    json.exports = {
      ...mapValues(table.exports, ({ source }) => ({
        types: compiled(source, '.d.ts'),
        default: compiled(source, '.js'),
      })),
      './package.json': './package.json',
    }
  },
  [`${FOLDER}/tsconfig.core.json`]: (json) => {
    json.compilerOptions.paths = mapValues(table.imports, (files) => [`./${files.default}`])
    const others = json.exclude.filter((path) => !path.endsWith('.ts'))
    json.exclude = [...others, ...conditional.map((files) => files.node)]
  },
  'tsconfig.json': (json) => {
    const { paths } = json.compilerOptions
    json.compilerOptions.paths = {
      ...Object.fromEntries(entries.map(({ name, source }) => [name, [`./${source}`]])),
      'identity-web-dev': paths['identity-web-dev'],
    }
  },
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { format, resolveConfig } = await import('prettier')
  for (const [path, update] of Object.entries(COPIES)) {
    const file = root + path
    const before = readFileSync(file, 'utf8')
    const json = JSON.parse(before)
    update(json)
    const options = { ...(await resolveConfig(file)), filepath: file }
    const after = await format(JSON.stringify(json, null, 2), options)
    if (after === before) continue
    if (process.argv.includes('--check')) {
      console.error(`${path} differs from ${FOLDER}/entries.json. Run \`npm run entries\`.`)
      process.exitCode = 1
    } else {
      writeFileSync(file, after)
      console.log(`Updated ${path}.`)
    }
  }
}
