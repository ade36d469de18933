import { randomUUID } from 'node:crypto'
import {
  access,
  chown,
  constants,
  open,
  readFile,
  rename,
  rm,
  stat,
  type FileHandle,
} from 'node:fs/promises'
import { dirname } from 'node:path'
import { UsageError } from '../command/usage-error.js'
import { ifExists } from './find-file.js'
import { replaceVariables, type Changes } from './replace-variables.js'

/** The permissions of a file with secrets: only the user can read it. */
const MODE = 0o600

/**
 * Sets and removes variables of a file for `node --env-file`. All other lines stay as they are. Only the user can read the
 * file afterwards.
 *
 * The file is replaced at once. If the process or the computer stops, the file has its old or its new content, and never a
 * part of it.
 *
 * @param target - The path of the file, as `findFile` returns it. If it does not exist, it is created.
 * @param changes - The new value of each variable, or `undefined` to remove it.
 * @returns The names of the variables whose old lines are now comments.
 * @throws UsageError when the path is a folder, a device or a pipe.
 */
export async function editEnvFile(target: string, changes: Changes): Promise<readonly string[]> {
  const { text, replaced } = replaceVariables((await readEnvText(target)) ?? '', changes)
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
  return replaced
}

/** Returns a sentence about the lines that are now comments, or `undefined` if there are none. */
export function describeReplaced(file: string, names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined
  return `Replaced in ${file}: ${names.join(', ')}. The old lines stay in the file as comments.`
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

/**
 * Keeps the owner of a file. Otherwise, after an administrator edits the file, the user of the application could not
 * read it anymore.
 */
async function keepOwner(path: string, { uid, gid }: Owner): Promise<void> {
  const own = await stat(path)
  if (own.uid !== uid) await chown(path, uid, gid)
}

interface Owner {
  readonly uid: number
  readonly gid: number
}

/**
 * Returns the content of a file with variables, or `undefined` if it does not exist.
 *
 * @throws UsageError when the path is not a file.
 */
export async function readEnvText(path: string): Promise<string | undefined> {
  const found = await ifExists(stat(path))
  if (found === undefined) return undefined
  if (!found.isFile()) throw new UsageError(`${path} is not a file. Use a file with variables.`)
  return readFile(path, 'utf8')
}

/**
 * Checks that a file can be written. It is called before Graph creates a secret, because Graph returns the secret only
 * once.
 *
 * @throws UsageError when the file cannot be written.
 */
export async function assertWritable(path: string): Promise<void> {
  const exists = (await readEnvText(path)) !== undefined
  try {
    if (exists) await access(path, constants.W_OK)
    // The new file is created next to the old one.
    await access(dirname(path), constants.W_OK)
  } catch {
    throw new UsageError(
      `${path} cannot be written. Make the file and its folder writable for your user, or choose another file for --env.`,
    )
  }
}

/**
 * Checks that a file does not contain the settings of another application, before Graph changes anything.
 *
 * @param file - The path as the user wrote it.
 * @param clientIds - The client ID in the file, and the client ID of the app, which is `undefined` if the app does not
 *   exist yet.
 * @throws UsageError when the client IDs differ.
 */
export function assertSameApp(
  file: string,
  clientIds: { readonly inFile: string | undefined; readonly app: string | undefined },
): void {
  const inFile = clientIds.inFile?.trim() ?? ''
  const { app } = clientIds
  if (inFile === '' || inFile.toLowerCase() === app?.toLowerCase()) return
  const what = app === undefined ? 'a new app registration' : `the app ${app}`
  throw new UsageError(
    `${file} contains the settings of another application (IDENTITY_CLIENT_ID=${inFile}), so the command did not change the file. To write the settings of ${what}, choose another file for --env. To change the application in the file, add --app-id ${inFile}. To replace the settings in the file, first remove IDENTITY_CLIENT_ID from the file.`,
  )
}
