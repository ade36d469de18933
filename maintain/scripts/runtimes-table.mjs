// The table of docs/versions.md. `npm run matrix` writes it, and test/runtimes.test.ts compares it with the results.
import { existsSync, readFileSync } from 'node:fs'
import { root } from '../../scripts/setup.mjs'

export const RESULTS = `${root}test/runtimes/results.json`
export const PAGE = `${root}docs/versions.md`

const START = '<!-- results of npm run matrix -->'
const END = '<!-- end of the results -->'

/** Returns the rows of earlier runs, by the names of the parts. */
export function readResults() {
  return existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : {}
}

/** Returns the page with the table of these results. */
export function withTable(page, results) {
  const [before, rest] = page.split(START)
  const [, after] = (rest ?? '').split(END)
  if (after === undefined) throw new Error(`${PAGE} does not contain "${START}" and "${END}".`)
  const rows = Object.values(results).map(
    ({ runtime, version, ran, passed, failed, day }) =>
      `| ${[runtime, version, ran, passed, failed, day].join(' | ')} |`,
  )
  const head = ['| runtime | version | tests | passed | failed | day |', `|${' --- |'.repeat(6)}`]
  return [before + START, '', ...head, ...rows, '', END + after].join('\n')
}
