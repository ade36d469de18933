import { readFile } from 'node:fs/promises'

/** Returns the version of this package. */
export async function readVersion(): Promise<string> {
  const file = new URL('../../package.json', import.meta.url)
  const { version } = JSON.parse(await readFile(file, 'utf8')) as { readonly version: string }
  return version
}
