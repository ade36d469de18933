import type { Output } from '../output/output.js'
import type { OptionTable, Values } from './parse-options.js'
import type { World } from './world.js'

/** The exit codes of all commands. */
export const EXIT = {
  /** The exit code of a command that did its work. */
  ok: 0,
  /** The exit code of a command that found errors, or could not do its work. */
  failed: 1,
  /** The exit code for a mistake in the command line. */
  usage: 2,
} as const

/** A command, such as `doctor`. */
export interface Command<Options extends OptionTable = OptionTable> {
  readonly name: string
  /** The purpose of the command, in one line for the list of all commands. */
  readonly summary: string
  /** The output of `--help`. */
  readonly help: string
  readonly options: Options
  /**
   * Runs the command.
   *
   * @returns The exit code.
   * @throws UsageError when options contradict each other.
   */
  run(values: Values<Options>, context: CommandContext): Promise<number>
}

/** The environment of a command that runs: the output, and the parts of the process that it uses. */
export interface CommandContext extends Pick<World, 'folder' | 'env' | 'ask'> {
  /** The output of the command. A command writes everything through this object, because it hides secrets. */
  readonly output: Output
}

/** Returns the command without the types of its options, for the list of all commands. */
export function defineCommand<const Options extends OptionTable>(
  command: Command<Options>,
): Command {
  return command
}
