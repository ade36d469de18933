import { readFile } from 'node:fs/promises'
import { parseEnv } from 'node:util'
import type { Variables } from '../config/app-variables.js'
import { findFile } from './find-file.js'

/**
 * Returns the variables of a file. Without the file, the result is empty, because Git ignores the file and a new clone
 * does not have it.
 *
 * @throws TypeError when a symbolic link leaves the project.
 */
export async function readEnv(file: string): Promise<Variables> {
  try {
    return parseEnv(await readFile(await findFile(process.cwd(), file), 'utf8')) as Variables
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}
