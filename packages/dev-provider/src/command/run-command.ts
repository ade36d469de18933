import type { DevProvider } from '../dev-provider.js'
import { easyAuthCommand } from './easy-auth-command.js'
import { explainError } from './explain-error.js'
import { processIo, type CommandIo } from './io.js'
import { startCommand } from './start-command.js'
import { runTokenCommand } from './token-command.js'

/**
 * Runs the command `identity-web-dev` with the given arguments.
 *
 * It does not throw. Instead, it writes an error to `io.error` and returns the exit code 1.
 *
 * @param args - The arguments after the command's name, by default those of this process.
 * @param io - The functions that write a line, by default to the standard streams of this process.
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
    if (args[0] === 'help') return await startCommand(['--help'], io)
    if (args[0] === 'easy-auth') return await easyAuthCommand(args.slice(1), io)
    if (args[0] !== 'token') return await startCommand(args, io)
    io.out(await runTokenCommand(args.slice(1), io))
    return 0
  } catch (error) {
    io.error(await explainError(error))
    return 1
  }
}
