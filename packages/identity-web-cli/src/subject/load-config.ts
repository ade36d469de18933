import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { UsageError } from '../command/usage-error.js'
import type { AppObject, Options } from './subject.js'

/** The export of a configuration file: an object of the library, or the options of such an object. */
export type Exported =
  | { readonly kind: 'object'; readonly object: AppObject }
  | { readonly kind: 'options'; readonly options: Options }

/** The names of the exports, in the order in which they are looked for. */
const NAMES = ['default', 'auth', 'api', 'mcp', 'options']

/**
 * Imports the file of an application that exports its `Auth`, `ApiAuth` or `McpAuth`, or the options of one.
 *
 * @throws UsageError if the file cannot be imported, or does not export one of these.
 */
export async function loadConfig(given: string, folder: string): Promise<Exported> {
  const path = resolve(folder, given)
  let module: Readonly<Record<string, unknown>>
  try {
    module = (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>
  } catch (cause) {
    throw new UsageError(`--config ${given} cannot be imported. ${reasonOf(cause)}`, { cause })
  }
  const found = NAMES.map((name) => module[name]).find(
    (value) => typeof value === 'object' && value !== null,
  )
  if (found === undefined)
    throw new UsageError(
      `--config ${given} does not export the settings. Export your Auth, ApiAuth or McpAuth, or its options, with one of these names: ${NAMES.join(', ')}.`,
    )
  return isAppObject(found)
    ? { kind: 'object', object: found }
    : { kind: 'options', options: found }
}

function isAppObject(value: object): value is AppObject {
  return (['ready', 'getTokenForClient', 'close'] as const).every(
    (name) => typeof (value as Partial<AppObject>)[name] === 'function',
  )
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { readonly code?: unknown; readonly message?: unknown }
  if (code === 'ERR_UNKNOWN_FILE_EXTENSION')
    return 'This version of Node.js does not import TypeScript. Use Node.js 22.18 or later, or run the command with tsx: npx tsx node_modules/identity-web-cli/bin/identity-web-cli.mjs doctor.'
  return String(message)
}
