// `npm run contract`: runs the contract against every framework and prints which behaviors each has,
// by the results of its tests: ✓ passed, ✗ failed, – not available (the reason is below the table).
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from './setup.mjs'

const folder = mkdtempSync(join(tmpdir(), 'identity-web-contract-'))
const report = join(folder, 'report.json')
const SUITE = / keeps the contract$/
try {
  const { status } = spawnSync(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      'packages/identity-web/test/adapters',
      '--typecheck.enabled=false',
      '--reporter=json',
      `--outputFile.json=${report}`,
    ],
    { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  print(JSON.parse(readFileSync(report, 'utf8')))
  process.exitCode = status ?? 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

function print({ testResults }) {
  const tests = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ ancestorTitles: [suite] }) => SUITE.test(suite))
  const frameworks = [...new Set(tests.map(frameworkOf))]
  const width = Math.max(...tests.map(({ title }) => title.length))
  let subject
  for (const behaviour of new Set(tests.map(behaviourOf))) {
    const rows = tests.filter((test) => behaviourOf(test) === behaviour)
    const [{ ancestorTitles, title }] = rows
    if (ancestorTitles[1] !== subject) {
      subject = ancestorTitles[1]
      console.log(`\n${subject.padEnd(width)}  ${frameworks.join('  ')}`)
    }
    const marks = frameworks.map((framework) => {
      const test = rows.find((row) => frameworkOf(row) === framework)
      const mark = test === undefined ? '–' : test.status === 'passed' ? '✓' : '✗'
      return mark.padEnd(framework.length)
    })
    console.log(`${title.padEnd(width)}  ${marks.join('  ')}`.trimEnd())
  }
  console.log()
  for (const framework of frameworks) {
    const { meta } = tests.find((test) => frameworkOf(test) === framework)
    for (const [feature, reason] of Object.entries(meta.without ?? {})) {
      console.log(`– ${framework}, ${feature}: ${reason}`)
    }
  }
}

function frameworkOf({ ancestorTitles: [suite] }) {
  return suite.replace(SUITE, '')
}

function behaviourOf({ ancestorTitles: [, ...subjects], title }) {
  return [...subjects, title].join(' > ')
}
