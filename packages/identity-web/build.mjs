// `npm run build:code`: builds the entry points of entries.json twice, from the same sources. Those for browsers are built
// once, to dist/browser: their bundlers need one small file for each, and a server imports the same files for its renders.
//
// - dist: for Node.js. Two chunks contain everything that an application needs when it starts, because Node.js opens
//   each file separately. Another one contains what the first redirect to the provider needs. The other parts that
//   loadLater() loads are chunks of their own.
// - dist/modules: for the bundlers of all other runtimes. One file for each source file, so that a bundle contains only
//   what it uses, and loads the rest on demand.
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { FOLDER, entries, table } from '../../scripts/entries.mjs'

const folder = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('../..', import.meta.url))
const src = `${folder}src/`
/** Files that no application imports: the plugin that the Nuxt module generates imports it by its path. */
const PARTS = [`${FOLDER}/src/nuxt/app.ts`]
const isExternal = (id) => !id.startsWith('.') && !id.startsWith('/')
/** The parts that are loaded for the first redirect to the provider. */
const FIRST_REDIRECT = ['web/sign-in/starts', 'authority/provider-requests']
const PAGES = ['web/http/loaded-pages']
const output = {
  format: 'esm',
  comments: { annotation: true, jsdoc: false, legal: true },
}

// The name of a chunk depends on its content, so an earlier build can have left other files. The types of the present
// sources stay.
if (existsSync(`${folder}dist`)) {
  for (const name of readdirSync(`${folder}dist`, { recursive: true, encoding: 'utf8' })) {
    const isType = name.endsWith('.d.ts') && existsSync(src + name.replace(/\.d\.ts$/, '.ts'))
    if (/\.(?:ts|js|map)$/.test(name) && !isType) rmSync(`${folder}dist/${name}`)
  }
}
await buildForNode()
await buildModules()
await buildForBrowsers()

async function buildForNode() {
  const sources = entries.filter((entry) => !entry.runsInBrowser).map(({ source }) => source)
  const input = inputOf([...sources, ...PARTS, ...conditional('node')])
  const bundle = await open(input)
  const options = {
    ...output,
    dir: `${folder}dist`,
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  }
  const draft = await bundle.generate(options)
  const chunks = draft.output.filter(({ type }) => type === 'chunk')
  const atStart = modulesOf(chunks, isLoadedAtStart)
  const forRedirect = modulesOf(chunks, isLoadedAs(FIRST_REDIRECT))
  // The error page must not need the chunk of the redirect, because it also shows that this chunk is missing.
  const forErrors = modulesOf(chunks, isLoadedAs(PAGES))
  const isInCore = (id) => atStart.has(id) || (forRedirect.has(id) && forErrors.has(id))
  // The core imports the files of the `#` imports, so what they import must not be in the core.
  const conditionalFiles = Object.values(inputOf(conditional('node')))
  const forConditional = modulesOf(chunks, ({ facadeModuleId: id }) =>
    conditionalFiles.includes(id),
  )
  const entryFiles = new Set(Object.values(input))
  const isShared = (id) =>
    !entryFiles.has(id) && !/^(adapters\/(?!base\/)|stores\/)/.test(nameOf(id))
  const written = await bundle.write({
    ...options,
    codeSplitting: {
      groups: [
        {
          name: 'ground',
          priority: 3,
          test: (id) => forConditional.has(id) && isInCore(id) && isShared(id),
        },
        { name: 'core', priority: 2, test: (id) => isInCore(id) && isShared(id) },
        { name: 'redirect', priority: 1, test: (id) => forRedirect.has(id) && isShared(id) },
      ],
    },
  })
  rejectCycles(written, 'node')
  await bundle.close()
}

/** Whether a chunk is an adapter or the main entry. */
function isLoadedAtStart({ fileName, isEntry }) {
  return isEntry && /^(adapters\/|index\.)/.test(fileName)
}

/** Whether a chunk is that of an `import()` of one of the source files with these names. */
function isLoadedAs(names) {
  return ({ facadeModuleId }) => facadeModuleId !== null && names.includes(nameOf(facadeModuleId))
}

/** Returns the source files that some chunks import statically, without those that they do not use. */
function modulesOf(chunks, isFirst) {
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]))
  const found = new Set()
  const seen = new Set()
  const add = (name) => {
    const chunk = byName.get(name)
    if (chunk === undefined || seen.has(name)) return
    seen.add(name)
    for (const id of chunk.moduleIds) found.add(id)
    for (const imported of chunk.imports) add(imported)
  }
  for (const chunk of chunks) if (isFirst(chunk)) add(chunk.fileName)
  return found
}

async function buildModules() {
  const sources = entries.filter(({ hasModules }) => hasModules).map(({ source }) => source)
  const bundle = await open(inputOf([...sources, ...conditional('default')]))
  const written = await bundle.write({
    ...output,
    dir: `${folder}dist/modules`,
    preserveModules: true,
    preserveModulesRoot: src,
    entryFileNames: '[name].js',
  })
  rejectCycles(written, 'default')
  await bundle.close()
}

async function buildForBrowsers() {
  const sources = entries.filter((entry) => entry.runsInBrowser).map(({ source }) => source)
  const bundle = await open(inputOf(sources))
  await bundle.write({
    ...output,
    dir: `${folder}dist`,
    entryFileNames: '[name].js',
    chunkFileNames: 'browser/[name].js',
    // Next.js renders the components of this entry in the browser, too.
    banner: ({ name }) => (name === 'browser/react' ? "'use client'" : ''),
  })
  await bundle.close()
}

/**
 * Throws an error if files import each other when they start. OpenTelemetry and other packages wrap each module in another
 * one that reads all exports at once, and they would read those of a file that has not started.
 */
function rejectCycles({ output: chunks }, condition) {
  const imports = new Map(chunks.map((chunk) => [chunk.fileName, chunk.imports ?? []]))
  const fileOf = (id) => {
    const source = table.imports[id]?.[condition]
    return source === undefined ? id : `${nameOf(`${root}${FOLDER}/${source}`)}.js`
  }
  const seen = new Set()
  const visit = (file, path) => {
    if (path.includes(file)) throw new Error(`Import cycle in dist: ${[...path, file].join(', ')}`)
    if (seen.has(file)) return
    seen.add(file)
    for (const id of imports.get(file) ?? []) visit(fileOf(id), [...path, file])
  }
  for (const file of imports.keys()) visit(file, [])
}

/** The source files of the `#` imports with this condition. */
function conditional(condition) {
  return Object.values(table.imports).map((files) => `${FOLDER}/${files[condition]}`)
}

function open(input) {
  return rolldown({
    input,
    external: isExternal,
    platform: 'neutral',
    // As package.json says with `sideEffects`.
    treeshake: { moduleSideEffects: false },
    transform: { target: 'es2022' },
  })
}

/** Returns the paths of sources by the names of their outputs. */
function inputOf(sources) {
  return Object.fromEntries(sources.map((source) => [nameOf(root + source), root + source]))
}

function nameOf(path) {
  return path.slice(src.length).replace(/\.ts$/, '')
}
