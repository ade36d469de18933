import { readFileSync } from 'node:fs'
import { format } from 'oxfmt'
import { root } from './setup.mjs'

const options = JSON.parse(readFileSync(`${root}.oxfmtrc.json`, 'utf8'))
// These two belong to the command line.
delete options.$schema
delete options.ignorePatterns

/** Formats text as `npm run format` formats the file that contains it. */
export async function formatText(path, text) {
  const { code, errors } = await format(path, text, options)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`)
  return code
}
