import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { ifExists } from '../../env-file/find-file.js'

// A repository of somebody else can contain links with the names of these files. Only `readOwnFile` follows a link.

/** Reads a file with JSON. `undefined` if it does not exist. */
export async function readOwnFile<T>(path: string): Promise<T | undefined> {
  const text = await ifExists(readFile(path, 'utf8'))
  return text === undefined ? undefined : (JSON.parse(text) as T)
}

/** Writes a file so that only this user can read it. A run that is interrupted does not damage it. */
export async function writeOwnFile(path: string, value: unknown): Promise<void> {
  const next = `${path}.next`
  await rm(next, { force: true })
  await writeFile(next, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' })
  await rename(next, path)
}
