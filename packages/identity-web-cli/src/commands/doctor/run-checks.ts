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
      const issuers = check.isPerIssuer === true ? evidence.issuers() : []
      const findings =
        issuers.length === 0
          ? await runCheck(check, evidence)
          : await Promise.all(issuers.map((issuer) => runCheckOf(issuer, check)))
      return findings.flat().map((finding) => ({ check: check.name, ...finding }))
    }),
  )
  return all.flat()
}

/** Runs a check for one issuer, and names it in the findings. */
async function runCheckOf(
  [name, evidence]: readonly [name: string, evidence: Evidence],
  check: Check,
): Promise<readonly Finding[]> {
  const findings = await runCheck(check, evidence)
  return findings.map((finding) => ({ ...finding, found: `Issuer ${name}: ${finding.found}` }))
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
            'Look at the other errors first. If this is the only error, set a longer --timeout.',
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
