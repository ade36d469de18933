import { parseArgs, type ParseArgsConfig } from 'node:util'
import { suggestName } from './suggest-name.js'
import { UsageError } from './usage-error.js'

/** The options of a command, in the format of `parseArgs`. */
export type OptionTable = NonNullable<ParseArgsConfig['options']>

/** The values of the options. */
export type Values<Options extends OptionTable> = ReturnType<
  typeof parseArgs<{ args: string[]; options: Options }>
>['values']

/**
 * Returns the values of the options.
 *
 * @throws UsageError for an unknown option, and for an option without its value.
 */
export function parseOptions<Options extends OptionTable>(
  args: readonly string[],
  options: Options,
): Values<Options> {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true })
  for (const token of tokens) {
    if (token.kind === 'positional')
      throw new UsageError(
        `'${token.value}' does not belong to an option. Write values after their option, and quote values that contain spaces.`,
      )
    if (token.kind === 'option') assertOption(token, options)
  }
  return parseArgs({ args: [...args], options }).values
}

interface OptionToken {
  readonly name: string
  readonly rawName: string
  readonly value: string | undefined
  readonly inlineValue: boolean | undefined
}

function assertOption({ name, rawName, value, inlineValue }: OptionToken, options: OptionTable) {
  const option = Object.hasOwn(options, name) ? options[name] : undefined
  if (option === undefined) {
    const names = Object.keys(options).map((each) => `--${each}`)
    throw new UsageError(`${rawName} is not an option. ${suggestName(rawName, names)}`)
  }
  if (option.type === 'boolean' && value !== undefined)
    throw new UsageError(`${rawName} does not have a value. Remove '=' and the text after it.`)
  // A value that starts with a hyphen is usually the next option.
  const isMissing =
    value === undefined || value === '' || (inlineValue !== true && value.startsWith('-'))
  if (option.type === 'string' && isMissing)
    throw new UsageError(`${rawName} needs a value. Write ${rawName}=<value>.`)
}
