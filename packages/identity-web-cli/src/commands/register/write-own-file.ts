import { readFile, writeFile } from 'node:fs/promises'
import { UsageError } from '../../command/usage-error.js'

/** The text of the comment at the start of each file that this command writes. */
const MARK = 'Written by identity-web-cli register.'

/**
 * Writes a file if the file does not exist, or if this command wrote it before.
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
