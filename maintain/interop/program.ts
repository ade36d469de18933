import { spawn } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { NotAvailable } from './provider.ts'

/** A provider that runs as a separate process. */
export interface Program {
  stop(): Promise<void>
}

interface ProgramOptions {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** The URL that responds when the program is ready. */
  readonly readyUrl: string
  /** Whether a response shows that the program is ready. The default is a status of 200. */
  readonly isReady?: (response: Response) => boolean
}

const LONGEST_START = 60_000

/**
 * Starts a program, and waits until it responds.
 *
 * @throws {@link NotAvailable} with the last lines of its output if it ends first or takes too long.
 */
export async function startProgram({
  command,
  args,
  env,
  cwd,
  readyUrl,
  isReady = ({ ok }) => ok,
}: ProgramOptions): Promise<Program> {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env } })
  let output = ''
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-2000)
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  let hasEnded = false
  child.once('error', () => (hasEnded = true))
  child.once('exit', () => (hasEnded = true))

  async function stop(): Promise<void> {
    if (hasEnded) return
    const exit = once(child, 'exit')
    child.kill('SIGTERM')
    await Promise.race([exit, delay(3000)])
    child.kill('SIGKILL')
  }

  const end = Date.now() + LONGEST_START
  for (;;) {
    const response = await fetch(readyUrl).catch(() => undefined)
    if (response !== undefined && isReady(response)) return { stop }
    if (hasEnded || Date.now() > end) {
      await stop()
      throw new NotAvailable(`The program ${command} did not start: ${output.slice(-600)}`)
    }
    await delay(100)
  }
}

/** Starts a provider of this folder that is a program of Python. */
export function startPython(
  program: string,
  issuer: string,
  env: NodeJS.ProcessEnv,
): ReturnType<typeof startProgram> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return startProgram({
    command: '/usr/bin/python3',
    args: [fileURLToPath(new URL(`providers/${program}`, import.meta.url))],
    env: {
      PORT: new URL(issuer).port,
      PYTHONDONTWRITEBYTECODE: '1',
      PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      ...env,
    },
    readyUrl: `${issuer}/.well-known/openid-configuration`,
  })
}
