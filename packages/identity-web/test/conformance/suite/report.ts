import type { SuiteResult } from './run-plan.ts'

/** The results that a certification accepts. Somebody reads the log of a module with a warning. */
const ACCEPTED = ['PASSED', 'SKIPPED', 'WARNING', 'REVIEW']

/** Returns whether a run at the suite found no error. */
export function isAccepted({ result }: SuiteResult): boolean {
  return ACCEPTED.includes(result) || result === 'NOT RUN'
}

/** Returns the results as a table in Markdown. */
export function formatResults(results: readonly SuiteResult[]): string {
  const rows = results.map(
    ({ plan, module, result, note = '' }) =>
      `| \`${plan}\` | \`${module}\` | ${result} | ${note} |`,
  )
  return ['| plan | module | result | note |', '| --- | --- | --- | --- |', ...rows, ''].join('\n')
}
