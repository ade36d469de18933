import { rename, rm, writeFile } from 'node:fs/promises'

/**
 * Writes JSON to a file of the application's folder, so that only this user can read it. A run that is interrupted does
 * not damage the file. A repository of somebody else can contain a link with its name, which is replaced and not followed.
 */
export async function replaceFile(path: string, value: unknown): Promise<void> {
  const next = `${path}.next`
  await rm(next, { force: true })
  await writeFile(next, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600, flag: 'wx' })
  await rename(next, path)
}
