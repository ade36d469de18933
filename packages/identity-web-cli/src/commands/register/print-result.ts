import type { CommandContext } from '../../command/command.js'
import type { RegisterValues } from './options.js'
import type { NewSecret } from '../../credentials/secrets.js'
import type { Settings } from './write-settings.js'

/** The result of a run. */
export interface RegisterResult {
  readonly kind: string
  readonly name: string
  readonly isNew: boolean
  readonly isDryRun: boolean
  readonly appId: string | undefined
  readonly changes: readonly string[]
  readonly notes: readonly string[]
  readonly env: string | undefined
  readonly settings?: Settings
  /** The secret, if no file contains it. */
  readonly secret?: NewSecret | undefined
}

/** Writes the result as text or as JSON. JSON never contains a secret. */
export function printResult(
  result: RegisterResult,
  values: RegisterValues,
  { output }: CommandContext,
): void {
  const { secret, env, ...rest } = result
  if (values.json === true) {
    output.print(JSON.stringify({ ...rest, env: env ?? null }, null, 2))
    return
  }
  const { kind, name, isNew, isDryRun, appId, changes, settings = {} } = result
  output.print(
    `${isNew ? 'A new app registration' : `The app registration ${appId ?? ''}`} "${name}" (${kind})`,
  )
  for (const line of changes) output.print(`  ${line}`)
  if (changes.length === 0) output.print('  Everything is as it should be.')
  for (const note of result.notes) output.print(`  ${note}`)
  if (isDryRun) {
    if (changes.length > 0)
      output.print(
        'No request was sent that changes the app. To make these changes, run the command without --dry-run.',
      )
    return
  }
  if (env !== undefined) {
    output.print(`${env} contains the settings. Do not commit the file.`)
    return
  }
  output.print('Settings of the app:')
  for (const [variable, value] of Object.entries(settings)) output.print(`  ${variable}=${value}`)
  if (secret === undefined) return
  output.print('This secret is shown only now. Keep it in a file that only your app can read:')
  output.reveal(`  IDENTITY_CLIENT_SECRET=${secret.secret}`)
  output.print(`  IDENTITY_CLIENT_SECRET_EXPIRES=${secret.end}`)
}
