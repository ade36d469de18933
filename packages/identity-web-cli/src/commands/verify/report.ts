import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform, release } from 'node:os'
import { isLoopback } from '../../graph/graph-url.js'
import type { ProviderKind } from '../../subject/authorities.js'
import type { Verdict } from './proof.js'
import type { Result } from './run-checks.js'
import { parse } from './token-recorder.js'
import type { Trial } from './trial.js'

/** The report of a run. It contains no IDs and no secrets. */
export interface Report {
  readonly tool: 'identity-web-cli verify'
  readonly versions: Readonly<Record<string, string>>
  readonly endedAt: string
  readonly provider: ProviderKind
  /** `true` for a provider on this computer, such as the development provider. */
  readonly isLocalProvider: boolean
  /** A checksum of the authority, by which the next run recognizes its report. */
  readonly authority: string
  /** `passed` only if no check failed, and none was skipped. */
  readonly result: 'passed' | 'failed' | 'incomplete'
  readonly summary: Readonly<Record<Verdict, number>>
  readonly checks: readonly Result[]
}

/**
 * Creates the report.
 *
 * @param last - The text of the last report, if it exists. The statements that it proved about this provider stay in the report with its day.
 */
export async function createReport(
  trial: Trial,
  results: readonly Result[],
  last: string,
): Promise<Report> {
  const { app } = trial.settings
  const summary = { passed: 0, failed: 0, skipped: 0, 'not-applicable': 0 }
  for (const { verdict } of results) summary[verdict] += 1
  const url = app['IDENTITY_OIDC_AUTHORITY'] || app['IDENTITY_AUTHORITY'] || ''
  const withoutFailures = summary.skipped > 0 ? 'incomplete' : 'passed'
  const report: Report = {
    tool: 'identity-web-cli verify',
    versions: {
      'identity-web': await versionOf('identity-web/package.json'),
      'identity-web-cli': await versionOf('../../../package.json'),
      node: process.versions.node,
      os: `${platform()} ${release()} (${arch()})`,
    },
    endedAt: new Date().toISOString(),
    provider: trial.kind,
    isLocalProvider: URL.canParse(url) && isLoopback(new URL(url)),
    authority: createHash('sha256').update(url).digest('hex').slice(0, 12),
    result: summary.failed > 0 ? 'failed' : withoutFailures,
    summary,
    checks: results,
  }
  return { ...report, checks: withEarlier(report, parse(last)) }
}

/** Adds what an earlier run proved, and this run skipped. The version and the provider must be the same. */
function withEarlier({ authority, versions, checks }: Report, last: Partial<Report>) {
  const isSame = last.versions?.['identity-web'] === versions['identity-web']
  if (last.authority !== authority || !isSame) return checks
  const earlier = last.endedAt?.slice(0, 10) ?? ''
  return checks.map((result) => {
    if (result.verdict !== 'skipped') return result
    const { proves = [] } = last.checks?.find(({ check }) => check === result.check) ?? {}
    const proven = proves.filter(({ verdict }) => verdict === 'passed')
    if (proven.length === 0) return result
    return { ...result, proves: proven.map((one) => ({ earlier, ...one })) }
  })
}

async function versionOf(file: string): Promise<string> {
  const path = createRequire(import.meta.url).resolve(file)
  return (JSON.parse(await readFile(path, 'utf8')) as { readonly version: string }).version
}
