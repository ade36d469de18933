import { parseArgs } from 'node:util'
import { FRAMEWORKS, type FrameworkName } from './frameworks.js'
import type { PackageManager } from './package-manager.js'
import { STORES, type StoreName } from './stores.js'
import { TENANTS, type TenantName } from './tenants.js'
import { UsageError } from './usage-error.js'

const PACKAGE_MANAGERS = ['npm', 'pnpm', 'yarn', 'bun'] as const

/** The output of `--help`. */
export const HELP: string = `create-identity-web creates a TypeScript application with sign-in, which runs without a cloud account

Usage: create-identity-web [folder] [options]

  --framework <name>       ${wrap(Object.keys(FRAMEWORKS))}
  --tenant <kind>          ${wrap(Object.keys(TENANTS))}
  --store <name>           Where the sessions are: ${Object.keys(STORES).join(', ')} (default: cookies)
  --name <name>            The name of the package (default: the name of the folder)
  --package-manager <name> ${PACKAGE_MANAGERS.join(', ')} (default: the one that runs this command)
  --bun                    The same as --package-manager bun
  --no-install             Do not install the packages
  --yes                    Use the defaults for everything else: my-app, express, entra-id, cookies
  --version, --help

Without a terminal, for example in CI, set the folder, --framework and --tenant, or --yes.`

const OPTIONS = {
  framework: { type: 'string' },
  tenant: { type: 'string' },
  store: { type: 'string' },
  name: { type: 'string' },
  'package-manager': { type: 'string' },
  bun: { type: 'boolean' },
  'no-install': { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean', short: 'v' },
} as const

/** The arguments of the command. A question remains for each missing one. */
export interface Arguments {
  readonly folder: string | undefined
  readonly name: string | undefined
  readonly framework: FrameworkName | undefined
  readonly tenant: TenantName | undefined
  readonly store: StoreName | undefined
  readonly packageManager: PackageManager | undefined
  readonly install: boolean
  readonly yes: boolean
  readonly help: boolean
  readonly version: boolean
}

/**
 * Reads the arguments.
 *
 * @throws UsageError for an unknown option or value.
 */
export function parseArguments(args: readonly string[]): Arguments {
  const { values, positionals } = parse(args)
  const [folder, ...others] = positionals
  if (others.length > 0) {
    throw new UsageError(`Write only one folder. "${others.join(' ')}" is not an option.`)
  }
  const manager = oneOf('--package-manager', values['package-manager'], PACKAGE_MANAGERS)
  if (values.bun && manager !== undefined && manager !== 'bun') {
    throw new UsageError(
      `--bun and --package-manager ${manager} contradict each other. Remove one of them.`,
    )
  }
  return {
    folder,
    name: values.name,
    framework: oneOf('--framework', values.framework, namesOf(FRAMEWORKS)),
    tenant: oneOf('--tenant', values.tenant, namesOf(TENANTS)),
    store: oneOf('--store', values.store, namesOf(STORES)),
    packageManager: values.bun ? 'bun' : manager,
    install: values['no-install'] !== true,
    yes: values.yes === true,
    help: values.help === true,
    version: values.version === true,
  }
}

/**
 * Returns the error for an option that is missing where the command cannot ask.
 *
 * @param remedy - The first words of the sentence that says which value to set.
 */
export function missingAnswer(option: string, remedy: string): UsageError {
  return new UsageError(
    `${option} is missing. Without a terminal, the command cannot ask for this value. ${remedy}. With --yes, the command uses the defaults.`,
  )
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    const [sentence = ''] = (error as Error).message.split(/\.\s/)
    // Node.js calls an option ambiguous if the next argument is another option.
    const reason = sentence.replace('is ambiguous', 'missing')
    throw new UsageError(`${reason}. For all options, use --help.`, { cause: error })
  }
}

function oneOf<Name extends string>(
  option: string,
  value: string | undefined,
  names: readonly Name[],
): Name | undefined {
  if (value === undefined) return undefined
  const found = names.find((name) => name === value)
  if (found !== undefined) return found
  throw new UsageError(
    `${option} is "${value}". Set it to one of these values: ${names.join(', ')}.`,
  )
}

function namesOf<Name extends string>(table: Readonly<Record<Name, unknown>>): Name[] {
  return Object.keys(table) as Name[]
}

function wrap(names: readonly string[]): string {
  const half = names.length > 6 ? Math.ceil(names.length / 2) : names.length
  const lines = [names.slice(0, half), names.slice(half)].filter((line) => line.length > 0)
  return lines.map((line) => line.join(', ')).join(',\n                           ')
}
