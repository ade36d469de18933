// `npm run entries`: copies the entry points of entries.json to the package.json and tsconfig files.
// `npm run entries -- --check` only compares, and fails when a file differs.
import { readFileSync, writeFileSync } from 'node:fs'
import { FOLDER, entries, table } from './entries.mjs'
import { formatText } from './format-text.mjs'
import { root } from './setup.mjs'

const compiled = (source, extension, output = 'dist') =>
  source.replace(/^src\/(.*)\.ts$/, `./${output}/$1${extension}`)
/** The build for the bundlers of other runtimes than Node.js: see build.mjs of the package. */
const asModule = (source) => compiled(source, '.js', 'dist/modules')
const mapValues = (object, change) =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]))

const conditionsOf = (source, hasModules) => {
  const file = source.slice(FOLDER.length + 1)
  const types = compiled(file, '.d.ts')
  const node = compiled(file, '.js')
  return hasModules ? { types, node, default: asModule(file) } : { types, default: node }
}

/** The files that repeat the table, each with a function that updates its contents. */
const COPIES = {
  [`${FOLDER}/package.json`]: (json) => {
    json.imports = mapValues(table.imports, (files) => ({
      types: compiled(files.node, '.d.ts'),
      node: compiled(files.node, '.js'),
      default: asModule(files.default),
    }))
    json.exports = {
      ...Object.fromEntries(
        entries.map(({ path, source, hasModules }) => [path, conditionsOf(source, hasModules)]),
      ),
      './package.json': './package.json',
    }
  },
  [`${FOLDER}/tsconfig.core.json`]: (json) => {
    json.compilerOptions.paths = mapValues(table.imports, (files) => [`./${files.default}`])
    const others = json.exclude.filter((path) => !path.endsWith('.ts'))
    json.exclude = [...others, ...Object.values(table.imports).map((files) => files.node)]
  },
  'tsconfig.json': (json) => {
    const { paths } = json.compilerOptions
    json.compilerOptions.paths = {
      ...Object.fromEntries(entries.map(({ name, source }) => [name, [`./${source}`]])),
      ...Object.fromEntries(
        Object.entries(paths).filter(([name]) => name.split('/')[0] === 'identity-web-dev'),
      ),
    }
  },
}

for (const [path, update] of Object.entries(COPIES)) {
  const file = root + path
  const before = readFileSync(file, 'utf8')
  const json = JSON.parse(before)
  update(json)
  const after = await formatText(path, JSON.stringify(json, null, 2))
  if (after === before) continue
  if (process.argv.includes('--check')) {
    console.error(`${path} differs from ${FOLDER}/entries.json. Run \`npm run entries\`.`)
    process.exitCode = 1
  } else {
    writeFileSync(file, after)
    console.log(`Updated ${path}.`)
  }
}
