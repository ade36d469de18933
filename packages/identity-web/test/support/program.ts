import { spawn, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'

/** An external program that runs while the tests run. */
export interface Program {
  readonly pid: number
  /** Sends a signal to it. */
  signal(signal: NodeJS.Signals): void
  /** Ends it by a signal, and waits until it has ended. */
  end(signal?: NodeJS.Signals): Promise<void>
}

/**
 * Starts a program and waits until it says that it is ready.
 *
 * @param ready - The text that it prints when it is ready.
 * @throws An error with its output, if it ends before.
 */
export async function startProgram(
  command: string,
  args: readonly string[],
  ready: string,
  options: SpawnOptions = {},
): Promise<Program> {
  // The kernel ends the program together with the tests, even if they are killed.
  const guard = process.platform === 'linux' ? ['setpriv', '--pdeathsig', 'KILL'] : []
  const [file = command, ...rest] = [...guard, command, ...args]
  const child = spawn(file, rest, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  let printed = ''
  await new Promise<void>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      if (printed.includes(ready)) return
      printed += chunk.toString()
      if (printed.includes(ready)) resolve()
    }
    child.stdout?.on('data', read)
    child.stderr?.on('data', read)
    child.once('error', reject)
    child.once('exit', () => reject(new Error(`${command} ended: ${printed}`)))
  })
  const gone = once(child, 'exit')
  return {
    pid: child.pid ?? 0,
    signal: (signal) => void child.kill(signal),
    async end(signal = 'SIGTERM') {
      child.kill(signal)
      await gone
    },
  }
}
