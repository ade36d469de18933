// The pages of typedoc: where they are on the site, what they are called, and which of them the search finds.
import { readFileSync, readdirSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { entries } from '../../../scripts/entries.mjs'
import { replaceLinks } from './markdown.mjs'

/** The folders that typedoc writes, in the order of the sidebar. */
const KINDS = {
  classes: 'Classes',
  functions: 'Functions',
  variables: 'Variables',
  interfaces: 'Interfaces',
  'type-aliases': 'Types',
}

/** The anchor of headings that consist of the word `App`. The page of VitePress has an element with the ID `app`. */
export const APP_ANCHOR = 'type-app'

const INTRODUCTION = `# API reference

These are the entry points of the package: the names that you import from. The [guides](/guides) show you how to use them.

## Entry points`

const isExternal = (target) => /^(?:[a-z][a-z+.-]*:|\/\/)/i.test(target)
const referenceLink = (target) =>
  isExternal(target) ? target : target.replace(/README\.md(?=#|$)/, 'index.md')

/**
 * Reads the pages of typedoc.
 *
 * @param {string} folder - The folder that typedoc wrote.
 * @returns The pages and the modules. A page has its path in the folder of the reference, its Markdown, and whether the
 *   search finds it. A module has its path, the name that an application imports, and its groups for the sidebar.
 */
export function readReference(folder) {
  const files = readdirSync(folder, { recursive: true }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  )
  const searchable = searchableOf(files)
  const pages = files.map((file) => ({
    path: file.replace(/README\.md$/, 'index.md'),
    text: withNames(readFileSync(join(folder, file), 'utf8')),
    isSearchable: searchable.has(file),
  }))
  const modules = files
    .filter((file) => file.endsWith('/README.md'))
    .map((file) => moduleOf(posix.dirname(file), files))
  return { pages, modules: modules.toSorted((a, b) => (a.title < b.title ? -1 : 1)) }
}

/**
 * Removes the line that typedoc writes above each page, makes a list of the names that a module exports from another one,
 * and replaces the path of a module by the name that an application imports.
 */
function withNames(markdown) {
  return replaceLinks(markdown, referenceLink)
    .replace(/^(?:\[\*\*identity-web\*\*\]\([^)]*\)|\*\*identity-web\*\*)\n+\*\*\*\n+/, '')
    .replace(/^\[identity-web\](?=\(.* \/ )/, '[API]')
    .replace(/^# identity-web\n+## Modules$/m, INTRODUCTION)
    .replaceAll(/\((\S*)#app\)/g, `($1#${APP_ANCHOR})`)
    .replaceAll(/^### .+\n+Re-exports (\[.+\)$)(?:\n+\*\*\*$)?\n*/gm, '- $1\n')
    .replaceAll(/^# (\S+)$/gm, (all, path) => headingOf(path))
    .replaceAll(
      /\[([^\]]+)\](?=\(\S*index\.md\))/g,
      (all, path) => `[${entryOf(path)?.name ?? path}]`,
    )
    .replaceAll(/ \/ (\S+)$/gm, (all, path) => ` / ${entryOf(path)?.name ?? path}`)
}

/** The heading of a page, and under that of an entry point its tier. */
function headingOf(path) {
  const { name = path, tier } = entryOf(path) ?? {}
  return tier === undefined ? `# ${name}` : `# ${name}\n\nTier: [${tier}](/versions#compatibility)`
}

function moduleOf(path, files) {
  const groups = Object.entries(KINDS).map(([kind, text]) => {
    const prefix = `${path}/${kind}/`
    const names = files
      .filter((file) => file.startsWith(prefix))
      .map((file) => file.slice(prefix.length).replace(/\.md$/, ''))
    return { kind, text, names: names.toSorted() }
  })
  return {
    path,
    title: entryOf(path)?.name ?? path,
    groups: groups.filter(({ names }) => names.length > 0),
  }
}

/**
 * The pages that the search finds. The entry points of the frameworks export the same names, and a reader who searches for
 * one of them wants to see it once.
 */
function searchableOf(files) {
  const byName = new Map()
  const rank = (path) =>
    path.startsWith('index/') ? 0 : path.startsWith('adapters/express/') ? 1 : 2
  for (const file of files) {
    const name = posix.basename(file)
    if (name === 'README.md') continue
    const known = byName.get(name)
    const isFirst = known === undefined || rank(file) < rank(known)
    const isEqual = known !== undefined && rank(file) === rank(known) && file < known
    if (isFirst || isEqual) byName.set(name, file)
  }
  return new Set(byName.values())
}

/** The entry point of a module, such as `identity-web/express` of adapters/express. */
function entryOf(path) {
  const sources = [`${path}.ts`, `${path}/index.ts`].map(
    (file) => `packages/identity-web/src/${file}`,
  )
  return entries.find(({ source }) => sources.includes(source))
}
