import { runCommand } from './run-command.js'

/** Runs the command with the arguments of this process, until a signal stops it. */
export async function main(): Promise<void> {
  const result = await runCommand()
  if (typeof result === 'number') {
    process.exitCode = result
    return
  }
  // The process ends when the server is closed. A second signal ends it at once.
  const stop = (): void => void result.close()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
}
