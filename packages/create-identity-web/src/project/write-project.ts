import { mkdirSync, readdirSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UsageError } from '../usage-error.js'
import type { ProjectFile } from './create-files.js'

/** Files that a new repository has. They do not make a folder "not empty". */
const IGNORED = new Set(['.git', '.DS_Store', 'Thumbs.db'])

/**
 * Checks that a folder does not exist or is empty.
 *
 * @throws UsageError when the project would mix with other files.
 */
export function assertEmpty(folder: string): void {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (found === undefined) return
  if (!found.isDirectory()) throw new UsageError(`${folder} is a file. Choose another folder.`)
  const others = readdirSync(folder).filter((name) => !IGNORED.has(name))
  if (others.length > 0) {
    const examples = others.slice(0, 3).join(', ')
    throw new UsageError(`${folder} is not empty. It contains ${examples}. Choose another folder.`)
  }
}

/**
 * Writes the files into a new or empty folder. It does not replace files. If one cannot be written, it removes the others again.
 *
 * @throws UsageError when the folder is not empty.
 */
export function writeProject(folder: string, files: readonly ProjectFile[]): void {
  assertEmpty(folder)
  const firstFolder = mkdirSync(folder, { recursive: true })
  const written: string[] = []
  const folders: string[] = []
  try {
    for (const { path, text, isSecret } of files) {
      const file = join(folder, path)
      const newFolder = mkdirSync(dirname(file), { recursive: true })
      if (newFolder !== undefined) folders.push(newFolder)
      writeFileSync(file, text, { flag: 'wx', mode: isSecret ? 0o600 : 0o666 })
      written.push(file)
    }
  } catch (error) {
    for (const path of [...written, ...folders]) rmSync(path, { recursive: true, force: true })
    if (firstFolder !== undefined) rmdirSync(folder)
    throw error
  }
}
