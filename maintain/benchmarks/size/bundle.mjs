import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const here = fileURLToPath(new URL('.', import.meta.url))
const root = fileURLToPath(new URL('../../..', import.meta.url))

/** The settings of wrangler 4: one file, and the conditions of Cloudflare Workers. */
const WRANGLER = {
  bundle: true,
  write: false,
  metafile: true,
  format: 'esm',
  target: 'es2022',
  platform: 'browser',
  conditions: ['workerd', 'worker', 'browser'],
  logLevel: 'error',
  absWorkingDir: root,
  // The paths of the repository's tsconfig lead to the sources.
  tsconfigRaw: {},
}

/** The Hono that the library uses. This folder has another copy, for the other benchmarks. */
const honoOfLibrary = {
  name: 'Hono of the library',
  setup({ onResolve, resolve }) {
    onResolve({ filter: /^hono(\/|$)/ }, ({ path, kind, resolveDir }) =>
      resolveDir.startsWith(here)
        ? resolve(path, { kind, resolveDir: `${root}packages/identity-web` })
        : undefined,
    )
  },
}

/** Bundles an application of `apps/` as wrangler does, and returns the size of the file in bytes after gzip. */
export async function sizeOfFile(app) {
  const { outputFiles } = await build({
    ...WRANGLER,
    entryPoints: [pathOf(app)],
    minify: true,
    plugins: [honoOfLibrary],
  })
  return gzipSync(outputFiles[0].contents, { level: 9 }).length
}

/**
 * Returns the size of the modules that a worker evaluated, in bytes after gzip, and the minified size of each module.
 *
 * The bundle contains exactly these modules: an `import()` stays in the code, but its module is left out if the worker did
 * not evaluate it. A module that the worker evaluated and that the bundle does not contain is an error.
 *
 * @param evaluated - The modules that {@link markedWorker} told.
 */
export async function sizeOfEvaluated(app, evaluated) {
  const { outputFiles, metafile } = await build({
    ...WRANGLER,
    entryPoints: [pathOf(app)],
    minify: true,
    plugins: [honoOfLibrary, onDynamicImport((path) => evaluated.includes(path))],
  })
  const [output] = Object.values(metafile.outputs)
  const modules = Object.entries(output.inputs)
    .map(([path, { bytesInOutput }]) => ({ path, bytes: bytesInOutput }))
    .filter(({ bytes }) => bytes > 0)
    .toSorted((a, b) => b.bytes - a.bytes)
  const bundled = new Set(modules.map(({ path }) => path))
  // Modules that only export other modules have no code.
  const missing = evaluated.filter((path) => metafile.inputs[path] === undefined)
  if (missing.length > 0) throw new Error(`The bundle lacks evaluated modules: ${missing.join()}`)
  const extra = [...bundled].filter((path) => isMarked(path) && !evaluated.includes(path))
  if (extra.length > 0) throw new Error(`The worker did not evaluate: ${extra.join()}`)
  return { bytes: gzipSync(outputFiles[0].contents, { level: 9 }).length, modules }
}

/**
 * Bundles a worker that tells at `/evaluated` which modules it has evaluated.
 *
 * In one file, esbuild wraps modules behind `import()` into functions, and calls a function when the import runs. So the
 * statement that this function adds to each module runs exactly when the module is evaluated.
 */
export async function markedWorker(app) {
  const { outputFiles } = await build({
    ...WRANGLER,
    stdin: { contents: TELLING.replace('APP', `./${app}.mjs`), resolveDir: `${here}apps` },
    plugins: [honoOfLibrary, mark],
  })
  return outputFiles[0].text
}

/**
 * Bundles an application into several files, which a worker imports when it needs them.
 *
 * @returns The code of each file by its name. The first one is the entry.
 */
export async function chunksOf(app) {
  const { outputFiles } = await build({
    ...WRANGLER,
    entryPoints: [pathOf(app)],
    minify: true,
    splitting: true,
    plugins: [honoOfLibrary],
    outdir: `${here}out`,
  })
  const files = outputFiles.map(({ path, text }) => [path.slice(`${here}out/`.length), text])
  return Object.fromEntries(files.toSorted(([a], [b]) => isEntry(b, app) - isEntry(a, app)))
}

const isEntry = (name, app) => Number(name === `${app}.js`)

const TELLING = `
import app from 'APP'
export default {
  fetch: (request, ...others) =>
    new URL(request.url).pathname === '/evaluated'
      ? Response.json(globalThis.evaluated)
      : app.fetch(request, ...others),
}
`

const mark = {
  name: 'mark evaluated modules',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, async ({ path }) => {
      const name = path.slice(root.length)
      const contents = await readFile(path, 'utf8')
      if (!isMarked(name)) return { contents }
      const statement = `;(globalThis.evaluated ??= []).push(${JSON.stringify(name)});`
      return { contents: statement + contents }
    })
  },
}

/** Whether a module is one of the library or of its dependencies. */
function isMarked(name) {
  return /(^|\/)(packages\/identity-web\/dist|node_modules\/(jose|openid-client|oauth4webapi))\//.test(
    name,
  )
}

function onDynamicImport(isKept) {
  return {
    name: 'leave out modules',
    setup({ onResolve, resolve }) {
      onResolve({ filter: /.*/ }, async ({ path, kind, resolveDir, pluginData }) => {
        if (kind !== 'dynamic-import' || pluginData === 'resolved') return undefined
        const found = await resolve(path, { kind, resolveDir, pluginData: 'resolved' })
        return isKept(found.path.slice(root.length)) ? undefined : { path, external: true }
      })
    },
  }
}

function pathOf(app) {
  return `${here}apps/${app}.mjs`
}
