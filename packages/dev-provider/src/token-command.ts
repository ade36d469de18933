import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { parseArgs } from 'node:util'
import type { AccessTokenRequest } from './controls/access-token-request.js'

/** The output of `identity-web-dev token --help`. */
const TOKEN_HELP = `identity-web-dev token: prints an access token of a provider that runs

Usage: identity-web-dev token --as <user> [options]
       identity-web-dev token --app <client id> [options]

  --as <user>          User name or first name, for example alex
  --app <client id>    The calling app; without --as the token is the app's own
  --scope <scope>      A scope of the API; may come several times (default all of the API's)
  --role <role>        A role in the token; may come several times
  --api <name>         The API: client id, App ID URI, at the plain provider any audience
  --authority <name>   A tenant, adfs, oidc, or an authority of the provider
  --expires-in=<secs>  Lifetime; -60 or less makes an expired token, as APIs tolerate a minute
  --port <number>      Port of the provider (default 5100)
  --https              The provider serves https
  --help               Show this text

Example: curl -H "Authorization: Bearer $(npx identity-web-dev token --as alex)" http://localhost:5000/todos`

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
  const { values } = parseArgs({ args: [...args], options: OPTIONS })
  if (values.help) return TOKEN_HELP
  const { as, app, api, authority, scope, role, 'expires-in': expiresIn } = values
  if (as === undefined && app === undefined) {
    throw new TypeError('Say who: --as <user>, or --app <client id> for a token of the app itself.')
  }
  if (expiresIn !== undefined && !/^-?\d+$/.test(expiresIn)) {
    throw new TypeError(`--expires-in must be a number of seconds, not ${expiresIn}.`)
  }
  const request: AccessTokenRequest = {
    ...(as !== undefined && { as }),
    ...(app !== undefined && { app }),
    ...(api !== undefined && { api }),
    ...(authority !== undefined && { authority }),
    // One option can contain several scopes, like a `scope` parameter.
    ...(scope !== undefined && { scopes: scope.flatMap((text) => text.split(' ')) }),
    ...(role !== undefined && { roles: role }),
    ...(expiresIn !== undefined && { expiresIn: Number(expiresIn) }),
  }
  const origin = `${values.https ? 'https' : 'http'}://localhost:${values.port}`
  if (!URL.canParse(origin)) throw new TypeError(`--port must be a number, not ${values.port}.`)
  return askProvider(origin, request)
}

async function askProvider(origin: string, request: AccessTokenRequest): Promise<string> {
  const answer = await post(`${origin}/dev/token`, JSON.stringify(request)).catch(
    (cause: unknown) => {
      throw new Error(
        `No provider answers at ${origin}. Start one with: npx identity-web-dev, or name its --port.`,
        { cause },
      )
    },
  )
  const { access_token: token, error_description: fault } = parseAnswer(answer)
  if (typeof token === 'string') return token
  throw new Error(typeof fault === 'string' ? fault : `${origin} is not a development provider.`)
}

function post(url: string, body: string): Promise<string> {
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

function parseAnswer(text: string): Readonly<Record<string, unknown>> {
  try {
    const answer: unknown = JSON.parse(text)
    if (typeof answer === 'object' && answer !== null) return answer as Record<string, unknown>
  } catch {
    // Another program uses the port. The caller reports it.
  }
  return {}
}
