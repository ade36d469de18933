import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { arch, platform, release } from 'node:os'
import { STEPS } from '../checks/index.js'
import { CLEANUP } from '../created/prepare-app.js'
import type { Result, Verdict } from '../outcome.js'
import type { ProviderKind } from '../settings.js'

/** The IDs that a report contains only if the user asks for them. */
export interface ReportIds {
  readonly tenantId: string | undefined
  readonly clientId: string | undefined
  readonly objectId: string | undefined
}

/** The report of a run. */
export interface Report {
  readonly tool: 'identity-web-cli verify'
  readonly versions: {
    readonly 'identity-web': string
    readonly 'identity-web-cli': string
    readonly node: string
    readonly os: string
  }
  readonly startedAt: string
  readonly endedAt: string
  readonly provider: ProviderKind
  /** `true` for a provider on this computer, such as the development provider. */
  readonly isLocalProvider: boolean
  readonly summary: Readonly<Record<Verdict, number>>
  readonly checks: readonly (Result & { readonly assumes: string })[]
  readonly ids?: ReportIds
}

const PROVIDERS: Readonly<Record<ProviderKind, string>> = {
  entra: 'Microsoft Entra ID',
  'external-id': 'Microsoft Entra External ID',
  b2c: 'Azure AD B2C',
  adfs: 'AD FS',
  oidc: 'another OpenID Connect provider',
}

/** Returns the number of checks with each verdict. */
export function summaryOf(results: readonly Result[]): Readonly<Record<Verdict, number>> {
  const count = { passed: 0, failed: 0, skipped: 0 }
  for (const { verdict } of results) count[verdict] += 1
  return count
}

/** Creates the report. */
export async function createReport(
  run: Pick<Report, 'startedAt' | 'provider' | 'isLocalProvider'> & {
    readonly results: readonly Result[]
    readonly ids: ReportIds | undefined
  },
): Promise<Report> {
  const { results, ids, ...given } = run
  const all = [...STEPS.flatMap(({ checks }) => checks), CLEANUP]
  const texts = new Map(all.map(({ id, assumes }) => [id, assumes]))
  return {
    tool: 'identity-web-cli verify',
    versions: await readVersions(),
    ...given,
    endedAt: new Date().toISOString(),
    summary: summaryOf(results),
    checks: results.map((result) => ({ ...result, assumes: texts.get(result.check) ?? '' })),
    ...(ids !== undefined && { ids }),
  }
}

/** Returns the versions of the programs that a run tests. */
export async function readVersions(): Promise<Report['versions']> {
  return {
    'identity-web': await versionOf('identity-web/package.json'),
    'identity-web-cli': await versionOf('../../../../package.json'),
    node: process.versions.node,
    os: `${platform()} ${release()} (${arch()})`,
  }
}

/** Returns the report as a Markdown document. */
export function toMarkdown(report: Report): string {
  const { versions, summary, checks, ids } = report
  const rows = checks.map(({ check, verdict, seconds, assumes, found, change }) => {
    const advice = change === undefined ? '' : ` **Change:** ${cell(change)}`
    return `| \`${check}\` | ${verdict} | ${seconds.toFixed(1)} | ${cell(assumes)} | ${cell(found)}${advice} |`
  })
  const isConfigured = !checks.some((one) => one.check === 'settings' && one.verdict === 'failed')
  const local = report.isLocalProvider ? ', on the same computer (not a real tenant)' : ''
  return `# Report of \`identity-web-cli verify\`

- Provider: ${isConfigured ? `${PROVIDERS[report.provider]}${local}` : 'the settings are not complete'}
- Started: ${report.startedAt}, ended: ${report.endedAt}
- \`identity-web\` ${versions['identity-web']}, \`identity-web-cli\` ${versions['identity-web-cli']}, Node.js ${versions.node}, ${versions.os}
- ${summary.passed} passed, ${summary.failed} failed, ${summary.skipped} skipped
${ids === undefined ? '' : idLines(ids)}
| check | verdict | seconds | the library assumes | found |
| ----- | ------- | ------- | ------------------- | ----- |
${rows.join('\n')}
`
}

function idLines({ tenantId, clientId, objectId }: ReportIds): string {
  const entries = {
    'Tenant ID': tenantId,
    'Client ID': clientId,
    'Object ID of the user': objectId,
  }
  return Object.entries(entries)
    .flatMap(([name, value]) => (value === undefined ? [] : [`- ${name}: ${value}\n`]))
    .join('')
}

/** Text of a provider must not change the table, or add HTML to the page that shows the report. */
function cell(text: string): string {
  return text.replaceAll(/[\\|`*_<>[\]]/g, String.raw`\$&`).replaceAll(/\s+/g, ' ')
}

async function versionOf(file: string): Promise<string> {
  const path = createRequire(import.meta.url).resolve(file)
  return (JSON.parse(await readFile(path, 'utf8')) as { readonly version: string }).version
}
