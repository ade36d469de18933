import { explainError } from '../doctor/explain-error.js'
import type { Check, Step } from './check.js'
import { NotOpened } from './guide.js'
import { changeWithoutHint, failed, skipped, type Outcome, type Result } from './outcome.js'
import type { Trial } from './trial.js'

/** The parts of a run that the steps report to. */
export interface Progress {
  readonly print: (line: string) => void
  /** Stores the results, so that a later run can continue. */
  readonly keep: (results: readonly Result[]) => Promise<void>
}

/**
 * Runs the steps one after the other, and keeps the checks that passed in an earlier run.
 *
 * @throws NotOpened if the person does not open the page in time.
 */
export async function runSteps(
  steps: readonly Step[],
  trial: Trial,
  {
    before,
    total,
    print,
    keep,
  }: Progress & { readonly before: readonly Result[]; readonly total: number },
): Promise<readonly Result[]> {
  const passed = before.filter(({ verdict }) => verdict === 'passed')
  const results = new Map(passed.map((result) => [result.check, result]))
  for (const { id, reads } of steps.flatMap(({ checks }) => checks))
    if (reads !== undefined && !results.has(id)) results.delete(reads)
  for (const [index, step] of steps.entries()) {
    const title = `Step ${index + 1} of ${total}: ${step.title}`
    trial.guide.title = title
    print(title)
    for (const check of step.checks) {
      const known = results.get(check.id)
      const isNeeded = SESSION.includes(check.id) && needsSession(steps, results)
      if (known !== undefined && !isNeeded) {
        print(`  ${label(known)}${check.id} (in an earlier run)`)
        continue
      }
      const result = await run(check, trial, results)
      results.set(check.id, result)
      print(`  ${label(result)}${check.id}: ${result.found}`)
      if (result.change !== undefined) print(`            Change: ${result.change}`)
      await keep([...results.values()])
    }
    step.after?.(trial)
  }
  const order = steps.flatMap(({ checks }) => checks.map(({ id }) => id))
  return order.flatMap((id) => results.get(id) ?? [])
}

/** The checks that make the session. A session stays in memory, so a later run signs in again. */
const SESSION = ['settings', 'discovery', 'sign-in', 'id-token-claims', 'refresh-token']

function needsSession(steps: readonly Step[], results: ReadonlyMap<string, Result>): boolean {
  return steps.some(({ checks }) =>
    checks.some(({ id }) => !SESSION.includes(id) && results.get(id)?.verdict !== 'passed'),
  )
}

const label = ({ verdict }: Outcome): string => verdict.padEnd(10)

async function run(
  check: Check,
  trial: Trial,
  results: ReadonlyMap<string, Result>,
): Promise<Result> {
  const start = performance.now()
  const missing = check.needs?.find((id) => results.get(id)?.verdict !== 'passed')
  const outcome =
    missing === undefined
      ? await runAlone(check, trial)
      : skipped(`This check needs "${missing}", which did not pass.`)
  return {
    check: check.id,
    verdict: outcome.verdict,
    found: trial.ids.clean(outcome.found),
    ...(outcome.change !== undefined && { change: trial.ids.clean(outcome.change) }),
    seconds: Math.round((performance.now() - start) / 100) / 10,
  }
}

async function runAlone(check: Check, trial: Trial): Promise<Outcome> {
  try {
    return await check.run(trial)
  } catch (error) {
    if (error instanceof NotOpened) throw error
    const { found, change } = explainError(error, changeWithoutHint(String(error)))
    return failed(found, change)
  }
}
