import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test as base } from 'vitest'

const program = fileURLToPath(new URL('../scripts/budgets.mjs', import.meta.url))
const SOURCES = 'packages/identity-web/src'
const THREE_LINES = `
/** A comment
 * of several lines. */
export const a = 1 // one
// Not counted.
/* Not counted. */ export const b = '/* not a comment */'

export const c = 3
`

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('folder', ({}, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'budgets-'))
    onCleanup(() => rmSync(folder, { recursive: true, force: true }))
    return folder
  })
  /** Measures a repository with these files and rows. Git does not know `ignored.ts`. */
  .extend('measure', ({ folder }) => (rows: object, files: Readonly<Record<string, string>>) => {
    const budgets = { gates: [], wings: [], printed: [], ...rows }
    const all = {
      ...files,
      'scripts/budgets.json': JSON.stringify(budgets),
      [`${SOURCES}/ignored.ts`]: THREE_LINES,
      '.gitignore': 'ignored.ts',
    }
    for (const [path, text] of Object.entries(all)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    spawnSync('git', ['init', '--quiet'], { cwd: folder })
    spawnSync('git', ['add', '--all'], { cwd: folder })
    const { status, stderr } = spawnSync(process.execPath, [program], {
      cwd: folder,
      encoding: 'utf8',
    })
    return { status, stderr }
  })

const row = (measure: string, limits: object, paths = ['core']): object => ({
  gates: [{ name: 'the row', measure, paths, why: 'A reason.', ...limits }],
  wings: [{ folder: 'wing', atMost: 3, why: 'A wing is small.' }],
})
const files = {
  [`${SOURCES}/a.ts`]: THREE_LINES,
  [`${SOURCES}/b/c.ts`]: 'export const d = 4',
  [`${SOURCES}/wing/w.ts`]: THREE_LINES,
  'test/security/a.test.ts': "test('a', () => {})\n  test.for([1])('b', () => {})\nlatest()",
}

test.for([
  ['the code lines of the core', row('lines', { atMost: 4 }), 'lines', { atMost: 3 }],
  ['the files of the core', row('files', { atMost: 2 }), 'files', { atMost: 1 }],
  ['the median of the lines', row('medianLines', { atLeast: 3 }), 'medianLines', { atLeast: 4 }],
] as const)('limits %s', ([, kept, measure, limits], { measure: run }) => {
  expect(run(kept, files)).toEqual({ status: 0, stderr: '' })
  expect(run(row(measure, limits), files)).toEqual({
    status: 1,
    stderr: expect.stringMatching(/^the row: 1 (more|fewer) than \d\. A reason\.\n$/) as string,
  })
})

test('counts tests, which must not become fewer', ({ measure }) => {
  const paths = ['test/security']

  expect(measure(row('tests', { atLeast: 2 }, paths), files).status).toBe(0)
  expect(measure(row('tests', { atLeast: 3 }, paths), files).stderr).toContain('1 fewer than 3')
  expect(measure(row('testFiles', { atLeast: 2 }, paths), files).stderr).toContain('1 fewer than 2')
})

test('counts scripts, and pages without those that a row leaves out', ({ measure }) => {
  const all = {
    ...files,
    'package.json': '{ "scripts": { "build": "", "test": "" } }',
    'docs/README.md': '',
    'docs/a.md': '',
    'docs/evidence/b.md': '',
  }
  const limits = { atMost: 0, without: ['docs/README.md'] }

  expect(measure(row('scripts', { atMost: 1 }, ['package.json']), all).stderr).toContain(
    'the row: 1 more than 1.',
  )
  expect(measure(row('pages', limits, [':(glob)docs/*.md']), all).stderr).toContain(
    'the row: 1 more than 0.',
  )
})

test('limits the lines of a wing', ({ measure }) => {
  const larger = { ...files, [`${SOURCES}/wing/x.ts`]: 'export const e = 5' }

  expect(measure(row('lines', { atMost: 4 }), larger)).toEqual({
    status: 1,
    stderr: 'wing wing, code lines: 1 more than 3. A wing is small.\n',
  })
})

test('fails for a path that has no files', ({ measure }) => {
  const { status, stderr } = measure(row('lines', { atMost: 1 }, ['gone']), files)

  expect(status).toBe(1)
  expect(stderr).toContain('scripts/budgets.json, the row: gone contains no files.')
})

test('the formatter keeps the width of lines, on which every number of lines depends', () => {
  const { printWidth } = JSON.parse(
    readFileSync(fileURLToPath(new URL('../.oxfmtrc.json', import.meta.url)), 'utf8'),
  ) as { printWidth: number }

  expect(printWidth).toBe(100)
})
