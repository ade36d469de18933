// Whether somebody ran this version at a real tenant. `identity-web-cli verify` writes the report, and a maintainer
// commits it.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const FOLDER = 'docs/evidence/reports'

const minorOf = (version) => version.split('.', 2).join('.')

/** Returns the problem if the folder lacks a report of a tenant of Entra ID for a version with the same minor number. */
export function problemsOfReport(repository, version) {
  const folder = join(repository, FOLDER)
  const files = existsSync(folder)
    ? readdirSync(folder).filter((file) => file.endsWith('.json'))
    : []
  const reports = files.map((file) => [file, JSON.parse(readFileSync(join(folder, file), 'utf8'))])
  const reasons = reports.flatMap(([file, report]) => {
    const reason = whyNot(report, version)
    return reason === undefined ? [] : [`${file} ${reason}`]
  })
  if (reasons.length < files.length) return []
  const found = files.length === 0 ? '' : ` (${reasons.join(', ')})`
  return [
    `${FOLDER} does not contain a report of ${version} at a tenant of Entra ID${found}. Run identity-web-cli verify, and commit its report.`,
  ]
}

/** The checks that must have passed. Others depend on what the tenant has, such as a second registration. */
const NEEDED = [
  'sign-in',
  'user-token',
  'consent',
  'refresh',
  'api-token',
  'on-behalf-of',
  'sign-out',
]

/** Returns why a report does not count. */
function whyNot({ tool, versions, provider, isLocalProvider, checks }, version) {
  if (tool !== 'identity-web-cli verify') return 'is not a report of verify'
  const tested = versions['identity-web']
  if (minorOf(tested) !== minorOf(version)) return `is about ${tested}`
  if (isLocalProvider) return 'is about a provider on a computer'
  if (provider !== 'entra') return `is about ${provider}`
  const withVerdict = (wanted) =>
    checks.filter(({ verdict }) => verdict === wanted).map(({ check }) => check)
  const failed = withVerdict('failed')
  if (failed.length > 0) return `has failed checks: ${failed.join(', ')}`
  const skipped = NEEDED.filter((check) => !withVerdict('passed').includes(check))
  return skipped.length > 0 ? `skipped the checks ${skipped.join(', ')}` : undefined
}
