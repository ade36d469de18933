// `npm run fuzz -- [--minutes 10] [--only NAME] [--seed 1]`: checks the parsers with random inputs. maintain/README.md explains it.
import { build } from 'esbuild'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../scripts/setup.mjs'

const folder = `${root}packages/identity-web/test/fuzz`
const { imports } = createRequire(import.meta.url)(`${root}packages/identity-web/entries.json`)
const output = mkdtempSync(join(tmpdir(), 'identity-web-fuzz-'))
process.on('exit', () => rmSync(output, { recursive: true, force: true }))
process.env.FUZZ_CORPUS = `${folder}/corpus`
const bundle = join(output, 'run.mjs')
await build({
  entryPoints: [`${folder}/run.ts`],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: 'esm',
  sourcemap: 'inline',
  logLevel: 'error',
  // Packages in CommonJS format call `require`.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
  },
  plugins: [
    {
      name: 'sources',
      setup({ onResolve }) {
        onResolve({ filter: /^#/ }, ({ path }) => ({
          path: `${root}packages/identity-web/${imports[path].node}`,
        }))
      },
    },
  ],
})
const args = ['--enable-source-maps', bundle, ...process.argv.slice(2)]
const child = spawn(process.execPath, args, { cwd: root, stdio: 'inherit' })
child.on('exit', (code) => {
  process.exitCode = code ?? 1
})
