// Writes maintain/site/.pages, which VitePress builds: all pages with the links of the site, the tabs, and a page for each error
// code and for each source file that a guide links to.
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, extname, join, posix } from 'node:path'
import { root } from '../../../scripts/setup.mjs'
import { errorPages } from './error-pages.mjs'
import { escapeUnknownTags, linesOf, replaceLinks, titleOf } from './markdown.mjs'
import { exists, filesBelow, isFolder, library, pagesOfFiles, read } from './sources.mjs'
import { galleryPage, pictureOf, writeSmallPictures } from './gallery.mjs'
import { completeLanding } from './landing.mjs'
import { llmsFiles } from './llms.mjs'
import { stylesOfPalette } from './palette.mjs'
import { changesOf, editLink, projectLinks, stateOf } from './project.mjs'
import { readReference } from './reference.mjs'
import { sectionsOf, sidebarOf } from './sidebar.mjs'
import { convertInstallations, convertTabs, stylesOfTabs } from './tabs.mjs'

export const pagesFolder = join(root, 'maintain/site/.pages')
/** The Markdown of the pages, which is copied beside the HTML after the build. */
export const textsFolder = join(root, 'maintain/site/.pages/.texts')

/** Pages that belong to a folder without a README.md. */
const FOLDER_PAGES = new Map([['examples', 'examples/']])
const IMAGES = new Set(['.svg', '.png', '.jpg', '.gif', '.webp'])
const isExternal = (target) => /^(?:[a-z][a-z+.-]*:|\/\/)/i.test(target)

/** @param {string} [reference] - The folder that typedoc wrote. */
export async function preparePages(reference) {
  rmSync(pagesFolder, { recursive: true, force: true })
  const site = new Site(pagesOfFiles())
  for (const [file, path] of site.files) {
    if (path !== '') site.add(path, read(file), file)
  }
  site.add('', completeLanding(read('maintain/site/index.md'), read), 'maintain/site/index.md')
  const examples = [...site.files.keys()].filter((file) => file.startsWith('examples/'))
  site.add('examples/', galleryPage(examples, { read, exists }), 'README.md')
  await writeSmallPictures(
    examples.filter((file) => exists(pictureOf(file))),
    join(pagesFolder, 'public/examples'),
  )
  for (const file of ['docs/errors.md', 'docs/microsoft-errors.md']) {
    for (const [path, text] of errorPages(file, read(file))) site.add(path, text, file)
  }
  site.addSources()
  const sections = sectionsOf(read('docs/README.md'))
  const sidebar = sidebarOf({
    sections,
    urlOf: (target) => site.urlOf('docs/README.md', target),
    files: site.files,
    titleOfFile: (file) => titleOf(read(file)),
  })
  const modules = reference === undefined ? [] : addReference(reference)
  write(join(pagesFolder, 'site.css'), stylesOfPalette() + stylesOfTabs())
  mkdirSync(join(pagesFolder, 'public'), { recursive: true })
  cpSync(join(root, 'scripts/face/mark.svg'), join(pagesFolder, 'public/mark.svg'))
  write(
    join(pagesFolder, 'site.json'),
    JSON.stringify({
      version: library.version,
      state: stateOf(library.version),
      sidebar,
      modules,
      links: projectLinks(),
      origins: originsOf(site.origins),
    }),
  )
  const llms = llmsFiles(sections, (target) => site.pageOf(target))
  for (const [name, text] of Object.entries(llms)) write(join(textsFolder, name), text)
  return { pages: site.count }
}

class Site {
  count = 0
  /** The source of each page that a reader can edit. */
  origins = new Map()
  #texts = new Map()
  #sources = new Set()

  /** @param {Map<string, string>} files - The path of the page of each file that has one. */
  constructor(files) {
    this.files = files
  }

  /** Writes a page: for VitePress, and as Markdown for agents. */
  add(path, markdown, file) {
    const linked = replaceLinks(markdown, (target) => this.urlOf(file, target))
    const name = path === '' || path.endsWith('/') ? `${path}index` : path
    write(join(pagesFolder, `${name}.md`), safeForVue(convertInstallations(convertTabs(linked))))
    if (!name.endsWith('index') || this.files.get(file) === path)
      this.origins.set(`${name}.md`, file)
    const forAgents = replaceLinks(markdown, (target) => this.urlOf(file, target, '.md'))
    if (this.files.get(file) === path) this.#texts.set(file, { path, text: forAgents })
    write(join(textsFolder, `${name}.md`), forAgents)
    this.count += 1
  }

  pageOf(target) {
    const file = posix.normalize(posix.join('docs', target.replace(/#.*/, '')))
    return this.#texts.get(file)
  }

  /**
   * The URL on the site for a link of a file.
   *
   * @param {string} [ending] - `.md` for a link between the Markdown of the pages.
   */
  urlOf(file, target, ending = '') {
    if (isExternal(target) || /^[#/]/.test(target)) return target
    const [path, anchor = ''] = target.split(/(?=#)/)
    const linked = posix.normalize(posix.join(posix.dirname(file), path)).replace(/\/$/, '')
    const readme = `${linked}/README.md`
    const page = this.files.get(linked) ?? this.files.get(readme) ?? FOLDER_PAGES.get(linked)
    // The landing page replaces README.md. It has other sections.
    if (page === '') return '/'
    if (page !== undefined) {
      const name = ending !== '' && page.endsWith('/') ? `${page}index` : page
      return `/${name}${ending}${anchor}`
    }
    if (!exists(linked)) throw new Error(`${file} links to ${target}, which does not exist.`)
    if (IMAGES.has(extname(linked))) {
      const copy = join(pagesFolder, 'public/files', linked)
      mkdirSync(dirname(copy), { recursive: true })
      cpSync(join(root, linked), copy)
      return `/files/${linked}`
    }
    this.#sources.add(linked)
    return isFolder(linked) ? `/source/${linked}${ending}` : `/source/${linked}.txt`
  }

  /** Copies each file that a page links to as a text, and writes a page for each folder. */
  addSources() {
    for (const path of this.#sources) {
      if (!isFolder(path)) {
        copySource(path)
        continue
      }
      const files = filesBelow(path)
      files.forEach(copySource)
      const links = files.map((file) => `- [${file.slice(path.length + 1)}](/source/${file}.txt)`)
      const text = `# ${path}\n\nThe folder \`${path}\` of the repository contains:\n\n${links.join('\n')}\n`
      write(
        join(pagesFolder, `source/${path}.md`),
        `---\nsearch: false\noutline: false\n---\n\n${text}`,
      )
      write(join(textsFolder, `source/${path}.md`), text)
    }
  }
}

/** For each page, where a reader can edit its source, and the day of its last change, if they are known. */
function originsOf(sources) {
  const days = changesOf()
  return Object.fromEntries(
    [...sources].map(([page, file]) => [page, { edit: editLink(file), day: days.get(file) }]),
  )
}

function copySource(path) {
  const copy = join(pagesFolder, 'public/source', `${path}.txt`)
  mkdirSync(dirname(copy), { recursive: true })
  cpSync(join(root, path), copy)
}

/** Writes the pages of typedoc, and returns the modules for the sidebar. */
function addReference(folder) {
  const { pages, modules } = readReference(folder)
  for (const { path, text, isSearchable } of pages) {
    const note = isSearchable ? '' : '---\nsearch: false\n---\n\n'
    write(join(pagesFolder, 'reference', path), note + safeForVue(text))
    write(join(textsFolder, 'reference', path), text)
  }
  return modules
}

/** Vue reads `{{` in texts as an expression, and `<tenant>` as an element. */
function safeForVue(markdown) {
  return linesOf(markdown)
    .map(({ text, isCode }) =>
      isCode ? text : escapeUnknownTags(text).replaceAll('{{', '&#123;&#123;'),
    )
    .join('\n')
}

function write(path, text) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
