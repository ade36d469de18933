import type { ConformanceReport } from './conformance.ts'
import { STEPS, type ClientReport } from './proof.ts'

const START = '<!-- The program interop-mcp writes this part. -->'
const END = '<!-- The end of this part. -->'

/** Writes the results for docs/mcp-registration.md: a table of the clients, and a sentence about the conformance suite. */
export function formatProof(
  clients: readonly ClientReport[],
  { scenarios, version }: ConformanceReport,
): string {
  const mark = (problem: string | undefined): string => (problem === undefined ? 'yes' : '**no**')
  const rows = clients.map(
    ({ client, results, version: of }) =>
      `| \`${client}\` ${of} | ${results.map(({ problem }) => mark(problem)).join(' | ')} |`,
  )
  const failed = scenarios.filter(({ result }) => result !== 'passed')
  const count = scenarios.length - failed.length
  const passed = failed.length === 0 ? `All ${count}` : `${count} of ${scenarios.length}`
  const failures = failed.map(({ name, note = '' }) => `\n- \`${name}\` **failed**: ${note}`)
  return `| client | ${STEPS.map(({ name }) => name).join(' | ')} |
| --- | ${STEPS.map(() => '---').join(' | ')} |
${rows.join('\n')}

${passed} scenarios for servers of the conformance suite \`@modelcontextprotocol/conformance\` ${version} passed, for the revision
2026-07-28.
${failures.join('')}`
}

/** Replaces the results in a page. */
export function withProof(page: string, proof: string): string {
  const [before, rest] = page.split(START)
  const after = rest?.split(END)[1]
  if (before === undefined || after === undefined) {
    throw new Error(`The page does not contain ${START} and ${END}.`)
  }
  return `${before}${START}\n\n${proof.trim()}\n\n${END}${after}`
}
