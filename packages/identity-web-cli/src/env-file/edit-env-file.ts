import { access, chmod, constants, readFile, stat, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { UsageError } from '../command/usage-error.js'
import { replaceVariables, type Changes } from './replace-variables.js'

/** Only the user reads a file with secrets. */
const MODE = 0o600

/**
 * Sets and removes variables of a file for `node --env-file`. All other lines stay as they are. A new file gets the
 * mode 600, and an existing one gets it before it contains a secret.
 *
 * @param path - The absolute path of the file. If it does not exist, it is created.
 * @param changes - The new value of each variable, or `undefined` to remove it.
 * @throws UsageError when the path is a folder, a device or a pipe.
 */
export async function editEnvFile(path: string, changes: Changes): Promise<void> {
  const before = await readEnvText(path)
  if (before !== undefined) await chmod(path, MODE)
  await writeFile(path, replaceVariables(before ?? '', changes), { mode: MODE })
}

/**
 * Returns the content of a file with variables, or `undefined` if it does not exist.
 *
 * @throws UsageError when the path is not a file.
 */
export async function readEnvText(path: string): Promise<string | undefined> {
  const found = await stat(path).catch((error: unknown) => {
    if ((error as { readonly code?: unknown }).code === 'ENOENT') return undefined
    throw error
  })
  if (found === undefined) return undefined
  if (!found.isFile()) throw new UsageError(`${path} is not a file. Name a file with variables.`)
  return readFile(path, 'utf8')
}

/**
 * Checks that a file can be written before Graph creates a secret, because it returns the secret only once.
 *
 * @throws UsageError when the file cannot be written.
 */
export async function assertWritable(path: string): Promise<void> {
  const exists = (await readEnvText(path)) !== undefined
  try {
    await access(exists ? path : dirname(path), constants.W_OK)
  } catch {
    throw new UsageError(`${path} cannot be written. Choose another file for --env.`)
  }
}
