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

/** Pages that docs/README.md does not list, by the start of their path. */
const OTHER_SECTIONS = {
  'Development provider': /^development-provider\//,
  Examples: /^examples\//,
  Project: /^(?:changelog|security|contributing|architecture|maintain|benchmarks|code-of-conduct)$/,
}
const GALLERY = { text: 'All examples', link: '/examples/' }
const DECISIONS = /^evidence\/decisions\/./

/**
 * The sidebar of VitePress: the guides, other pages, and the last section of docs/README.md, which is the evidence.
 *
 * @param {object} options
 * @param {ReturnType<typeof sectionsOf>} options.sections
 * @param {(target: string) => string} options.urlOf - The URL of the page that a link of docs/README.md leads to.
 * @param {Map<string, string>} options.files - The path of the page of each file.
 * @param {(file: string) => string} options.titleOfFile
 */
export function sidebarOf({ sections, urlOf, files, titleOfFile }) {
  const pagesOf = (pattern) =>
    [...files]
      .filter(([, path]) => pattern.test(path))
      .map(([file, path]) => ({ text: titleOfFile(file), link: `/${path}` }))
      .toSorted((a, b) => a.text.localeCompare(b.text, 'en', { numeric: true }))
  const guides = sections.map((section) => sectionOf(section, urlOf))
  const evidence = guides.at(-1)
  const decisions = evidence.items.find(({ link }) => link?.endsWith('/decisions/'))
  if (decisions !== undefined) decisions.items = pagesOf(DECISIONS)
  const others = Object.entries(OTHER_SECTIONS).map(([text, pattern]) => ({
    text,
    items: [...(text === 'Examples' ? [GALLERY] : []), ...pagesOf(pattern)],
  }))
  return [...guides.slice(0, -1), ...others, evidence]
}

/** A section is not collapsed, because VitePress then writes a button inside a button. */
function sectionOf({ title, items, groups }, urlOf) {
  const entry = (item) => ({ text: item.title, link: urlOf(item.target) })
  return {
    text: title,
    items: [
      ...items.map(entry),
      ...groups.map((group) => ({
        text: group.title,
        items: group.items.map(entry),
      })),
    ],
  }
}
