// `npm run build:code`: bundles the entry points of entries.json. The code that they share goes into a few common chunks,
// because Node.js needs about half a millisecond for each file that it imports.
import { readdirSync, rmSync } from 'node:fs'
import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { conditionalSources, entries } from '../../scripts/entries.mjs'

const folder = fileURLToPath(new URL('.', import.meta.url))
const sources = `${folder}src/`
const root = fileURLToPath(new URL('../..', import.meta.url))
/** The files of the `#` imports and the languages. The other files import them, and they must not import these back. */
const leaves = [
  ...conditionalSources,
  ...entries.map(({ source }) => source).filter((source) => source.includes('/languages/')),
].map((source) => root + source)
const inputs = [...new Set([...entries.map(({ source }) => root + source), ...leaves])]

/** The entry points that import a module, also through other modules, but not with `import()`. By module. */
const importers = new Map()

const bundle = await rolldown({
  input: Object.fromEntries(inputs.map((source) => [nameOf(source), source])),
  // Packages and `#` imports.
  external: (id) => !/^[./]/.test(id),
  platform: 'neutral',
  treeshake: { moduleSideEffects: false },
  preserveEntrySignatures: 'allow-extension',
  plugins: [{ name: 'importers', buildEnd: findImporters }],
})
const { output } = await bundle.write({
  dir: `${folder}dist`,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunk-[name]-[hash].js',
  sourcemap: true,
  comments: false,
  codeSplitting: {
    includeDependenciesRecursively: false,
    groups: [{ name: chunkOf, debugName: 'common chunks' }],
  },
})
await bundle.close()

// The name of a chunk depends on its content, so that an earlier build may have left others.
const written = new Set(output.map(({ fileName }) => fileName))
for (const name of readdirSync(`${folder}dist`)) {
  if (name.startsWith('chunk-') && !written.has(name)) rmSync(`${folder}dist/${name}`)
}

function findImporters() {
  for (const input of inputs) {
    const waiting = [input]
    const found = new Set()
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const module = found.has(id) ? null : this.getModuleInfo(id)
      if (module === null || module.isExternal) continue
      found.add(id)
      waiting.push(...module.importedIds)
      importers.set(id, [...(importers.get(id) ?? []), input])
    }
  }
}

/**
 * Returns the name of the common chunk that contains a module: one chunk for each set of entry points that always load
 * it. Returns `null` for a module of one entry point, and for a module that only an `import()` loads.
 */
function chunkOf(id) {
  const all = importers.get(id) ?? []
  if (inputs.includes(id) || all.length < 2) return null
  if (all.some((input) => leaves.includes(input))) return 'base'
  return all.length === inputs.length - leaves.length - 1 ? 'core' : all.map(shortNameOf).join('-')
}

/** Returns the path of a source without its extension. */
function nameOf(source) {
  return relative(sources, source).replace(/\.ts$/, '')
}

function shortNameOf(source) {
  return nameOf(source).replace(/^.*\//, '')
}
