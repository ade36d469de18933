// Which files of the repository are pages of the site, and their order in the sidebar.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../../scripts/setup.mjs'
import { linesOf } from './markdown.mjs'

/** Folders with pages, and the start of their paths on the site. */
const FOLDERS = {
  docs: '',
  'docs/evidence': 'evidence/',
  'docs/evidence/decisions': 'evidence/decisions/',
  'packages/dev-provider': 'development-provider/',
  'packages/dev-provider/docs': 'development-provider/',
}
const OTHERS = {
  'README.md': '',
  'docs/README.md': 'guides',
  'CHANGELOG.md': 'changelog',
  'CONTRIBUTING.md': 'contributing',
  'ARCHITECTURE.md': 'architecture',
  'SECURITY.md': 'security',
}

export const read = (path) => readFileSync(join(root, path), 'utf8')
export const exists = (path) => existsSync(join(root, path))

/**
 * The path of each page by its file. The path of the first page of a folder ends with a slash.
 *
 * @returns {Map<string, string>}
 */
export function pagesOfFiles() {
  const pages = new Map()
  for (const [folder, prefix] of Object.entries(FOLDERS)) {
    for (const file of readdirSync(join(root, folder)).toSorted()) {
      if (!file.endsWith('.md') || file === 'CHANGELOG.md') continue
      pages.set(`${folder}/${file}`, prefix + file.replace(/^README\.md$|\.md$/, ''))
    }
  }
  for (const [file, path] of Object.entries(OTHERS)) pages.set(file, path)
  for (const folder of readdirSync(join(root, 'examples')).toSorted()) {
    const file = `examples/${folder}/README.md`
    if (exists(file)) pages.set(file, `examples/${folder}`)
  }
  return pages
}

/** An item of a list that starts with a link, and what the page is about. */
const ITEM = /^- \[([^\]]+)\]\(([^)#\s]+)\)(.*)$/

/**
 * The sections (##) of docs/README.md that have links, and their groups (###).
 *
 * @param {string} markdown - docs/README.md.
 * @returns {{ title: string, items: ({ title: string, target: string, about: string } | { title: string, items: object[] })[] }[]}
 */
export function sectionsOf(markdown) {
  const sections = []
  let list
  for (const { text, isCode } of linesOf(markdown)) {
    const [, level, title] = (!isCode && /^(##|###) (.+)$/.exec(text)) || []
    const [, name, target, about] = (!isCode && ITEM.exec(text)) || []
    if (title !== undefined) {
      const group = { title, items: [] }
      if (level === '##') sections.push(group)
      else sections.at(-1).items.push(group)
      list = group.items
    } else if (name !== undefined) {
      list.push({ title: name, target, about })
    }
  }
  return sections.filter(({ items }) => items.length > 0)
}
