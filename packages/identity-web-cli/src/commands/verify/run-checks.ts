import { explainError } from '../doctor/explain-error.js'
import {
  changeWithoutHint,
  NotRun,
  notApplicable,
  skip,
  type Check,
  type Verdict,
} from './check.js'
import { NotOpened } from './guide.js'
import type { Trial } from './trial.js'

/** The result of a check. It names the statement that the check proves. */
export interface Result {
  readonly check: string
  readonly verdict: Verdict
  readonly statement: string
  /** The fact that was found, or the reason why the check did not run. */
  readonly found?: string
  /** The change that solves a failure. */
  readonly change?: string
  readonly seconds: number
}

/**
 * Runs the checks one after the other. After the person has left, only the checks that clean up run.
 *
 * @param report - Prints a result, and returns it as the report may contain it.
 */
export async function runChecks(
  checks: readonly Check[],
  trial: Trial,
  report: (result: Result) => Result,
): Promise<readonly Result[]> {
  const results: Result[] = []
  let hasLeft = false
  for (const check of checks) {
    const start = performance.now()
    let outcome: Pick<Result, 'verdict' | 'found' | 'change'> = { verdict: 'passed' }
    try {
      if (hasLeft && check.isCleanup !== true) skip('The run stopped before this check.')
      assertPossible(check, trial, results)
      trial.recorder.expiresSoon = check.expiresSoon === true
      const found = await check.run(trial)
      if (typeof found === 'string') outcome = { verdict: 'passed', found }
    } catch (error) {
      hasLeft ||= error instanceof NotOpened
      outcome =
        error instanceof NotRun
          ? { verdict: error.verdict, found: error.message }
          : { verdict: 'failed', ...explainError(error, changeWithoutHint(String(error))) }
    }
    const seconds = Math.round((performance.now() - start) / 100) / 10
    const { id, statement } = check
    results.push(report({ check: id, statement, ...outcome, seconds }))
  }
  return results
}

/** @throws NotRun if a check cannot run with these settings, or after these results. */
function assertPossible(check: Check, trial: Trial, results: readonly Result[]): void {
  if (check.isMicrosoft === true && !trial.isMicrosoft)
    notApplicable('The library does this only at Entra ID and External ID.')
  if (check.needsScope === true && trial.settings.scope === undefined)
    skip(
      'Add --scope <scope of your API> to run this check. If the API has its own registration, also add --api-env <file>.',
    )
  const passed = results.filter(({ verdict }) => verdict === 'passed').map((one) => one.check)
  const missing = needsOf(check).find((id) => !passed.includes(id))
  if (missing !== undefined) skip(`This check needs "${missing}", which did not pass.`)
}

/** Returns the checks that must pass before a check. */
export function needsOf({ needs = ['sign-in'] }: Check): readonly string[] {
  return needs
}
