import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { defineCommand, EXIT, type Command, type CommandContext } from '../../command/command.js'
import { toDays } from '../../command/to-days.js'
import { UsageError } from '../../command/usage-error.js'
import { withoutEndSlash } from '../../command/without-end-slash.js'
import { assertSameApp, assertWritable, readEnvText } from '../../env-file/edit-env-file.js'
import { findFile } from '../../env-file/find-file.js'
import { readAccessToken } from '../../graph/access-token.js'
import { readApplication } from '../../graph/applications.js'
import { GraphClient } from '../../graph/graph-client.js'
import { toGraphPlace } from '../../graph/graph-url.js'
import { addCertificate, endCertificate } from './certificate.js'
import type { Rotation, RotationReport } from './rotation.js'
import { addNewSecret, endSecret } from './secret.js'

const HELP = `identity-web-cli rotate replaces the secret or the certificate of an app registration

Usage: identity-web-cli rotate --env <file> [options]
       identity-web-cli rotate --env <file> --end-old [options]

The first command adds a new credential and keeps the old one. Deploy it to all your servers.
The second command removes the old credential, if a token can be requested with the new one.

  --env <file>          The file with IDENTITY_CLIENT_ID and IDENTITY_CLIENT_SECRET. It gets the
                        new secret and its date, IDENTITY_CLIENT_SECRET_EXPIRES.
                        The old secret becomes IDENTITY_CLIENT_SECRET_BEFORE
  --app-id <client ID>  The client ID. Default: IDENTITY_CLIENT_ID of the file.
                        Without --env, the new secret is printed once
  --certificate <file>  Replace a certificate. The file gets a new key and a new certificate.
                        The old file becomes <file>.before
  --private-key <file>  The file of the key, if it is not the file of the certificate
  --days <days>         The time until the new credential ends. Default: 180
  --end-old             Remove the old credential
  --key-id <id>         The ID of the old secret, if the file does not contain it
  --dry-run             Show the changes without making them
  --json                Print JSON. A secret then needs --env
  --token-file <file>   A file with a token of Microsoft Graph.
                        Default: a token of the Azure CLI ("az login")
  --graph <url>         Microsoft Graph of another cloud, or of the development provider
  --help                Show this help

Example: npx --no-install identity-web-cli rotate --env .env`

/** Replaces a credential of an app registration. */
export const rotate: Command = defineCommand({
  name: 'rotate',
  summary: 'replaces the secret or the certificate of an app registration',
  help: HELP,
  options: {
    env: { type: 'string' },
    'app-id': { type: 'string' },
    certificate: { type: 'string' },
    'private-key': { type: 'string' },
    days: { type: 'string' },
    'end-old': { type: 'boolean' },
    'key-id': { type: 'string' },
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
    'token-file': { type: 'string' },
    graph: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
  async run(values, context) {
    const { folder, output } = context
    const place = toGraphPlace(values.graph)
    const days = toDays(values.days, '--days')
    const envPath = values.env === undefined ? undefined : await findFile(folder, values.env)
    const variables = await readVariables(envPath, context)
    const appId = values['app-id'] ?? variables['IDENTITY_CLIENT_ID'] ?? ''
    const isSecret = values.certificate === undefined
    checkOptions({ ...values, appId, isSecret })
    if (values.env !== undefined)
      assertSameApp(values.env, { inFile: variables['IDENTITY_CLIENT_ID'], app: appId })
    if (isSecret && envPath !== undefined) await assertWritable(envPath)
    // The command replaces these files, too.
    const keyFiles = [values.certificate, values['private-key']]
    for (const file of keyFiles) if (file !== undefined) await findFile(folder, file)
    const { token, tenantId } = await readAccessToken(values['token-file'], context)
    const graph = new GraphClient(place.base, token)
    const rotation: Rotation = {
      graph,
      app: await readApplication(graph, appId),
      variables,
      env: values.env,
      envPath,
      days,
      isDryRun: values['dry-run'] ?? false,
      keyId: values['key-id'],
      certificatePath: values.certificate && resolve(folder, values.certificate),
      keyPath: values['private-key'] && resolve(folder, values['private-key']),
      token: {
        authority: authorityOf(variables['IDENTITY_AUTHORITY'], `${place.login}/${tenantId}`),
        clientId: appId,
        scope: place.scope,
      },
      output,
    }
    const isEnd = values['end-old'] ?? false
    const steps = isSecret ? [addNewSecret, endSecret] : [addCertificate, endCertificate]
    const report = await steps[isEnd ? 1 : 0]?.(rotation)
    if (report !== undefined) print(report, values, context)
    return EXIT.ok
  },
})

async function readVariables(
  path: string | undefined,
  { output }: CommandContext,
): Promise<Readonly<Record<string, string | undefined>>> {
  if (path === undefined) return {}
  const text = await readEnvText(path)
  if (text === undefined) throw new UsageError(`The file ${path} of --env does not exist.`)
  const variables = parseEnv(text)
  output.hide(variables['IDENTITY_CLIENT_SECRET'])
  output.hide(variables['IDENTITY_CLIENT_SECRET_BEFORE'])
  return variables
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function checkOptions(values: {
  readonly appId: string
  readonly isSecret: boolean
  readonly env?: string | undefined
  readonly json?: boolean | undefined
  readonly 'end-old'?: boolean | undefined
  readonly 'dry-run'?: boolean | undefined
}): void {
  if (!GUID.test(values.appId)) {
    throw new UsageError(
      'The client ID of the app is missing. Write --app-id <client ID>, or set IDENTITY_CLIENT_ID in the file of --env.',
    )
  }
  if (!values.isSecret || values.env !== undefined) return
  if (values['end-old'] === true) {
    throw new UsageError('--end-old needs the new secret. Write --env <file>.')
  }
  if (values.json === true && values['dry-run'] !== true) {
    throw new UsageError('--json does not print a secret. Add --env <file>.')
  }
}

/** Returns the authority of the file. The tenant of the token replaces a path for many tenants. */
function authorityOf(configured: string | undefined, own: string): string {
  if (configured === undefined || !URL.canParse(configured)) return own
  const url = withoutEndSlash(configured).replace(/\/v2\.0$/, '')
  return /\/(?:common|organizations|consumers)$/i.test(url) ? own : url
}

function print(
  { changes, next, secret }: RotationReport,
  {
    json,
    'dry-run': isDryRun = false,
  }: { json?: boolean | undefined; 'dry-run'?: boolean | undefined },
  { output }: CommandContext,
): void {
  if (json === true) {
    output.print(JSON.stringify({ isDryRun, changes }, null, 2))
    return
  }
  for (const line of changes) output.print(line)
  if (isDryRun)
    output.print(
      'No request was sent that changes the app. To make these changes, run the command without --dry-run.',
    )
  else output.print(next)
  if (secret === undefined || isDryRun) return
  output.reveal(`  IDENTITY_CLIENT_SECRET=${secret.secret}`)
  output.print(`  IDENTITY_CLIENT_SECRET_EXPIRES=${secret.end}`)
}
