// Which file of the repository becomes which page of the site.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../../scripts/setup.mjs'

/** Pages outside docs/, with their paths on the site. */
const OTHERS = {
  'README.md': '',
  'packages/identity-web/README.md': '',
  'CHANGELOG.md': 'changelog',
  'CONTRIBUTING.md': 'contributing',
  'ARCHITECTURE.md': 'architecture',
  'SECURITY.md': 'security',
  'CODE_OF_CONDUCT.md': 'code-of-conduct',
  'maintain/README.md': 'maintain',
  'maintain/benchmarks/README.md': 'benchmarks',
  'docs/README.md': 'guides',
}

/** Folders with pages, and the paths of their pages on the site. The pages of a folder are not those of its subfolders. */
const FOLDERS = {
  docs: '',
  'docs/evidence': 'evidence/',
  'docs/evidence/decisions': 'evidence/decisions/',
  'packages/dev-provider': 'development-provider/',
  'packages/dev-provider/docs': 'development-provider/',
}

export const read = (path) => readFileSync(join(root, path), 'utf8')

/** The path of a page for its file in a folder. A README is the first page of its folder. */
const pathIn = (prefix, file) => prefix + (file === 'README.md' ? '' : file.replace(/\.md$/, ''))

/**
 * The pages that come from files of the repository: the path of the file, and the path of the page. The path of the first
 * page of a folder ends with a slash.
 *
 * @returns {Map<string, string>}
 */
export function pagesOfFiles() {
  const pages = new Map()
  for (const [folder, prefix] of Object.entries(FOLDERS)) {
    for (const file of readdirSync(join(root, folder)).toSorted()) {
      if (file.endsWith('.md') && file !== 'CHANGELOG.md') {
        pages.set(`${folder}/${file}`, pathIn(prefix, file))
      }
    }
  }
  for (const [file, path] of Object.entries(OTHERS)) {
    if (existsSync(join(root, file))) pages.set(file, path)
  }
  for (const parent of ['examples', 'examples/hosts']) {
    for (const folder of readdirSync(join(root, parent)).toSorted()) {
      const file = `${parent}/${folder}/README.md`
      if (existsSync(join(root, file))) pages.set(file, `examples/${folder}`)
    }
  }
  return pages
}

export const isFolder = (path) => statSync(join(root, path)).isDirectory()
export const exists = (path) => existsSync(join(root, path))

/** Only the files of the repository. Others can contain the secrets of the person who builds the site. */
export function filesBelow(folder) {
  const args = ['ls-files', '-z', '--', folder]
  const listed = execFileSync('git', args, { cwd: root, encoding: 'utf8' })
  return listed.split('\0').filter((path) => path !== '' && exists(path))
}

/** The name and the version of the library. */
export const library = JSON.parse(read('packages/identity-web/package.json'))
