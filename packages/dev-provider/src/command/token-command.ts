import type { CommandIo } from './io.js'
import { originsOf, requestLocal } from './local-request.js'
import { parseOptions } from './parse-options.js'
import { projectPort } from './project-provider.js'
import { givenOnly } from '../config/value-checks.js'
import type { AccessTokenRequest } from '../controls/access-token-request.js'

/** The output of `identity-web-dev token --help`. */
const TOKEN_HELP = `identity-web-dev token prints an access token of a running provider

Usage: identity-web-dev token --as <user> [options]
       identity-web-dev token --app <client ID> [options]

  --as <user>          User name or first name, for example alex
  --app <client ID>    The calling app. Without --as, the token is an app-only token
  --scope <scope>      A scope of the API. Repeat the option for several (default all scopes)
  --role <role>        A role in the token. Repeat the option for several roles
  --api <name>         Client ID or App ID URI of the API. With oidc, any audience
  --authority <name>   A tenant, adfs, oidc, or an authority URL of the provider
  --expires-in=<secs>  Lifetime in seconds. Use -60 or less for an expired token
  --port <number>      Port of the provider (default: the provider of this folder, or else 5100)
  --https              Use only https. Without this option, the command also tries http
  --help               Show this help

Example: curl -H "Authorization: Bearer $(npx --no-install identity-web-dev token --as alex)" http://localhost:3000/todos`

const OPTIONS = {
  as: { type: 'string' },
  app: { type: 'string' },
  scope: { type: 'string', multiple: true },
  role: { type: 'string', multiple: true },
  api: { type: 'string' },
  authority: { type: 'string' },
  'expires-in': { type: 'string' },
  port: { type: 'string' },
  https: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const

/**
 * Runs `identity-web-dev token`.
 *
 * @returns The output, which is either the token or the help.
 * @throws TypeError when an option is not valid.
 * @throws Error when the provider is not running or rejects the request.
 */
export async function runTokenCommand(args: readonly string[], io: CommandIo): Promise<string> {
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
    ...givenOnly({ as, app, api, authority, roles: role }),
    // One option can contain several scopes, like a `scope` parameter.
    ...(scope !== undefined && { scopes: scope.flatMap((value) => value.split(' ')) }),
    ...(expiresIn !== undefined && { expiresIn: Number(expiresIn) }),
  }
  const { port: given, https: isSecure } = values
  if (given !== undefined && !URL.canParse(`http://localhost:${given}`))
    throw new TypeError(`--port is '${given}'. Set it to a number.`)
  const port = given ?? (await projectPort())
  if (port !== undefined) return askProvider({ port, isSecure }, request)
  const token = await askProvider({ port: DEFAULT_PORT, isSecure }, request)
  // The output contains only the token, for example for `$(…)` in a shell.
  io.error(OTHER_FOLDER)
  return token
}

const DEFAULT_PORT = '5100'

const OTHER_FOLDER = `Note: the provider at port ${DEFAULT_PORT} issued this token. You did not start this provider in this folder, and the file .env of this folder does not contain its URL. If your API rejects the token, set --port to the port of the provider that your API uses.`

/** The programs that a token can come from. */
interface Place {
  readonly port: string
  /** `true` if the command does not try http. */
  readonly isSecure: boolean
}

async function askProvider(
  { port, isSecure }: Place,
  request: AccessTokenRequest,
): Promise<string> {
  const json = JSON.stringify(request)
  const [secure, plain] = originsOf(port)
  // https is first, because a provider with https logs requests that do not use it.
  const response = await requestLocal(`${secure}/dev/token`, { json })
    .catch((error: unknown) => {
      if (isSecure) throw error
      return requestLocal(`${plain}/dev/token`, { json })
    })
    .catch((cause: unknown) => {
      throw new Error(
        `No provider is running at port ${port}. Start one with "npx --no-install identity-web-dev", or set --port to the port of a running provider.`,
        { cause },
      )
    })
  const { access_token: token, error_description: description } = parseResponse(response)
  if (typeof token === 'string') return token
  throw new Error(
    typeof description === 'string'
      ? description
      : `The program at port ${port} is not a development provider. Set --port to the port of the provider.`,
  )
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
