import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Variables } from '../config/app-variables.js'
import type { DevProvider } from '../dev-provider.js'
import { closeWith } from './close-with.js'
import type { CommandIo } from './io.js'

/** An app that the command starts next to the provider. */
export interface AppRun {
  readonly provider: DevProvider
  /** The program and its arguments, for example `['node', 'app.mjs']`. */
  readonly command: readonly string[]
  /** The variables in a file of the user. The variables of this process and `variables` take precedence. */
  readonly fromFile?: Variables
  /** The settings of the provider. */
  readonly variables: Variables
  readonly io: CommandIo
}

/**
 * Matches the names of settings for another provider, because such settings would contradict the settings of this
 * provider.
 */
const OTHER_PROVIDER = /^IDENTITY_(?:AUTHORITY|OIDC_AUTHORITY|B2C_\w+|CLIENT_\w+)$/

/**
 * Starts the app with the variables. When the app ends, the provider closes, and this process ends with the same code. When the
 * provider closes, the app ends.
 */
export function runApp({ provider, command, fromFile = {}, variables, io }: AppRun): void {
  const [program = '', ...args] = command
  // Windows starts the programs of node_modules/.bin only through its shell.
  const options = optionsWith(variables, fromFile)
  const isWindows = process.platform === 'win32'
  const child = isWindows
    ? spawn([program, ...args].map(quote).join(' '), { ...options, shell: true })
    : spawn(program, args, options)
  let isStopping = false
  child.once('error', (error: NodeJS.ErrnoException) => {
    const isMissing = error.code === 'ENOENT'
    const reason = isMissing ? 'the program is not installed' : error.message
    io.error(`Could not start ${program}: ${reason}. Check the command after --.`)
    process.exitCode = 1
    void provider.close()
  })
  child.once('exit', (code, signal) => {
    if (isStopping) return
    // A server that is exported and never started ends at once, without an error.
    if (code === 0)
      io.out(
        `${program} has ended, so the development provider stops. Check that your app listens at a port, because a server does not end.`,
      )
    process.exitCode = code ?? (signal === null ? 1 : 128 + constants.signals[signal])
    void provider.close()
  })
  closeWith(provider, () => {
    isStopping = true
    return stop(child)
  })
}

function optionsWith(variables: Variables, fromFile: Variables) {
  // The file is for all ways to start the app, and only this command is for development. NODE_ENV is not set: an app whose URLs
  // are on this machine is in development without it, and `next start` needs another value than `next dev`.
  const { NODE_ENV: _, ...others } = fromFile
  const inherited = Object.entries({ ...others, ...process.env }).filter(
    ([name]) => !OTHER_PROVIDER.test(name),
  )
  // Scripts of package.json find these programs too.
  const programs = join(process.cwd(), 'node_modules/.bin')
  const path = [programs, process.env['PATH'] ?? ''].join(delimiter)
  const env = {
    ...Object.fromEntries(inherited),
    ...variables,
    PATH: path,
  }
  return { env, stdio: 'inherit' } as const
}

/** Ends the app. After Ctrl+C in a terminal, it has received the signal itself. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

function quote(argument: string): string {
  return /[\s"]/.test(argument) ? `"${argument.replaceAll('"', String.raw`\"`)}"` : argument
}
