// `npm run check`: runs every gate but the tests of `npm test`, and prints how long each took. As many gates run side by
// side as there are processors. All of them run, also after one has failed.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { installPackages, root } from './setup.mjs'

/** The gate that reads sources only. It runs beside the build. The others need the packages as they are published. */
const OF_SOURCES = ['format', 'format:check']
/** Each other gate with the npm script that it runs. Those that take long start first. */
const GATES = [
  ['lint', 'lint'],
  ['types', 'typecheck'],
  ['documentation test', 'test:docs'],
  ['packages', 'check:package'],
  ['API report', 'api', '--', '--check'],
  ['documentation reference', 'docs'],
  ['unused code', 'knip'],
  ['calls of a request', 'count-files', '--', '--budget', '83', '381'],
  ['entry points', 'entries', '--', '--check'],
  ['option reference', 'options', '--', '--check'],
  ['prose', 'prose'],
  ['budgets', 'budgets'],
  ['diagrams', 'diagrams', '--', '--check'],
  ['regular expressions', 'regexps', '--', '--check'],
]

const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
const seconds = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`
const begin = performance.now()

installPackages()
console.log(`✓ packages installed (${seconds(begin)})`)
const failed = []
const waiting = GATES.filter(([, script]) => Object.hasOwn(scripts, script))
if (process.env.IDENTITY_WEB_IS_BUILT) {
  waiting.unshift(OF_SOURCES)
} else {
  await Promise.all([pass(['build', 'build']), pass(OF_SOURCES)])
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

function pass([name, ...args]) {
  const start = performance.now()
  const child = spawn('npm', ['run', '--silent', ...args], { cwd: root })
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
