// Writes maintain/site/.pages, which VitePress builds: the pages with the links and the tabs of the site, and the texts for agents.
import { cpSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, extname, join, posix } from 'node:path'
import { root } from '../../../scripts/setup.mjs'
import { replaceLinks } from './markdown.mjs'
import { exists, pagesOfFiles, read, sectionsOf } from './pages.mjs'
import { withAnchors } from './redirects.mjs'
import { convertTabs } from './tabs.mjs'

const pagesFolder = join(root, 'maintain/site/.pages')
const LANDING = 'maintain/site/index.md'
const GUIDES = 'docs/README.md'
const IMAGES = new Set(['.svg', '.png'])
const pages = pagesOfFiles()

export function preparePages() {
  rmSync(pagesFolder, { recursive: true, force: true })
  for (const [file, path] of pages) {
    const source = path === '' ? withReadme(read(LANDING)) : read(file)
    const text = withLinks(source, path === '' ? LANDING : file)
    const name = path === '' || path.endsWith('/') ? `${path}index.md` : `${path}.md`
    write(name, convertTabs(withAnchors(path, text)))
    write(`public/${name}`, text)
  }
  cpSync(join(root, 'scripts/face/mark.svg'), join(pagesFolder, 'public/mark.svg'))
  const sections = sectionsOf(read(GUIDES))
  const itemOf = ({ title, target, items }) => ({
    text: title.replaceAll('`', ''),
    ...(items === undefined ? { link: urlOf(GUIDES, target) } : { items: items.map(itemOf) }),
  })
  write('sidebar.json', JSON.stringify(sections.map(itemOf)))
  // For agents, see https://llmstxt.org. Each page is also at its address with `.md` at the end.
  write('public/llms.txt', withLinks(read(GUIDES), GUIDES, '.md'))
  const guides = sections.flatMap(({ items }) => items.flatMap((one) => one.items ?? [one]))
  const files = guides.map(({ target }) => posix.join('docs', target))
  const texts = files.map((file) => withLinks(read(file), file, '.md'))
  write('public/llms-full.txt', texts.join('\n---\n\n'))
}

/** Replaces comments such as `<!-- README: Install -->` by this section of README.md. */
function withReadme(markdown) {
  const readme = replaceLinks(read('README.md'), (target) =>
    /^(?:#|https:)/.test(target) ? target : `../../${target}`,
  )
  return markdown.replaceAll(/<!-- README: (.+) -->/g, (all, heading) => {
    const [, text] = readme.split(`\n## ${heading}\n`)
    if (text === undefined) throw new Error(`README.md does not have the section ${heading}.`)
    return text.split('\n## ')[0].trim()
  })
}

const withLinks = (markdown, file, ending) =>
  replaceLinks(markdown, (target) => urlOf(file, target, ending))

/**
 * The URL on the site for a link of a file.
 *
 * @param {string} [ending] - `.md` for a link between the Markdown of the pages.
 */
function urlOf(file, target, ending = '') {
  if (/^(?:[a-z][a-z+.-]*:|[#/])/i.test(target)) return target
  const [path, anchor = ''] = target.split(/(?=#)/)
  const linked = posix.join(posix.dirname(file), path).replace(/\/$/, '')
  if (!exists(linked)) throw new Error(`${file} links to ${target}, which does not exist.`)
  const page = pages.get(linked) ?? pages.get(posix.join(linked, 'README.md'))
  // The landing page has other sections than README.md.
  if (page === '') return '/'
  if (page !== undefined) {
    const name = ending !== '' && page.endsWith('/') ? `${page}index` : page
    return `/${name}${ending}${anchor}`
  }
  // A folder that is not a page is described by the page of a folder above.
  if (statSync(join(root, linked)).isDirectory()) return urlOf('README.md', posix.dirname(linked))
  const copy = IMAGES.has(extname(linked)) ? linked : `${linked}.txt`
  write(`public/files/${copy}`)
  cpSync(join(root, linked), join(pagesFolder, 'public/files', copy))
  return `/files/${copy}`
}

function write(path, text = '') {
  mkdirSync(dirname(join(pagesFolder, path)), { recursive: true })
  writeFileSync(join(pagesFolder, path), text)
}
