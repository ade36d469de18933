import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { CommandContext } from '../command/command.js'
import { runProgram } from '../command/run-program.js'
import { UsageError } from '../command/usage-error.js'

const AZ = ['account', 'get-access-token', '--resource-type', 'ms-graph']
const TIMEOUT_MS = 120_000

/** A token of Microsoft Graph, and the tenant that it belongs to. */
export interface AccessToken {
  readonly token: string
  readonly tenantId: string
}

/**
 * Returns an access token of Microsoft Graph: the content of the file, or a token of the Azure CLI. After this call,
 * the output of the command hides the token.
 */
export async function readAccessToken(
  tokenFile: string | undefined,
  context: CommandContext,
): Promise<AccessToken> {
  const token =
    tokenFile === undefined ? await askAzureCli(context) : await readTokenFile(tokenFile, context)
  context.output.hide(token)
  return { token, tenantId: tenantOf(token) }
}

async function readTokenFile(file: string, { folder }: CommandContext): Promise<string> {
  const text = await readFile(resolve(folder, file), 'utf8').catch((error: unknown) => {
    const { code } = error as { readonly code?: unknown }
    throw new UsageError(
      `The file ${file} of --token-file cannot be read (${String(code)}). Correct the path, and make the file readable for your user.`,
    )
  })
  return text.trim()
}

async function askAzureCli({ env }: CommandContext): Promise<string> {
  const args = [...AZ, '--query', 'accessToken', '--output', 'tsv']
  const { error, stdout, stderr } = await runProgram('az', args, { env, timeout: TIMEOUT_MS })
  if (error === undefined) return stdout.trim()
  if (error.code === 'ENOENT') {
    throw new Error(
      'The Azure CLI is not installed. Install it and run "az login", or write a token of Microsoft Graph to a file and pass --token-file.',
    )
  }
  const reason = /^ERROR: (.*)$/m.exec(stderr)?.[1] ?? ''
  throw new Error(`The Azure CLI did not return a token. Run "az login". ${reason}`.trim())
}

function tenantOf(token: string): string {
  const [, payload = ''] = token.split('.')
  try {
    const { tid } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
      readonly tid?: unknown
    }
    if (typeof tid === 'string') return tid
  } catch {
    // The message below also applies to a token that is not a JWT.
  }
  throw new UsageError(
    'The token is not an access token of Microsoft Graph for a tenant. Use the output of: az account get-access-token --resource-type ms-graph --query accessToken --output tsv',
  )
}
