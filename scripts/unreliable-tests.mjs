// A reporter for Vitest. It writes the tests that failed, and those that passed only at the second attempt, to the file in
// IDENTITY_WEB_UNRELIABLE. `brokenTests` then tries the latter alone.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/** How many tests of a run may need a second attempt. */
const ALLOWED = 3

/**
 * Runs the tests that passed only at the second attempt once more, each of them alone. A machine that was busy for a moment is
 * not a reason to fail a run. A test that fails alone, or many tests, are.
 *
 * @param tests - What the reporter wrote as `passedLater`.
 * @param folder - The folder of the Vitest configuration.
 * @returns Why the run must fail. Empty if it may pass.
 */
export function brokenTests(tests, folder) {
  if (tests.length > ALLOWED)
    return [
      `${tests.length} tests passed only at the second attempt. More than ${ALLOWED} fail the run.`,
    ]
  return tests
    .filter((test) => !passesAlone(test, folder))
    .map(({ name }) => `${name} needs a second attempt also when it runs alone.`)
}

function passesAlone({ file, project, titles }, folder) {
  const results = mkdtempSync(join(tmpdir(), 'identity-web-alone-'))
  const report = join(results, 'report.json')
  // Vitest joins the titles with spaces.
  const pattern = `^${titles.join(' ').replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)}$`
  const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
  const args = [vitest, 'run', file, '--project', project, '--testNamePattern', pattern]
  spawnSync(
    process.execPath,
    [...args, '--retry=0', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    { cwd: folder, stdio: 'inherit' },
  )
  try {
    const { success, numPassedTests } = JSON.parse(readFileSync(report, 'utf8'))
    // A pattern that matches no test does not fail either.
    return success && numPassedTests > 0
  } catch {
    return false
  } finally {
    rmSync(results, { recursive: true, force: true })
  }
}

// oxlint-disable-next-line import/no-default-export -- Vitest loads the default export of a reporter.
export default class UnreliableTests {
  #failed = []
  #passedLater = []

  onTestCaseResult(test) {
    const { state, errors = [] } = test.result()
    const isFlaky = state === 'passed' && test.diagnostic()?.flaky
    if (state !== 'failed' && !isFlaky) return
    const file = relative(process.cwd(), test.module.moduleId)
    const titles = [test.name]
    for (let suite = test.parent; suite.type === 'suite'; suite = suite.parent)
      titles.unshift(suite.name)
    const messages = new Set(errors.map(({ message }) => message?.split('\n')[0] ?? ''))
    const one = { file, project: test.project.name, titles, name: `${file} > ${test.fullName}` }
    ;(isFlaky ? this.#passedLater : this.#failed).push({ ...one, messages: [...messages] })
  }

  onTestRunEnd() {
    const file = process.env.IDENTITY_WEB_UNRELIABLE
    if (file === undefined) return
    writeFileSync(file, JSON.stringify({ failed: this.#failed, passedLater: this.#passedLater }))
  }
}
