// `npm run check`: runs every gate but the tests of `npm test`, and prints how long each took. As many gates run side by
// side as there are processors. All of them run, also after one has failed. `npm run check -- budgets types` runs two gates.
import { spawn } from 'node:child_process'
import { availableParallelism } from 'node:os'
import { installPackages, root } from './setup.mjs'

const script = (name) => ['npm', 'run', '--silent', name]
const program = (path, ...args) => [process.execPath, path, ...args]

/** The gate that reads sources only. It runs beside the build. The others need the packages as they are published. */
const FORMAT = 'format'
/** Each gate with its command. Those that take long start first. */
const GATES = {
  [FORMAT]: program('node_modules/oxfmt/bin/oxfmt', '--check'),
  lint: script('lint'),
  types: script('typecheck'),
  documentation: program('node_modules/vitest/vitest.mjs', 'run', '--project', 'docs'),
  packages: program('scripts/check-package.mjs'),
  api: program('scripts/api-report.mjs', '--check'),
  reference: script('docs'),
  unused: program('node_modules/knip/bin/knip.js'),
  calls: program('scripts/count-calls.mjs', '--budget', '83', '381'),
  entries: program('scripts/write-entries.mjs', '--check'),
  options: program('scripts/options-reference.mjs', '--check'),
  prose: script('prose'),
  budgets: program('scripts/budgets.mjs'),
  diagrams: program('scripts/diagrams.mjs', '--check'),
  tree: program('scripts/source-tree.mjs', '--check'),
  reality: program('scripts/reality.mjs', '--check'),
}

const given = process.argv.slice(2)
const unknown = given.filter((name) => !Object.hasOwn(GATES, name))
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. The gates are ${Object.keys(GATES).join(', ')}.`)
  process.exit(1)
}
const seconds = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`
const begin = performance.now()

installPackages()
console.log(`✓ packages installed (${seconds(begin)})`)
const failed = []
const waiting = Object.keys(GATES).filter((name) => given.length === 0 || given.includes(name))
if (!process.env.IDENTITY_WEB_IS_BUILT) {
  const first = waiting[0] === FORMAT ? [waiting.shift()] : []
  await Promise.all([pass('build', script('build')), ...first.map((name) => pass(name))])
  process.env.IDENTITY_WEB_IS_BUILT = 'yes'
}
if (!failed.includes('build')) {
  await Promise.all(Array.from({ length: Math.max(2, availableParallelism()) }, work))
}
console.log(
  failed.length === 0
    ? `Every gate passed (${seconds(begin)}).`
    : `Failed gates: ${failed.join(', ')} (${seconds(begin)}).`,
)
process.exitCode = failed.length === 0 ? 0 : 1

async function work() {
  for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) await pass(gate)
}

function pass(name, [command, ...args] = GATES[name]) {
  const start = performance.now()
  const child = spawn(command, args, { cwd: root })
  let output = ''
  child.stdout.on('data', (chunk) => (output += chunk))
  child.stderr.on('data', (chunk) => (output += chunk))
  return new Promise((resolve) => {
    const finish = (code) => {
      console.log(`${code === 0 ? '✓' : '✗'} ${name} (${seconds(start)})`)
      if (code !== 0) {
        failed.push(name)
        console.log(output.trimEnd())
      }
      resolve()
    }
    child.once('error', (error) => {
      output += error.message
      finish(1)
    })
    child.once('close', finish)
  })
}
