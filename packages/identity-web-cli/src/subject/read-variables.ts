import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { UsageError } from '../command/usage-error.js'
import { readEnvText } from '../env-file/edit-env-file.js'
import { findFile } from '../env-file/find-file.js'

/** Environment variables by their names. */
export type Variables = Readonly<Record<string, string | undefined>>

/** The variables of an application, and their sources. */
export interface GivenVariables {
  /** All variables. A variable of the process takes precedence over the file, as with `node --env-file`. */
  readonly all: Variables
  /** The variables of the file. */
  readonly inFile: Variables
  /** The absolute path of the file. `undefined` if it does not exist. */
  readonly file: string | undefined
}

const DEFAULT_FILE = '.env'

/**
 * Reads the variables of an application.
 *
 * @param given - The file that the user named. Without it, `.env` is read if it exists.
 * @throws UsageError if the named file does not exist, or if a link leaves the project.
 */
export async function readVariables(
  given: string | undefined,
  {
    folder,
    env,
    option = '--env',
  }: { readonly folder: string; readonly env: Variables; readonly option?: string },
): Promise<GivenVariables> {
  const file = resolve(folder, given ?? DEFAULT_FILE)
  const text = await readEnvText(await findFile(folder, file))
  if (text === undefined) {
    if (given !== undefined)
      throw new UsageError(`${option} is ${given}, but this file does not exist. Correct the path.`)
    return { all: env, inFile: {}, file: undefined }
  }
  const inFile = parseEnv(text) as Variables
  return { all: { ...inFile, ...env }, inFile, file }
}

/** Sets the variables of the file in this process, because the module of the application reads them there. */
export function setProcessVariables({ inFile }: GivenVariables): void {
  for (const [name, value] of Object.entries(inFile)) process.env[name] ??= value
}
