import { writeFile } from 'node:fs/promises'
import { defaultConfig } from '../config/default-config.js'

const SCHEMA = './node_modules/identity-web-dev/config.schema.json'

/**
 * Writes the default configuration to a new file.
 *
 * @throws TypeError when the file exists.
 */
export async function writeConfig(file: string): Promise<void> {
  const json = JSON.stringify({ $schema: SCHEMA, ...defaultConfig }, undefined, 2)
  try {
    // `wx` fails when the file exists.
    await writeFile(file, `${joinStringLists(json)}\n`, { flag: 'wx' })
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'EEXIST') throw error
    throw new TypeError(
      `The file ${file} exists. Remove it, or choose another file with --write-config <file>.`,
      { cause: error },
    )
  }
}

/** Writes a list of strings in one line, because a user can have hundreds of groups. */
function joinStringLists(json: string): string {
  return json.replaceAll(
    /\[\n\s+("[^"\n]*"(?:,\n\s+"[^"\n]*")*)\n\s+\]/g,
    (_, items: string) => `[${items.replaceAll(/,\n\s+/g, ', ')}]`,
  )
}
