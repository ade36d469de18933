// `npm run build:code`: bundles the entry points of entries.json. The code that they share goes into common chunks.
import { readdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { conditionalSources, entries } from '../../scripts/entries.mjs'

const folder = fileURLToPath(new URL('.', import.meta.url))
const sources = [...entries.map(({ source }) => source), ...conditionalSources]

const { metafile } = await build({
  absWorkingDir: folder,
  entryPoints: sources.map((source) => source.slice('packages/identity-web/'.length)),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  packages: 'external',
  external: ['#*'],
  outbase: 'src',
  outdir: 'dist',
  sourcemap: true,
  metafile: true,
  logLevel: 'warning',
})

// The name of a chunk depends on its content, so that an earlier build may have left others.
for (const name of readdirSync(`${folder}dist`)) {
  if (name.startsWith('chunk-') && metafile.outputs[`dist/${name}`] === undefined) {
    rmSync(`${folder}dist/${name}`)
  }
}
