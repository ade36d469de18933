// Gives the changes under "Unreleased" in CHANGELOG.md the version of the packages and the day, for
// `npm run release -- --prepare`. It does nothing if the version has its section already.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from '../setup.mjs'

const HEAD = '## Unreleased\n'

/** Whether the text has a section for the version. */
export function hasSection(text, version) {
  return text.split('\n').some((line) => line.startsWith(`## ${version} (`))
}

/** Returns the text with a section for the version, and with an empty section for later changes. */
export function withSection(text, version, day) {
  if (hasSection(text, version)) return text
  if (!text.includes(HEAD))
    throw new Error('CHANGELOG.md does not contain the line "## Unreleased". Add it.')
  return text.replace(HEAD, `${HEAD}\n## ${version} (${day})\n`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = join(root, 'CHANGELOG.md')
  const manifest = readFileSync(join(root, 'packages/identity-web/package.json'), 'utf8')
  const day = new Date().toISOString().slice(0, 10)
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, withSection(text, JSON.parse(manifest).version, day))
}
