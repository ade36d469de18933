// Reads the order of the guides from docs/README.md: the sections (##), their groups (###), and the first link of each
// item of a list or row of a table.
import { linesOf } from './markdown.mjs'

/** An item of a list or a row of a table that starts with a link, and the text that describes it. */
const ENTRY = /^\s*(?:[-*]|\d+\.|\|)\s+\[([^\]]+)\]\(([^)#\s]+)\)(?:\s*[:|–-]\s*)?(.*?)\s*\|?\s*$/

/**
 * @param {string} markdown - docs/README.md.
 * @returns {{ title: string, items: Item[], groups: { title: string, items: Item[] }[] }[]} The sections that have links.
 *   An item has the title of the page, the target of the link, and what the page is about.
 */
export function sectionsOf(markdown) {
  const sections = []
  let section
  let group
  for (const { text, isCode } of linesOf(markdown)) {
    if (isCode) continue
    const heading = /^(#{2,3})\s+(.+)$/.exec(text)
    if (heading?.[1] === '##') {
      section = { title: heading[2], items: [], groups: [] }
      group = undefined
      sections.push(section)
    } else if (heading !== null && section !== undefined) {
      group = { title: heading[2], items: [] }
      section.groups.push(group)
    } else if (section !== undefined) {
      const entry = ENTRY.exec(text)
      if (entry === null) continue
      const [, title, target, about] = entry
      ;(group ?? section).items.push({ title: title.replaceAll('`', ''), target, about })
    }
  }
  return sections
    .map(({ groups, ...rest }) => ({
      ...rest,
      groups: groups.filter(({ items }) => items.length > 0),
    }))
    .filter(({ items, groups }) => items.length + groups.length > 0)
}

/**
 * The sidebar of VitePress.
 *
 * @param {ReturnType<typeof sectionsOf>} sections
 * @param {(target: string) => string} urlOf - The URL of the page that a link of docs/README.md leads to.
 */
export function sidebarOf(sections, urlOf) {
  const entry = ({ title, target }) => ({ text: title, link: urlOf(target) })
  return sections.map(({ title, items, groups }) => ({
    text: title,
    items: [
      ...items.map(entry),
      ...groups.map((group) => ({
        text: group.title,
        items: group.items.map(entry),
      })),
    ],
  }))
}

/** Pages that docs/README.md does not list, by the start of their path. They are at the end of the sidebar. */
const OTHER_SECTIONS = {
  'Development provider': /^development-provider\//,
  Examples: /^examples\//,
  Decisions: /^evidence\/decisions\/./,
  Project: /^(?:changelog|security|contributing|architecture|benchmarks|code-of-conduct)$/,
}

/**
 * The sections at the end of the sidebar. They are not collapsed, because VitePress then writes a button inside a button.
 *
 * @param {Map<string, string>} files - The path of the page of each file.
 * @param {(file: string) => string} titleOfFile
 */
export function otherPages(files, titleOfFile) {
  const sections = Object.entries(OTHER_SECTIONS).map(([text, pattern]) => ({
    text,
    items: [...files]
      .filter(([, path]) => pattern.test(path))
      .map(([file, path]) => ({ text: titleOfFile(file), link: `/${path}` })),
  }))
  for (const { items } of sections)
    items.sort((a, b) => a.text.localeCompare(b.text, 'en', { numeric: true }))
  return sections
}
