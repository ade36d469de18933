import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { DevProviderConfig, TenantKind } from './config/config.js'
import { runTokenCommand } from './token-command.js'
import { startDevProvider, type DevProvider } from './provider.js'

/**
 * The functions that the command writes its output to.
 *
 * @example Collect the output in a test
 * ```ts
 * const lines: string[] = []
 * const io: CommandIo = { out: (line) => lines.push(line), error: (line) => lines.push(line) }
 * ```
 */
export interface CommandIo {
  readonly out: (line: string) => unknown
  readonly error: (line: string) => unknown
}

const HELP = `identity-web-dev: a local identity provider with Entra ID's manners

Usage: identity-web-dev [options]
       identity-web-dev token --as <user>   prints an access token, see token --help

  --port <number>   Port to listen on, 0 for any free one (default 5100)
  --config <file>   JSON file with tenants, users and apps; what is left out keeps its default
  --https           Serve https with a certificate made on the spot
  --verbose         Print one line a request
  --help            Show this text

There are no passwords: for development only. It listens on this machine only.`

const processIo: CommandIo = {
  out: (line) => process.stdout.write(`${line}\n`),
  error: (line) => process.stderr.write(`${line}\n`),
}

/**
 * Runs the command `identity-web-dev` with the given arguments.
 *
 * It does not throw. It writes an error to `io.error` and returns the exit code 1.
 *
 * @param args - The arguments after the name of the command. The default is those of this
 *   process.
 * @param io - The functions that write a line. The default is the standard streams of this
 *   process.
 * @returns The running provider, or an exit code when the command ended without starting one.
 *
 * @example
 * ```ts
 * const result = await runCommand(['--port', '0'], { out: console.log, error: console.error })
 * ```
 */
export async function runCommand(
  args: readonly string[] = process.argv.slice(2),
  io: CommandIo = processIo,
): Promise<DevProvider | number> {
  try {
    if (args[0] === 'token') {
      io.out(await runTokenCommand(args.slice(1)))
      return 0
    }
    const { values } = parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '5100' },
        config: { type: 'string' },
        https: { type: 'boolean', default: false },
        verbose: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) {
      io.out(HELP)
      return 0
    }
    const provider = await startDevProvider({
      port: parsePort(values.port),
      tls: values.https,
      ...(values.config !== undefined && { config: await readConfig(values.config) }),
      ...(values.verbose && { logger: io.out }),
    })
    io.out(describe(provider))
    return provider
  } catch (error) {
    io.error(explain(error))
    return 1
  }
}

function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d+$/.test(text) && port <= 65_535) return port
  throw new TypeError(`--port must be a number from 0 to 65535, not ${text}.`)
}

async function readConfig(file: string): Promise<Partial<DevProviderConfig>> {
  const text = await readFile(file, 'utf8')
  try {
    return JSON.parse(text) as Partial<DevProviderConfig>
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unreadable'
    throw new TypeError(`${file} is not JSON: ${reason}`, { cause: error })
  }
}

// A load test can configure thousands of users. The list stays readable with fewer.
const MAX_USERS = 50

function describe(provider: DevProvider): string {
  const { config, app } = provider
  const shown = config.users.slice(0, MAX_USERS)
  const others = config.users.length - shown.length
  const width = Math.max(...shown.map((user) => user.name.length))
  return [
    `Development identity provider at ${provider.origin}`,
    '',
    `  authority      ${provider.authority()}`,
    `                 ${provider.authority('common')} (or organizations, consumers)`,
    ...describeOthers(provider),
    `  AD FS          ${provider.adfsAuthority}`,
    `  plain OpenID   ${provider.oidcAuthority}`,
    `  client id      ${app.clientId}`,
    `  client secret  ${app.clientSecret ?? '(none)'}`,
    ...describeApis(provider),
    '',
    ...shown.map((user) => `  ${user.name.padEnd(width)}  ${user.username}`),
    ...(others > 0 ? [`  and ${others} more`] : []),
    '',
    'No passwords: for development only. Ctrl+C stops it.',
  ].join('\n')
}

/** Returns the lines of the tenant kinds that a configuration can omit. */
function describeOthers(provider: DevProvider): string[] {
  const has = (kind: TenantKind): boolean =>
    provider.config.tenants.some((tenant) => tenant.kind === kind)
  return [
    ...(has('external-id') ? [`  External ID    ${provider.externalIdAuthority}`] : []),
    ...(has('b2c') ? [`  Azure AD B2C   ${provider.b2cAuthority()}`] : []),
  ]
}

function describeApis({ config }: DevProvider): string[] {
  return config.apps.flatMap(({ idUri, clientId }) =>
    idUri === undefined ? [] : [`  API            ${idUri}`, `                 ${clientId}`],
  )
}

function explain(error: unknown): string {
  const code = (error as { code?: unknown }).code
  if (code === 'EADDRINUSE') return 'The port is taken. Choose another one with --port.'
  return error instanceof Error ? error.message : String(error)
}
