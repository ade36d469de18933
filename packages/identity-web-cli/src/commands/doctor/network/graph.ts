import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { CheckError } from '../explain-error.js'
import type { Evidence } from '../evidence.js'
import { graphOf } from '../subject/authorities.js'

const run = promisify(execFile)

/** A secret or a certificate in the app registration. Microsoft Graph does not return its value. */
export interface RegisteredCredential {
  readonly kind: 'secret' | 'certificate'
  /** The name that the registration shows, and the start of its ID. */
  readonly name: string
  readonly end: Date
}

interface Entry {
  readonly displayName?: string | null
  readonly keyId?: string
  readonly endDateTime?: string
}

/**
 * Reads the secrets and the certificates of the app registration from Microsoft Graph.
 *
 * @returns `undefined` if the user did not allow it.
 * @throws Error with the status if Microsoft Graph rejects the request.
 */
export async function readRegisteredCredentials(
  evidence: Evidence,
): Promise<readonly RegisteredCredential[] | undefined> {
  const { clientId, authority, choices } = evidence
  if (!choices.az && choices.tokenFile === undefined) return undefined
  // The token is for an administrator, so it is sent only to Microsoft, or to the URL that the user names.
  const graph = choices.graph ?? graphOf(authority)
  if (graph === undefined || clientId === undefined)
    throw new CheckError(
      'The authority does not have a Microsoft Graph, so the registered secrets are not visible.',
      'Remove --az and --token-file. For the development provider, name its Graph with --graph.',
    )
  const token = await readToken(evidence)
  evidence.output.hide(token)
  const url = new URL(`${graph.replace(/\/$/, '')}/applications`)
  url.searchParams.set('$filter', `appId eq '${clientId}'`)
  url.searchParams.set('$select', 'appId,passwordCredentials,keyCredentials')
  const response = await evidence.fetch(url, { headers: { authorization: `Bearer ${token}` } })
  if (!response.ok)
    throw new CheckError(
      `Microsoft Graph responds with ${response.status}.`,
      response.status === 403
        ? 'Use an account with the permission Application.Read.All, or an owner of the app registration.'
        : 'Get a new token: run "az login", or replace the file of --token-file.',
    )
  const { value = [] } = (await response.json()) as {
    readonly value?: readonly {
      readonly passwordCredentials?: readonly Entry[]
      readonly keyCredentials?: readonly Entry[]
    }[]
  }
  const [app] = value
  if (app === undefined)
    throw new CheckError(
      `The tenant of the token does not contain the app registration ${clientId}.`,
      'Get a token for the tenant of the app: az login --tenant <tenant>.',
    )
  return [
    ...(app.passwordCredentials ?? []).map((entry) => toCredential('secret', entry)),
    ...(app.keyCredentials ?? []).map((entry) => toCredential('certificate', entry)),
  ]
}

async function readToken({ choices, folder }: Evidence): Promise<string> {
  if (choices.tokenFile !== undefined)
    return (await readFile(resolve(folder, choices.tokenFile), 'utf8')).trim()
  const args = ['account', 'get-access-token', '--resource-type', 'ms-graph']
  const output = ['--query', 'accessToken', '--output', 'tsv']
  try {
    // On Windows, `az` is a script for the shell. The arguments are constant.
    const shell = process.platform === 'win32'
    const { stdout } = await run('az', [...args, ...output], { shell })
    return stdout.trim()
  } catch (cause) {
    throw new CheckError(
      'The Azure CLI did not return a token.',
      'Install the Azure CLI, and run "az login".',
      { cause },
    )
  }
}

function toCredential(
  kind: RegisteredCredential['kind'],
  { displayName, keyId = '', endDateTime = '' }: Entry,
): RegisteredCredential {
  const name = `"${displayName ?? 'without a name'}" (${keyId.slice(0, 8)})`
  return { kind, name, end: new Date(endDateTime) }
}
