import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { errorPages } from '../site/build/error-pages.mjs'
import { CHOICES, convertChoices } from '../site/build/choices.mjs'
import { anchorsOf, escapeUnknownTags, linesOf, linksOf } from '../site/build/markdown.mjs'
import { pagesOfFiles } from '../site/build/sources.mjs'
import { sectionsOf } from '../site/build/sidebar.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }

/** All files of the repository, also those that are not committed yet. */
const files = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
  maxBuffer: 100_000_000,
}).stdout.split('\n')
const pages = files.filter((file) => file.endsWith('.md') && existsSync(join(root, file)))

const isExternal = (target: string): boolean => /^(?:[a-z][a-z+.-]*:|\/\/)/i.test(target)

/** The anchors of each page that a link leads to. */
const anchors = new Map<string, ReadonlySet<string>>()
function anchorsIn(page: string): ReadonlySet<string> {
  const known = anchors.get(page)
  if (known !== undefined) return known
  const found = anchorsOf(read(page))
  anchors.set(page, found)
  return found
}

/** The reason why a link does not work. */
function faultOf(page: string, target: string): string | undefined {
  // The site makes these files.
  if (isExternal(target) || /^\/llms(?:-full)?\.txt$/.test(target)) return undefined
  const [path = '', anchor = ''] = target.split('#')
  const linked =
    path === '' ? page : posix.normalize(posix.join(posix.dirname(page), decodeURIComponent(path)))
  const full = join(root, linked)
  if (!existsSync(full)) return 'does not exist'
  if (anchor === '') return undefined
  const readme = statSync(full).isDirectory() ? `${linked.replace(/\/$/, '')}/README.md` : linked
  if (!readme.endsWith('.md'))
    return /^L\d+$/.test(anchor) ? undefined : 'is not a page with anchors'
  return anchorsIn(readme).has(anchor) ? undefined : 'has no such heading'
}

describe('every page', () => {
  test('links to files and headings that exist', () => {
    const links = pages.flatMap((page) =>
      linksOf(read(page)).map((target) => [page, target] as const),
    )
    const faults = links.flatMap(([page, target]) => {
      const fault = faultOf(page, target)
      return fault === undefined ? [] : [`${page}: ${target} ${fault}`]
    })

    expect(links.length).toBeGreaterThan(1000)
    expect(faults).toEqual([])
  })

  test('does not contain tags that GitHub removes, such as a placeholder outside of code', () => {
    const removed = pages.flatMap((page) =>
      linesOf(read(page))
        .filter(({ text, isCode }) => !isCode && escapeUnknownTags(text) !== text)
        .map(({ text }) => `${page}: ${text}`),
    )

    expect(removed).toEqual([])
  })

  test('has a name for each column of a table, which screen readers read', () => {
    const unnamed = pages.flatMap((page) =>
      linesOf(read(page))
        .filter(({ text, isCode }, index, lines) => {
          const isHead = !isCode && /^\|[ :|-]+\|$/.test(lines[index + 1]?.text ?? '')
          return isHead && /\|\s+\|/.test(text)
        })
        .map(({ text }) => `${page}: ${text}`),
    )

    expect(unnamed.filter((line) => !/^(?:benchmarks|\.github)\//.test(line))).toEqual([])
  })

  test('names files and commands of the repository that exist', () => {
    const PATH = /`([\w-]+(?:\/[\w.-]+)+\.(?:ts|tsx|mjs|md))`/g
    // What was true in a release stays in its changelog.
    const current = pages.filter((page) => !/(?:^|\/)CHANGELOG\.md$|^\.changeset\//.test(page))
    const named = current
      .filter(isOfRepository)
      .flatMap((page) =>
        [...read(page).matchAll(PATH)].map(([, path = '']) => [page, path] as const),
      )
    const commands = current
      .filter((page) => page.startsWith('docs/') || isOfRepository(page))
      .flatMap((page) =>
        [...read(page).matchAll(/`npm run ([\w:-]+)(?: -- [^`]*)?`/g)].map(
          ([, script = '']) => [page, script] as const,
        ),
      )
    const missing = [
      ...named
        .filter(([, path]) => !FOLDERS.some((folder) => existsSync(join(root, folder, path))))
        .map(([page, path]) => `${page}: ${path}`),
      ...commands
        .filter(([, script]) => !Object.hasOwn(scripts, script) && !OF_APPLICATIONS.has(script))
        .map(([page, script]) => `${page}: npm run ${script}`),
    ]

    expect(named.length).toBeGreaterThan(50)
    expect(commands.length).toBeGreaterThan(50)
    expect(missing).toEqual([])
  })
})

/** Scripts of the reader's application. */
const OF_APPLICATIONS = new Set(['dev', 'start'])
/** Paths are relative to the root, to the library, or to the folders that most sentences are about. */
const FOLDERS = [
  '',
  'packages/identity-web',
  'packages/identity-web/src',
  'packages/identity-web/src/adapters',
  'packages/identity-web/src/web',
  'packages/identity-web-cli',
  'packages/identity-web-cli/src',
  'packages',
]
/** The other pages also name files of the reader's application. */
const isOfRepository = (page: string): boolean =>
  /^(?:ARCHITECTURE|CONTRIBUTING|README|SECURITY)\.md$|^docs\/evidence\/decisions\/|^benchmarks\/README/.test(
    page,
  )

describe('the site', () => {
  test('has every guide in its sidebar', () => {
    const sections = sectionsOf(read('docs/README.md'))
    const items = sections.flatMap((section) => [
      ...section.items,
      ...section.groups.flatMap((group) => group.items),
    ])
    const targets = new Set(items.map(({ target }) => posix.normalize(posix.join('docs', target))))
    const guides = [...pagesOfFiles().keys()].filter((file) =>
      /^docs\/(?!README)[^/]+\.md$/.test(file),
    )

    expect(guides.length).toBeGreaterThan(40)
    expect(guides.filter((file) => !targets.has(file))).toEqual([])
  })

  test('shows variants of the guides as tabs', () => {
    const variants = pages.flatMap((page) => {
      const summaries = linesOf(read(page)).flatMap(({ text, isCode }) =>
        isCode ? [] : (/^<details(?: open)?><summary>(.+)<\/summary>$/.exec(text)?.slice(1) ?? []),
      )
      return summaries.length === 0 ? [] : [[page, summaries] as const]
    })
    const known = Object.values(CHOICES).flat()
    const tabs = variants.map(([page]) => convertChoices(read(page)))

    expect(variants.map(([page]) => page)).toEqual(expect.arrayContaining(['docs/sign-in.md']))
    // Each of them is a tab, so nothing else remains.
    expect(tabs.filter((page) => /^<details/m.test(page))).toEqual([])
    for (const [, summaries] of variants) {
      expect(known).toEqual(expect.arrayContaining(summaries))
    }
  })

  test('leaves details that are not variants as they are', () => {
    const page = '<details><summary>The whole log</summary>\n\nx\n\n</details>\n'
    const code = '````md\n<details><summary>Express</summary>\n</details>\n````\n'

    expect(convertChoices(page)).toBe(page)
    expect(convertChoices(code)).toBe(code)
  })

  test('has a page for each error code of the guides', () => {
    const codes = ['docs/errors.md', 'docs/microsoft-errors.md'].flatMap((file) => [
      ...errorPages(file, read(file)).keys(),
    ])

    expect(codes).toEqual(
      expect.arrayContaining([
        'errors/configuration',
        'errors/consent_required',
        'errors/AADSTS50011',
      ]),
    )
    expect(new Set(codes).size).toBe(codes.length)
    const rows = linesOf(read('docs/microsoft-errors.md')).filter(({ text }) =>
      text.startsWith('| `AAD'),
    )
    expect(codes.filter((code) => code.startsWith('errors/AAD'))).toHaveLength(rows.length)
  })
})
