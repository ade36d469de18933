import type { Check } from './checks/check.js'
import type { Evidence } from './evidence.js'
import { explainError } from './explain-error.js'
import { error, type Finding, type NamedFinding } from './report/finding.js'

/** Runs the checks at the same time. @returns The findings in the order of the checks. */
export async function runChecks(
  checks: readonly Check[],
  evidence: Evidence,
): Promise<readonly NamedFinding[]> {
  const all = await Promise.all(
    checks.map(async (check) => {
      const findings = await runCheck(check, evidence)
      return findings.map((finding) => ({ check: check.name, ...finding }))
    }),
  )
  return all.flat()
}

async function runCheck(check: Check, evidence: Evidence): Promise<readonly Finding[]> {
  const { timeoutSeconds } = evidence.choices
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<Finding>((resolve) => {
    timer = setTimeout(
      () =>
        resolve(
          error(
            `The check did not end within ${timeoutSeconds} seconds.`,
            'Look at the other errors first. If this is the only one, allow more time with --timeout.',
          ),
        ),
      timeoutSeconds * 1000,
    )
  })
  try {
    return [await Promise.race([check.run(evidence), limit])].flat()
  } catch (cause) {
    const { found, change } = explainError(cause, 'Look at the other errors first.')
    return [error(found, change)]
  } finally {
    clearTimeout(timer)
  }
}
