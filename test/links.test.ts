import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { convertTabs } from '../maintain/site/build/tabs.mjs'
import { anchorsOf, escapeUnknownTags, linesOf, linksOf } from '../maintain/site/build/markdown.mjs'
import { pagesOfFiles, sectionsOf } from '../maintain/site/build/pages.mjs'
import { redirects, withAnchors } from '../maintain/site/build/redirects.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
interface Manifest {
  readonly scripts: Readonly<Record<string, string>>
}
const { scripts } = JSON.parse(read('package.json')) as Manifest
const maintain = JSON.parse(read('maintain/package.json')) as Manifest

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

    expect(unnamed.filter((line) => !/^(?:maintain|\.github)\//.test(line))).toEqual([])
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
        [...read(page).matchAll(/`npm run (-C maintain )?([\w:-]+)(?: -- [^`]*)?`/g)].map(
          ([, folder, script = '']) => [page, script, folder !== undefined] as const,
        ),
      )
    const missing = [
      ...named
        .filter(([, path]) => !FOLDERS.some((folder) => existsSync(join(root, folder, path))))
        .map(([page, path]) => `${page}: ${path}`),
      ...commands
        .filter(([page, script, isOfMaintain]) => {
          const known = isOfMaintain
            ? [maintain.scripts]
            : [scripts, OF_APPLICATIONS, page.startsWith('maintain/') ? maintain.scripts : {}]
          return !known.some((names) => Object.hasOwn(names, script))
        })
        .map(([page, script]) => `${page}: npm run ${script}`),
    ]

    expect(named.length).toBeGreaterThan(50)
    expect(commands.length).toBeGreaterThan(50)
    expect(missing).toEqual([])
  })
})

/** Scripts of the reader's application. */
const OF_APPLICATIONS = { dev: '', start: '' }
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
  /^(?:ARCHITECTURE|CONTRIBUTING|README|SECURITY)\.md$|^docs\/evidence\/decisions\/|^maintain\/(?:benchmarks\/)?README/.test(
    page,
  )

describe('the site', () => {
  test('has every guide in its sidebar', () => {
    const sections = sectionsOf(read('docs/README.md'))
    const items = sections.flatMap((section) =>
      section.items.flatMap((one) => ('items' in one ? one.items : [one])),
    )
    const targets = new Set(items.map(({ target }) => posix.normalize(posix.join('docs', target))))
    const guides = [...pagesOfFiles().keys()].filter((file) =>
      /^docs\/(?!README)[^/]+\.md$/.test(file),
    )

    expect(guides.length).toBeGreaterThan(40)
    expect(guides.filter((file) => !targets.has(file))).toEqual([])
  })

  test('shows the code of the frameworks as tabs', () => {
    const withTabs = pages.filter((page) => /^<!-- tabs -->$/m.test(read(page)))
    const code = '```md\n<!-- tabs -->\n**Koa**\n```\n'
    const block = `<!-- tabs -->\n\n**Koa**\n\n${code}\n**Hono**\n\nx\n\n<!-- /tabs -->\n`

    expect(withTabs.length).toBeGreaterThan(1)
    for (const page of withTabs) expect(convertTabs(read(page))).toContain(':::tabs')
    expect(convertTabs(block)).toMatch(/^:::tabs key:framework\n\n== Koa\n/)
    expect(convertTabs(block)).toContain(code)
    expect(convertTabs(code)).toBe(code)
  })

  test.for([
    ['one framework', '**Koa**\n\n<!-- /tabs -->', 'is not expected'],
    ['the same framework twice', '**Koa**\n\n**Koa**\n\n<!-- /tabs -->', 'two tabs for Koa'],
    ['a text before the first name', 'Text', '"Text"'],
    ['a block in a block', '**Koa**\n\n<!-- tabs -->', 'is not expected'],
    ['a missing end', '**Koa**', 'without <!-- /tabs -->'],
  ] as const)('rejects tabs with %s', ([, markdown, message]) => {
    expect(() => convertTabs(`<!-- tabs -->\n\n${markdown}\n`)).toThrow(message)
  })

  test('leads the old address of a page to a page and a heading', () => {
    const fileOf = new Map([...pagesOfFiles()].map(([file, path]) => [path, file]))
    const faults = [...redirects].flatMap(([from, target]) => {
      const [path = '', anchor] = target.split('#')
      const file = fileOf.get(path)
      if (fileOf.has(from)) return [`${from} is a page`]
      if (file === undefined) return [`${from}: ${path} is not a page`]
      return anchor === undefined || anchorsOf(withAnchors(path, read(file))).has(anchor)
        ? []
        : [`${from}: ${target} is not a heading`]
    })

    expect(faults).toEqual([])
  })

  test('leads the address of each error code, which messages contain, to its row', () => {
    const codes = ['configuration', 'consent_required', 'AADSTS50011']
    const rows = linesOf(read('docs/microsoft-errors.md')).filter(({ text }) =>
      text.startsWith('| `AAD'),
    )
    const ofMicrosoft = [...redirects.keys()].filter((path) => path.startsWith('errors/AAD'))
    expect([...redirects.keys()]).toEqual(
      expect.arrayContaining(codes.map((code) => `errors/${code}`)),
    )
    expect(ofMicrosoft).toHaveLength(rows.length)
  })
})
