import { randomUUID } from 'node:crypto'
import {
  access,
  chown,
  constants,
  open,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  stat,
  type FileHandle,
} from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { UsageError } from '../command/usage-error.js'
import { replaceVariables, type Changes } from './replace-variables.js'

/** Only the user reads a file with secrets. */
const MODE = 0o600

/**
 * Sets and removes variables of a file for `node --env-file`. All other lines stay as they are. Only the user can read the
 * file afterwards.
 *
 * The file is replaced at once. If the process or the computer stops, the file has its old or its new content, and never a
 * part of it. A symbolic link stays, and its target is replaced.
 *
 * @param path - The absolute path of the file. If it does not exist, it is created.
 * @param changes - The new value of each variable, or `undefined` to remove it.
 * @throws UsageError when the path is a folder, a device or a pipe.
 */
export async function editEnvFile(path: string, changes: Changes): Promise<void> {
  const target = await targetOf(path)
  const text = replaceVariables((await readEnvText(target)) ?? '', changes)
  const old = await ifExists(stat(target))
  // In the same folder, because a file cannot be renamed to another file system.
  const temporary = `${target}.${randomUUID()}.new`
  try {
    const file = await open(temporary, 'wx', old === undefined ? MODE : old.mode & MODE)
    await writeAll(file, text)
    if (old !== undefined) await keepOwner(temporary, old)
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}

async function writeAll(file: FileHandle, text: string): Promise<void> {
  try {
    await file.writeFile(text)
    // A secret of Graph is shown only once, so it must be on the disk.
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Without this, a file that the administrator edits could not be read by the user of the application anymore. */
async function keepOwner(path: string, { uid, gid }: Owner): Promise<void> {
  const own = await stat(path)
  if (own.uid !== uid) await chown(path, uid, gid)
}

interface Owner {
  readonly uid: number
  readonly gid: number
}

/** The file that a path means, after all symbolic links. The file does not have to exist. */
async function targetOf(path: string): Promise<string> {
  const found = await ifExists(realpath(path))
  if (found !== undefined) return found
  // A link to a file that does not exist.
  const next = await readlink(path).catch(() => undefined)
  return next === undefined ? path : targetOf(resolve(await realpath(dirname(path)), next))
}

async function ifExists<T>(found: Promise<T>): Promise<T | undefined> {
  return found.catch((error: unknown) => {
    if ((error as { readonly code?: unknown }).code === 'ENOENT') return undefined
    throw error
  })
}

/**
 * Returns the content of a file with variables, or `undefined` if it does not exist.
 *
 * @throws UsageError when the path is not a file.
 */
export async function readEnvText(path: string): Promise<string | undefined> {
  const found = await ifExists(stat(path))
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
  const target = await targetOf(path)
  const exists = (await readEnvText(target)) !== undefined
  try {
    if (exists) await access(target, constants.W_OK)
    // The new file is created next to the old one.
    await access(dirname(target), constants.W_OK)
  } catch {
    throw new UsageError(
      `${path} cannot be written. Make the file and its folder writable for your user, or choose another file for --env.`,
    )
  }
}
