import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { rename, rm, stat, writeFile } from 'node:fs/promises'

const ROOT = 0

/**
 * Rejects a file with keys of another user, for example in `/tmp`. That user could sign certificates and tokens that the
 * clients trust.
 *
 * @param option - The option that chooses the file.
 * @throws TypeError when the file belongs to another user.
 */
export async function assertOwned(file: string, option: string): Promise<void> {
  const ownId = process.getuid?.()
  if (ownId === undefined || !existsSync(file)) return
  const { uid } = await stat(file)
  if (uid === ownId || uid === ROOT) return
  throw new TypeError(
    `The file ${file} belongs to another user of this machine. Choose a file in your home folder with ${option}.`,
  )
}

/**
 * Writes a file that only the user can read. It replaces the file in one step, because other users could read the
 * contents through an earlier file or a symbolic link at this path.
 */
export async function writePrivate(file: string, content: string): Promise<void> {
  const temporary = `${file}.${randomUUID()}`
  try {
    // `wx` fails when the file exists.
    await writeFile(temporary, content, { flag: 'wx', mode: 0o600 })
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    // The message names the file that the user knows.
    throw Object.assign(error as Error, { path: file })
  }
}
