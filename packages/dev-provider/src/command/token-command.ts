import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { parseOptions } from './parse-options.js'
import type { AccessTokenRequest } from '../controls/access-token-request.js'

/** The output of `identity-web-dev token --help`. */
const TOKEN_HELP = `identity-web-dev token prints an access token of a running provider

Usage: identity-web-dev token --as <user> [options]
       identity-web-dev token --app <client ID> [options]

  --as <user>          User name or first name, for example alex
  --app <client ID>    The calling app. Without --as, the token is an app-only token
  --scope <scope>      A scope of the API. Repeat it for several (default all scopes of the API)
  --role <role>        A role in the token. Repeat it for several
  --api <name>         Client ID or App ID URI of the API. With oidc, any audience
  --authority <name>   A tenant, adfs, oidc, or an authority URL of the provider
  --expires-in=<secs>  Lifetime in seconds. Use -60 or less for an expired token
  --port <number>      Port of the provider (default 5100)
  --https              The provider uses https
  --help               Show this help

Example: curl -H "Authorization: Bearer $(npx identity-web-dev token --as alex)" http://localhost:3000/todos`

const OPTIONS = {
  as: { type: 'string' },
  app: { type: 'string' },
  scope: { type: 'string', multiple: true },
  role: { type: 'string', multiple: true },
  api: { type: 'string' },
  authority: { type: 'string' },
  'expires-in': { type: 'string' },
  port: { type: 'string', default: '5100' },
  https: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const

/**
 * Runs `identity-web-dev token`.
 *
 * @returns The output, which is either the token or the help.
 * @throws TypeError when an option is not valid.
 * @throws Error when the provider is not running or rejects the request.
 */
export async function runTokenCommand(args: readonly string[]): Promise<string> {
  const values = parseOptions(args, { options: OPTIONS })
  if (values.help) return TOKEN_HELP
  const { as, app, api, authority, scope, role, 'expires-in': expiresIn } = values
  if (as === undefined && app === undefined) {
    throw new TypeError(
      'The token has no user and no app. Set --as <user>, or --app <client ID> for an app-only token.',
    )
  }
  if (expiresIn !== undefined && !/^-?\d+$/.test(expiresIn)) {
    throw new TypeError(`--expires-in is '${expiresIn}'. Set it to a number of seconds.`)
  }
  const request: AccessTokenRequest = {
    ...(as !== undefined && { as }),
    ...(app !== undefined && { app }),
    ...(api !== undefined && { api }),
    ...(authority !== undefined && { authority }),
    // One option can contain several scopes, like a `scope` parameter.
    ...(scope !== undefined && { scopes: scope.flatMap((value) => value.split(' ')) }),
    ...(role !== undefined && { roles: role }),
    ...(expiresIn !== undefined && { expiresIn: Number(expiresIn) }),
  }
  const origin = `${values.https ? 'https' : 'http'}://localhost:${values.port}`
  if (!URL.canParse(origin)) throw new TypeError(`--port is '${values.port}'. Set it to a number.`)
  return askProvider(origin, request)
}

async function askProvider(origin: string, request: AccessTokenRequest): Promise<string> {
  const response = await postJson(`${origin}/dev/token`, JSON.stringify(request)).catch(
    (cause: unknown) => {
      throw new Error(
        `No provider is running at ${origin}. Start one with "npx identity-web-dev", or set --port to its port.`,
        { cause },
      )
    },
  )
  const { access_token: token, error_description: description } = parseResponse(response)
  if (typeof token === 'string') return token
  throw new Error(
    typeof description === 'string'
      ? description
      : `The program at ${origin} is not a development provider. Set --port to the port of the provider.`,
  )
}

function postJson(url: string, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const isSecure = url.startsWith('https:')
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    }
    const outgoing = (isSecure ? httpsRequest : httpRequest)(
      url,
      // The certificate is self-signed, and both programs run on the same machine.
      { method: 'POST', headers, ...(isSecure && { rejectUnauthorized: false }) },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => resolve(Buffer.concat(chunks).toString()))
        response.on('error', reject)
      },
    )
    outgoing.on('error', reject).end(body)
  })
}

function parseResponse(json: string): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(json)
    if (typeof body === 'object' && body !== null) return body as Record<string, unknown>
  } catch {
    // Another program uses the port. The caller reports it.
  }
  return {}
}
