import { readFile } from 'node:fs/promises'
import { EXIT, type Command } from './command/command.js'
import { parseOptions } from './command/parse-options.js'
import { suggestName } from './command/suggest-name.js'
import { UsageError } from './command/usage-error.js'
import type { World } from './command/world.js'
import { COMMANDS } from './commands/index.js'
import { Output } from './output/output.js'

/**
 * Runs the command line `identity-web-cli`.
 *
 * It does not throw. It writes the message of an error to `world.error`.
 *
 * @param args - The arguments after the name of the program.
 * @param world - The folder, the environment variables and the output.
 * @returns The exit code: 0 for success, 1 if the command found errors or failed, 2 for a mistake in the command line.
 */
export async function runCli(args: readonly string[], world: World): Promise<number> {
  const output = new Output(world)
  try {
    return await dispatch(args, world, output)
  } catch (error) {
    output.printError(error instanceof Error ? error.message : String(error))
    return error instanceof UsageError ? EXIT.usage : EXIT.failed
  }
}

async function dispatch(args: readonly string[], world: World, output: Output): Promise<number> {
  const [name = '--help', ...rest] = args
  if (name === '--version' || name === '-v') {
    output.print(await readVersion())
    return EXIT.ok
  }
  if (name === '--help' || name === '-h' || (name === 'help' && rest.length === 0)) {
    output.print(overview())
    return EXIT.ok
  }
  if (name === 'help') return dispatch([...rest.slice(0, 1), '--help'], world, output)
  const command = COMMANDS.find((each) => each.name === name)
  if (command === undefined) {
    const names = COMMANDS.map((each) => each.name)
    throw new UsageError(`'${name}' is not a command. ${suggestName(name, names)}`)
  }
  return runCommand(command, rest, { world, output })
}

async function runCommand(
  command: Command,
  args: readonly string[],
  { world, output }: { readonly world: World; readonly output: Output },
): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    output.print(command.help)
    return EXIT.ok
  }
  const values = parseOptions(args, command.options)
  return command.run(values, { folder: world.folder, env: world.env, ask: world.ask, output })
}

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length)) + 3
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}${summary}`)
  return `identity-web-cli helps with apps that use identity-web

Usage: identity-web-cli <command> [options]

${lines.join('\n')}

Use "identity-web-cli <command> --help" for the options of a command.`
}

async function readVersion(): Promise<string> {
  const file = new URL('../package.json', import.meta.url)
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { readonly version: string }
  return version
}
