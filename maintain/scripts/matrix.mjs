// `npm run matrix [-- PART…]`: runs the units and the contract on each line of Node.js, and the contract on Bun, on Deno
// and in workerd. It writes the results to docs/versions.md. `npm run matrix -- bun node24` runs two parts.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { formatText } from '../../scripts/format-text.mjs'
import { nodeProgram } from '../../scripts/node-line.mjs'
import { readResults, RESULTS, PAGE, withTable } from './runtimes-table.mjs'
import { findRuntimes, versionOf } from '../../scripts/runtimes.mjs'
import { installPackages, installTools, maintain, root } from '../../scripts/setup.mjs'

const WORKERD = [
  'packages/identity-web/test/adapters/workers.test.ts',
  'packages/identity-web/test/adapters/workers-instances.test.ts',
  'packages/identity-web/test/stores/durable-object.test.ts',
]
const MATRIX = 'packages/identity-web/test/matrix'

/** Each part: what prints its version, the Node.js that runs Vitest, and the tests. */
const PARTS = {
  ...Object.fromEntries(['20.19', '22', '24', '26'].map((line) => [`node${line}`, nodePart(line)])),
  bun: () => runtimePart('Bun', [`${MATRIX}/bun.test.ts`]),
  deno: () => runtimePart('Deno', [`${MATRIX}/deno.test.ts`]),
  workerd: () => ({
    runtime: 'Cloudflare Workers (workerd)',
    version: createRequire(import.meta.url)('workerd').version,
    tests: ['--project', 'fast', ...WORKERD],
  }),
  next15: () => {
    installPackages(maintain)
    return {
      runtime: 'Next.js 15',
      version: createRequire(import.meta.url)('next15/package.json').version,
      tests: ['--project', 'matrix', `${MATRIX}/next15.test.ts`],
      ran: 'the pages, server actions and proxy of Next.js',
    }
  },
}

const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !Object.keys(PARTS).some((part) => part.startsWith(name)))
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. The parts are ${Object.keys(PARTS).join(', ')}.`)
  process.exit(1)
}
installTools(['openssl', 'redis-server', 'postgresql'])

for (const [name, prepare] of Object.entries(PARTS)) {
  if (chosen.length > 0 && !chosen.some((part) => name.startsWith(part))) continue
  const row = runPart(name, prepare())
  if (row.failed > 0) process.exitCode = 1
  // After each part, because all of them take long.
  await write({ ...readResults(), [name]: row })
}
for (const { runtime, version, passed, failed, seconds } of Object.values(readResults()))
  console.log(`${runtime} ${version}: ${passed} passed, ${failed} failed (${seconds} s)`)

async function write(results) {
  const order = Object.keys(PARTS).filter((name) => name in results)
  const sorted = Object.fromEntries(order.map((name) => [name, results[name]]))
  writeFileSync(RESULTS, `${JSON.stringify(sorted, null, 2)}\n`)
  writeFileSync(PAGE, await formatText(PAGE, withTable(readFileSync(PAGE, 'utf8'), sorted)))
}

function nodePart(line) {
  return () => {
    const program = nodeProgram(line)
    const version = versionOf({ command: program })
    const tests = ['--project', 'fast', '--project', 'web-signatures']
    return { runtime: 'Node.js', version, program, tests, hasUnits: true }
  }
}

function runtimePart(name, tests) {
  const runtime = findRuntimes().find((one) => one.name === name)
  return { runtime: name, version: versionOf(runtime), tests: ['--project', 'matrix', ...tests] }
}

/** Runs the tests of a part, and returns its row of the table. */
function runPart(name, part) {
  const { runtime, version, program = process.execPath, tests, hasUnits = false } = part
  console.log(`\n${runtime} ${version}`)
  const folder = mkdtempSync(join(tmpdir(), `identity-web-${name}-`))
  const report = join(folder, 'report.json')
  const start = performance.now()
  try {
    spawnSync(
      program,
      [
        'node_modules/vitest/vitest.mjs',
        'run',
        '--retry=1',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${report}`,
        ...tests,
      ],
      { cwd: root, stdio: 'inherit', env: { ...process.env, IDENTITY_WEB_MATRIX: 'yes' } },
    )
    const { numPassedTests, numFailedTests, numFailedTestSuites, testResults } = JSON.parse(
      readFileSync(report, 'utf8'),
    )
    return {
      runtime,
      version,
      ran: part.ran ?? whatRan(testResults, hasUnits),
      passed: numPassedTests,
      // A file that cannot be loaded does not have a test that fails.
      failed: Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0),
      seconds: Math.round((performance.now() - start) / 1000),
      day: new Date().toISOString().slice(0, 10),
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Names the contracts that ran, by the suites of the report. */
function whatRan(testResults, hasUnits) {
  const suites = new Set(
    testResults.flatMap(({ assertionResults }) =>
      assertionResults.map(({ ancestorTitles: [suite = ''] }) => suite),
    ),
  )
  const named = (pattern) => [...suites].flatMap((suite) => pattern.exec(suite)?.[1] ?? [])
  // The titles contain the runtime, such as "Hono on Bun".
  const hosts = named(/^(.*?)(?: on (?:Bun|Deno|Workers))? keeps the contract$/)
  const stores = named(/^(.*?)(?: on (?:Bun|Deno))? as a store$/)
  return hasUnits
    ? `${testResults.length} files of tests, with the contract of ${hosts.length} hosts and ${stores.length} stores`
    : `the contract of ${[...hosts, ...stores].join(', ')}`
}
