// `npm run fuzz -- [--minutes 10] [--only NAME] [--seed 1]`: checks the parsers with random inputs. maintain/README.md explains it.
// With `--guided`, Jazzer.js chooses the inputs of one target. It is not a dependency: npx installs it for the run.
import { build } from 'esbuild'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../scripts/setup.mjs'

const JAZZER = '@jazzer.js/core@4.0.0'
const folder = `${root}packages/identity-web/test/fuzz`
const { imports } = createRequire(import.meta.url)(`${root}packages/identity-web/entries.json`)
const args = process.argv.slice(2)
const isGuided = args.includes('--guided')

const output = mkdtempSync(join(tmpdir(), 'identity-web-fuzz-'))
process.on('exit', () => rmSync(output, { recursive: true, force: true }))
process.env.FUZZ_CORPUS = `${folder}/corpus`
const bundle = join(output, isGuided ? 'guided.cjs' : 'run.mjs')
await build({
  entryPoints: [`${folder}/${isGuided ? 'guided' : 'run'}.ts`],
  outfile: bundle,
  bundle: true,
  platform: 'node',
  format: isGuided ? 'cjs' : 'esm',
  sourcemap: 'inline',
  logLevel: 'error',
  // Packages in CommonJS format call `require`.
  ...(!isGuided && {
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)",
    },
  }),
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
run(...(isGuided ? guided() : [process.execPath, ['--enable-source-maps', bundle, ...args]]))

function guided() {
  const valueOf = (name, otherwise) => args[args.indexOf(name) + 1 || args.length] ?? otherwise
  const name = valueOf('--only', 'challenges/www-authenticate')
  const corpus = join(output, 'corpus')
  mkdirSync(corpus)
  const seeds = JSON.parse(
    readFileSync(`${folder}/corpus/${valueOf('--corpus', 'challenges')}.json`, 'utf8'),
  )
  seeds.forEach((seed, index) => writeFileSync(join(corpus, String(index)), seed))
  process.env.FUZZ_TARGET = name
  const seconds = Number(valueOf('--minutes', '1')) * 60
  // Jazzer.js stops at the first failure, and writes the input to the current folder.
  const limits = ['--', `-max_total_time=${seconds}`, '-max_len=8192', '-timeout=10']
  return [
    'npx',
    [
      '--yes',
      '-p',
      JAZZER,
      'jazzer',
      bundle,
      corpus,
      '-i',
      bundle,
      '--disableBugDetectors',
      '.*',
      ...limits,
    ],
  ]
}

function run(command, given) {
  const child = spawn(command, given, { cwd: root, stdio: 'inherit' })
  child.on('exit', (code) => {
    process.exitCode = code ?? 1
  })
}
