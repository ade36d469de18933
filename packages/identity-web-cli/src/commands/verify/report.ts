import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform, release } from 'node:os'
import { join } from 'node:path'
import { replaceFile } from '../../command/replace-file.js'
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
  /** `passed` only if no check failed, and none was skipped. */
  readonly result: 'passed' | 'failed' | 'incomplete'
  readonly summary: Readonly<Record<Verdict, number>>
  readonly checks: readonly Result[]
}

/** The report, which is made to be published. */
export const REPORT = 'identity-verify-report.json'

/** The file for the next run, which stays on this computer. */
const LAST_RUN = '.identity-verify-last.json'

/** The last run. A report does not name the tenant, not even as a checksum, because tenants are public. */
interface LastRun {
  readonly of: string
  readonly report: Report
}

/** Writes the report. The statements that the last run proved about this provider stay in the report with its day. */
export async function writeReport(
  { settings: { app }, kind }: Trial,
  results: readonly Result[],
  folder: string,
): Promise<Report> {
  const url = app['IDENTITY_OIDC_AUTHORITY'] || app['IDENTITY_AUTHORITY'] || ''
  const of = `${url} ${app['IDENTITY_B2C_TENANT_NAME'] ?? ''}`
  const file = join(folder, LAST_RUN)
  const last = parse(await readFile(file, 'utf8').catch(() => '')) as Partial<LastRun>
  const version = await versionOf('identity-web/package.json')
  const isSame = last.of === of && last.report?.versions['identity-web'] === version
  const summary = { passed: 0, failed: 0, skipped: 0, 'not-applicable': 0 }
  for (const { verdict } of results) summary[verdict] += 1
  const withoutFailures = summary.skipped > 0 ? 'incomplete' : 'passed'
  const report: Report = {
    tool: 'identity-web-cli verify',
    versions: {
      'identity-web': version,
      'identity-web-cli': await versionOf('../../../package.json'),
      node: process.versions.node,
      os: `${platform()} ${release()} (${arch()})`,
    },
    endedAt: new Date().toISOString(),
    provider: kind,
    isLocalProvider: URL.canParse(url) && isLoopback(new URL(url)),
    result: summary.failed > 0 ? 'failed' : withoutFailures,
    summary,
    checks: results.map((result) => withEarlier(result, isSame ? last.report : undefined)),
  }
  await replaceFile(join(folder, REPORT), report)
  await replaceFile(file, { of, report } satisfies LastRun)
  return report
}

/** Adds what an earlier run proved, if this run skipped the check. */
function withEarlier(result: Result, run: Report | undefined): Result {
  const { proves = [] } = run?.checks.find(({ check }) => check === result.check) ?? {}
  const proven = proves.filter(({ verdict }) => verdict === 'passed')
  if (result.verdict !== 'skipped' || proven.length === 0) return result
  const earlier = run?.endedAt.slice(0, 10) ?? ''
  return { ...result, proves: proven.map((one) => ({ earlier, ...one })) }
}

async function versionOf(file: string): Promise<string> {
  const path = createRequire(import.meta.url).resolve(file)
  return (JSON.parse(await readFile(path, 'utf8')) as { readonly version: string }).version
}
