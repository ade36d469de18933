// `npm test`: installs what is missing, builds, runs every test, and ends with a line "N passed, N failed".
// `npm test -- FILES` runs only these files. Other arguments go to Vitest as well. A test that fails gets a second attempt:
// see scripts/unreliable-tests.mjs.
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { installRuntimes } from './runtimes.mjs'
import { build, installPackages, installTools, root } from './setup.mjs'
import { brokenTests } from './unreliable-tests.mjs'

installPackages()
installTools()
installRuntimes()
build()

const folder = mkdtempSync(join(tmpdir(), 'identity-web-test-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const args = process.argv.slice(2)
const FAST = ['--project', 'fast', '--project', 'web-signatures']
const runs =
  args.length > 0
    ? [vitest('chosen', args)]
    : [
        // Two processes, because the fast tests take longer than the gates and the slow tests beside them.
        vitest('fast', [...FAST, '--maxWorkers=2']),
        vitest('slow', ['--project', 'slow', '--project', 'types'], 'pipe'),
      ]
const results = await Promise.all(runs)
const sum = (key) => results.reduce((total, result) => total + result[key], 0)
for (const { output } of results) process.stdout.write(output)
for (const { name, status, unreliable } of results) {
  if (status !== 0) console.error(`The ${name} tests failed.`)
  list('failed', unreliable.failed)
  list('passed only at the second attempt. Repair it', unreliable.passedLater)
}
const unfit = brokenTests(
  results.flatMap(({ unreliable }) => unreliable.passedLater),
  root,
)
for (const reason of unfit) console.error(reason)
const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''
console.log(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`)
const isGreen = results.every(({ status, failed }) => status === 0 && failed === 0)
process.exitCode = isGreen && unfit.length === 0 ? 0 : 1

/** Runs Vitest. With `pipe`, its output appears at the end, because that of another run appears at the same time. */
async function vitest(name, options, output = 'inherit') {
  const report = join(folder, `${name}.json`)
  const unreliable = join(folder, `${name}-unreliable.json`)
  const reporters = [
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    '--reporter=./scripts/unreliable-tests.mjs',
  ]
  const child = spawn(
    process.execPath,
    ['node_modules/vitest/vitest.mjs', 'run', '--retry=1', ...reporters, ...options],
    {
      cwd: root,
      stdio: ['inherit', output, output],
      env: { ...process.env, IDENTITY_WEB_UNRELIABLE: unreliable },
    },
  )
  const chunks = []
  child.stdout?.on('data', (chunk) => chunks.push(chunk))
  child.stderr?.on('data', (chunk) => chunks.push(chunk))
  const status = await new Promise((resolve) => child.once('close', resolve))
  const printed = Buffer.concat(chunks)
  return { name, status, output: printed, unreliable: read(unreliable), ...count(name, report) }
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    // Vitest ended before it ran a test. The missing report is an error already.
    return { failed: [], passedLater: [] }
  }
}

function list(what, tests) {
  for (const { name, messages } of tests)
    console.error([`${name} ${what}:`, ...messages].join('\n    '))
}

function count(name, report) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    )
    // A file that cannot be loaded does not have a test that fails.
    const broken = testResults.filter(
      ({ status, assertionResults }) =>
        status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
    ).length
    return { passed: numPassedTests, failed: numFailedTests + broken, skipped: numPendingTests }
  } catch (error) {
    console.error(`The ${name} tests did not write a report: ${error.message}`)
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
