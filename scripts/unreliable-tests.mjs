// A reporter for Vitest. It writes the names of the tests that failed, and of those that passed only at the second
// attempt, to the file in IDENTITY_WEB_UNRELIABLE.
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'

// oxlint-disable-next-line import/no-default-export -- Vitest loads the default export of a reporter.
export default class UnreliableTests {
  #failed = []
  #passedLater = []

  onTestCaseResult(test) {
    const name = `${relative(process.cwd(), test.module.moduleId)} > ${test.fullName}`
    const messages = (test.result().errors ?? []).map(
      ({ message }) => message?.split('\n')[0] ?? '',
    )
    if (test.result().state === 'failed') this.#failed.push([name, ...new Set(messages)])
    else if (test.diagnostic()?.flaky) this.#passedLater.push([name, ...new Set(messages)])
  }

  onTestRunEnd() {
    const file = process.env.IDENTITY_WEB_UNRELIABLE
    if (file === undefined) return
    writeFileSync(file, JSON.stringify({ failed: this.#failed, passedLater: this.#passedLater }))
  }
}
