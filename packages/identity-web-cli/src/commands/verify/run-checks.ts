import { explainError } from '../doctor/explain-error.js'
import { changeWithoutHint } from './advice.js'
import { NotRun, notApplicable, skip, type Check } from './check.js'
import type { Proof, Verdict } from './proof.js'
import type { Trial } from './trial.js'

/** The result of a check. It names the statements that the check proves. */
export interface Result {
  readonly check: string
  readonly verdict: Verdict
  readonly statement: string
  readonly proves: readonly Proof[]
  /** The fact that was found, or the reason why the check did not run. */
  readonly found?: string | undefined
  /** The change that solves a failure. */
  readonly change?: string | undefined
  readonly seconds: number
}

/** Runs the checks one after the other. After the person has left, only the last check cleans up. */
export async function runChecks(
  checks: readonly Check[],
  trial: Trial,
  report: (result: Result) => void,
): Promise<readonly Result[]> {
  const results: Result[] = []
  const clean = (text: unknown) => (typeof text === 'string' ? trial.ids.clean(text) : undefined)
  for (const check of checks) {
    const { id, statement } = check
    const start = performance.now()
    let outcome: Pick<Result, 'verdict' | 'found' | 'change'>
    try {
      if (trial.browser.isStopped && needsOf(check).length > 0)
        skip('The run stopped before this check.')
      assertPossible(check, trial, results)
      trial.recorder.expiresSoon = check.expiresSoon === true
      outcome = { verdict: 'passed', found: clean(await check.run(trial)) }
    } catch (error) {
      const { found, change } = explainError(error, changeWithoutHint(String(error)))
      outcome =
        error instanceof NotRun
          ? { verdict: error.verdict, found: clean(found) }
          : { verdict: 'failed', found: clean(found), change: clean(change) }
    }
    const seconds = Math.round((performance.now() - start) / 100) / 10
    const { verdict } = outcome
    const proves = [{ id: `verify/${id}`, verdict }, ...trial.proofs.splice(0)]
    const result = { check: id, statement, proves, ...outcome, seconds }
    report(result)
    results.push(result)
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
