import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CommandContext } from '../../../command/command.js'
import { findFile } from '../../../env-file/find-file.js'
import type { Subject } from '../../../subject/subject.js'
import type { VerifyValues } from '../options.js'
import type { Result } from '../outcome.js'
import { isLoopback, settingOf } from '../settings.js'
import type { State } from '../state-file.js'
import type { Trial } from '../trial.js'
import { createReport, summaryOf, toMarkdown, type ReportIds } from './report.js'

/** Writes the report in both formats, and prints its summary. */
export async function writeReport({
  values,
  context: { folder, output },
  trial,
  subject,
  state,
  results,
}: {
  readonly values: VerifyValues
  readonly context: CommandContext
  readonly trial: Trial
  readonly subject: Subject
  readonly state: State
  readonly results: readonly Result[]
}): Promise<void> {
  const { claims } = trial
  const ids: ReportIds = {
    tenantId: textOf(claims?.tid),
    clientId: settingOf(subject, 'clientId', 'IDENTITY_CLIENT_ID'),
    objectId: textOf(claims?.oid),
  }
  const report = await createReport({
    startedAt: state.startedAt,
    provider: trial.kind,
    isLocalProvider: isLocal(subject),
    results,
    ids: values['include-ids'] ? ids : undefined,
  })
  const name = 'identity-verify-report'
  await writeFile(await findFile(folder, `${name}.md`), toMarkdown(report))
  await writeFile(
    await findFile(folder, `${name}.json`),
    `${JSON.stringify(report, undefined, 2)}\n`,
  )
  const { passed, failed, skipped } = summaryOf(results)
  output.print('')
  output.print(`${passed} passed, ${failed} failed, ${skipped} skipped`)
  output.print(
    `The report is in ${join('.', name)}.md and ${name}.json. Read it before you publish it.`,
  )
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function isLocal(subject: Subject): boolean {
  const urls = [
    settingOf(subject, 'authority', 'IDENTITY_AUTHORITY'),
    settingOf(subject, 'oidcAuthority', 'IDENTITY_OIDC_AUTHORITY'),
  ]
  return urls.some((url) => url !== undefined && URL.canParse(url) && isLoopback(new URL(url)))
}
