import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { DevProviderConfig, TenantKind } from './config/config.js'
import { runTokenCommand } from './token-command.js'
import type { DevProvider } from './dev-provider.js'
import { startDevProvider } from './provider.js'

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
  /** Writes a line to the standard output. */
  readonly out: (line: string) => unknown
  /** Writes a line to the standard error output. */
  readonly error: (line: string) => unknown
}

const HELP = `identity-web-dev starts a local identity provider that behaves like Microsoft Entra ID

Usage: identity-web-dev [options]
       identity-web-dev token --as <user>   prints an access token (see token --help)

  --port <number>   Port to listen on, or 0 for any free port (default 5100)
  --config <file>   JSON file with tenants, users and apps. A missing list keeps its default
  --https           Use https with a new self-signed certificate
  --verbose         Print one line per request. Without it, only errors that you can fix
  --allow-production
                    Start although NODE_ENV is production
  --help            Show this help

Use it only for development. It does not check passwords, and only this machine can reach it.`

const processIo: CommandIo = {
  out: (line) => process.stdout.write(`${line}\n`),
  error: (line) => process.stderr.write(`${line}\n`),
}

/**
 * Runs the command `identity-web-dev` with the given arguments.
 *
 * It does not throw. It writes an error to `io.error` and returns the exit code 1.
 *
 * @param args - The arguments after the name of the command. The default is the arguments of this
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
        'allow-production': { type: 'boolean', default: false },
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
      allowProduction: values['allow-production'],
      ...(values.config !== undefined && { config: await readConfig(values.config) }),
      ...(values.verbose ? { logger: io.out } : { errorLogger: io.out }),
    })
    io.out(describe(provider))
    return provider
  } catch (error) {
    io.error(explain(error))
    return 1
  }
}

function parsePort(value: string): number {
  const port = Number(value)
  if (/^\d+$/.test(value) && port <= 65_535) return port
  throw new TypeError(`--port is '${value}'. Set it to a number from 0 to 65535.`)
}

async function readConfig(file: string): Promise<Partial<DevProviderConfig>> {
  const json = await readFile(file, 'utf8')
  try {
    return JSON.parse(json) as Partial<DevProviderConfig>
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unreadable'
    throw new TypeError(`--config cannot be read. The file ${file} is not valid JSON: ${reason}`, {
      cause: error,
    })
  }
}

// A load test can configure thousands of users. The list stays readable with fewer.
const MAX_USERS = 50

function describe(provider: DevProvider): string {
  const { config, app } = provider
  const listed = config.users.slice(0, MAX_USERS)
  const others = config.users.length - listed.length
  const width = Math.max(...listed.map((user) => user.name.length))
  return [
    `Development provider at ${provider.origin}`,
    '',
    `  authority      ${provider.authority()}`,
    `                 ${provider.authority('common')} (or organizations, consumers)`,
    ...describeOthers(provider),
    `  AD FS          ${provider.adfsAuthority}`,
    `  plain OpenID   ${provider.oidcAuthority}`,
    `  client ID      ${app.clientId}`,
    `  client secret  ${app.clientSecret ?? '(none)'}`,
    ...describeApis(provider),
    '',
    ...listed.map((user) => `  ${user.name.padEnd(width)}  ${user.username}`),
    ...(others > 0 ? [`  and ${others} more`] : []),
    '',
    'Only for development, because it does not check passwords. Press Ctrl+C to stop it.',
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
  if (code === 'EADDRINUSE')
    return 'Another program uses this port. Choose another port with --port.'
  return error instanceof Error ? error.message : String(error)
}
