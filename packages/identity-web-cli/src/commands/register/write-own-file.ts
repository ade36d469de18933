import { readFile, writeFile } from 'node:fs/promises'
import { UsageError } from '../../command/usage-error.js'

/** The files that this command writes start with it, in a comment. */
const MARK = 'Written by identity-web-cli register.'

/**
 * Writes a file that does not exist, or that this command wrote before.
 *
 * @throws UsageError when another file has the name.
 */
export async function writeOwnFile(path: string, text: string): Promise<void> {
  const before = await readFile(path, 'utf8').catch((error: unknown) => {
    if ((error as { readonly code?: unknown }).code === 'ENOENT') return undefined
    throw error
  })
  const isOwn = before?.split('\n', 2).some((line) => line.includes(MARK)) ?? true
  if (!isOwn) {
    throw new UsageError(
      `${path} exists already, and this command did not write it. Choose another name, or remove the file.`,
    )
  }
  await writeFile(path, text)
}
