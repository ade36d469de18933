import { parseArgs, type ParseArgsConfig } from 'node:util'
import { suggestName } from '../config/closest-name.js'

/** The options of a command, in the format of `parseArgs`. */
export type OptionTable = NonNullable<ParseArgsConfig['options']>

/** The options of a command, and the names for its error messages. */
export interface Syntax<Options extends OptionTable> {
  readonly options: Options
  /** The default values of options that can be given without a value, for example `--write-env`. */
  readonly optionalValues?: Readonly<Record<string, string>>
  readonly subcommands?: readonly string[]
}

/** The values of the options of a command. */
export type OptionValues<Options extends OptionTable> = ReturnType<
  typeof parseArgs<{ args: string[]; options: Options }>
>['values']

/**
 * Returns the values of the options.
 *
 * @throws TypeError for an unknown option or subcommand, and for an option without its value.
 */
export function parseOptions<Options extends OptionTable>(
  args: readonly string[],
  syntax: Syntax<Options>,
): OptionValues<Options> {
  const { options, subcommands = [] } = syntax
  const complete = addOptionalValues(args, syntax.optionalValues ?? {})
  const { tokens } = parseArgs({ args: complete, options, strict: false, tokens: true })
  for (const token of tokens) {
    if (token.kind === 'positional') throw unknownArgument(token.value, subcommands)
    if (token.kind === 'option') assertOption(token, options)
  }
  return parseArgs({ args: complete, options }).values
}

interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value: string | undefined
  readonly inlineValue: boolean | undefined
}

function assertOption(
  { name, rawName, value, inlineValue }: OptionToken,
  options: OptionTable,
): void {
  const option = Object.hasOwn(options, name) ? options[name] : undefined
  if (option === undefined) {
    const names = Object.keys(options)
    throw new TypeError(
      `${rawName} is not an option. ${toOptions(suggestName(name, names), names)}`,
    )
  }
  if (option.type === 'boolean' && value !== undefined) {
    throw new TypeError(`${rawName} does not have a value. Remove '=' and the text after it.`)
  }
  // A value that starts with a hyphen is usually the next option.
  const isMissing = value === undefined || value === '' || (!inlineValue && value.startsWith('-'))
  if (option.type === 'string' && isMissing) {
    throw new TypeError(`${rawName} needs a value. Write ${rawName}=<value>.`)
  }
}

function unknownArgument(argument: string, subcommands: readonly string[]): TypeError {
  const suggestion =
    subcommands.length === 0
      ? 'Write values after their option, and quote values that contain spaces.'
      : suggestCommand(argument, subcommands)
  return new TypeError(`'${argument}' is not a command. ${suggestion}`)
}

function suggestCommand(argument: string, subcommands: readonly string[]): string {
  const suggestion = suggestName(argument, subcommands)
  return suggestion.startsWith('Did you mean')
    ? suggestion
    : `To start the provider, remove this word. The only command is ${subcommands.join(', ')}. For all options, use --help.`
}

/** Adds the hyphens to the names of options in a suggestion. */
function toOptions(suggestion: string, names: readonly string[]): string {
  return suggestion.replaceAll(/[a-z][a-z-]*/g, (word) =>
    names.includes(word) ? `--${word}` : word,
  )
}

function addOptionalValues(
  args: readonly string[],
  defaults: Readonly<Record<string, string>>,
): string[] {
  return args.map((arg, index) => {
    const value = arg.startsWith('--') ? defaults[arg.slice(2)] : undefined
    const next = args[index + 1]
    const isAlone = next === undefined || next.startsWith('-')
    return value !== undefined && isAlone ? `${arg}=${value}` : arg
  })
}
