// The table of docs/microsoft-errors.md, from the hints of packages/identity-web/src/client/hints. `npm run options` writes it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tsImport } from 'tsx/esm/api'
import { formatText } from './format-text.mjs'
import { root } from './setup.mjs'

export const ERRORS_PAGE = join(root, 'docs/microsoft-errors.md')
const HINTS = '../packages/identity-web/src/client/hints/operator-hints.ts'
const MARKS = /(?<=<!-- hints .*-->\n).*(?=<!-- \/hints -->)/s

/** Returns docs/microsoft-errors.md with one row for each hint. The codes are sorted as strings. */
export async function errorsPage() {
  const { OPERATOR_HINTS } = await tsImport(HINTS, import.meta.url)
  const rows = [...OPERATOR_HINTS]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([code, [cause, remedy]]) => `| \`${code}\` | ${cause} | ${remedy} |`)
  const table = ['| code | cause | remedy |', '| --- | --- | --- |', ...rows].join('\n')
  const page = readFileSync(ERRORS_PAGE, 'utf8')
  if (!MARKS.test(page)) throw new Error('docs/microsoft-errors.md lacks the marks of its table.')
  return formatText(
    ERRORS_PAGE,
    page.replace(MARKS, () => `\n${table}\n\n`),
  )
}
