import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform, release } from 'node:os'
import type { Verdict } from './check.js'
import type { Result } from './run-checks.js'
import type { ProviderKind, Trial } from './trial.js'

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

/** Creates the report. */
export async function createReport(trial: Trial, checks: readonly Result[]): Promise<Report> {
  const { app } = trial.settings
  const summary = { passed: 0, failed: 0, skipped: 0, 'not-applicable': 0 }
  for (const { verdict } of checks) summary[verdict] += 1
  const url = app['IDENTITY_OIDC_AUTHORITY'] || app['IDENTITY_AUTHORITY'] || ''
  const withoutFailures = summary.skipped > 0 ? 'incomplete' : 'passed'
  return {
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
    result: summary.failed > 0 ? 'failed' : withoutFailures,
    summary,
    checks,
  }
}

async function versionOf(file: string): Promise<string> {
  const path = createRequire(import.meta.url).resolve(file)
  return (JSON.parse(await readFile(path, 'utf8')) as { readonly version: string }).version
}

/** Returns whether a URL belongs to this computer. */
export function isLoopback({ hostname }: URL): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}
