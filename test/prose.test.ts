import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test as base } from 'vitest'

const script = fileURLToPath(new URL('../scripts/prose/prose.mjs', import.meta.url))

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('folder', ({}, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'prose-'))
    onCleanup(() => rmSync(folder, { recursive: true, force: true }))
    return folder
  })
  .extend('write', ({ folder }) => (path: string, ...lines: string[]): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), `${lines.join('\n')}\n`)
  })
  /** Runs the check in the folder. */
  .extend('check', ({ folder }) => (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    return { status, lines: stdout.trim().split('\n') }
  })

describe('the prose check', { timeout: 60_000 }, () => {
  test('accepts plain sentences, and phrases in code', ({ write, check }) => {
    write(
      'README.md',
      'The method returns `whoever`. Choose **Permit everyone**.',
      '',
      '```ts',
      '// as ever',
      '```',
    )
    write(
      'packages/web/src/index.ts',
      "import 'nobody but you'",
      '/** Returns the user of `whoever`. {@link Nobody} */',
      'export const kind = `The type is ${nobody} here.`',
      "throw new Error('The value of `refused` is not valid.')",
      "export type Mode = 'the refused way of it'",
    )
    expect(check()).toEqual({ status: 0, lines: ['prose: 0 errors, 0 warnings in 2 files'] })
  })

  test('rejects a phrase in Markdown, a docstring, a comment, a message and a page', ({
    write,
    check,
  }) => {
    write(
      'docs/guide.md',
      '# What a guard does',
      '',
      '- This **is',
      '  no** token.',
      '',
      '| a |',
      '| - |',
      '| refused |',
    )
    write(
      'packages/web/src/index.ts',
      '/**',
      ' * Returns the user.',
      ' *',
      ' * @param store - A store',
      ' *   of its own.',
      ' */',
      'export function read(store: string) {',
      '  // Nobody reads',
      '  // this twice.',
      '  const page = `<h1>A page</h1><p>You are a <b>stranger</b> to us.</p>`',
      "  throw new Error(`The ${store} is ` + 'no store, see \\'store\\' to be had.')",
      '}',
    )
    const { status, lines } = check()
    expect(status).toBe(1)
    expect(lines.filter((line) => line.includes(' → '))).toEqual([
      expect.stringMatching(/^docs\/guide\.md:1:3 error “What” → start with the subject/),
      expect.stringMatching(/^docs\/guide\.md:3:10 error “is no” → is not a …$/),
      expect.stringMatching(/^docs\/guide\.md:8:3 error “refused” → reject, do not accept \(/),
      expect.stringMatching(/^packages\/web\/src\/index\.ts:5:6 error “of its own” → /),
      expect.stringMatching(/^packages\/web\/src\/index\.ts:8:6 error “Nobody” → /),
      expect.stringMatching(/^packages\/web\/src\/index\.ts:10:48 error “stranger” → /),
      expect.stringMatching(/^packages\/web\/src\/index\.ts:11:33 error “is no” → /),
      expect.stringMatching(/^packages\/web\/src\/index\.ts:11:65 error “to be had” → /),
      expect.stringMatching(/^packages\/web\/src\/index\.ts:11:68 error “be had” → /),
    ])
  })

  test('accepts a question and a long sentence', ({ write, check }) => {
    write('README.md', `What is a guard? It is ${'a very '.repeat(12)}long one.`)
    expect(check('README.md')).toEqual({ status: 0, lines: ['0 errors, 0 warnings in 1 files'] })
  })

  test('measures the rhythm of all guides together, and of one page', ({ write, check }) => {
    const short = 'You sign in. You sign out. You stay here.'
    const long = 'The guard sends users to the provider because they did not sign in yet.'
    const names = ['**Koa**', '', '<details open><summary>AD FS</summary>', '']
    write(
      'docs/short.md',
      '# The library',
      '',
      ...names,
      short,
      '',
      '| The library is in a table. |',
    )
    write(
      'docs/long.md',
      '```ts',
      'the library',
      '```',
      `- ${long}`,
      '',
      `${long} The library waits.`,
    )
    expect(check('--rhythm', 'docs/short.md')).toEqual({
      status: 0,
      lines: [
        'docs/short.md: 100.0 % of sentences ≤ 7 words (goal 20) · 33.3 % third short one in a row (goal 10)' +
          ' · 0.0 connectives per 1,000 words (goal 7) · 0.0 “the library” per 1,000',
      ],
    })
    expect(check('--rhythm')).toEqual({
      status: 1,
      lines: [
        'all guides: 66.7 % of sentences ≤ 7 words (goal 20) · 16.7 % third short one in a row (goal 10)' +
          ' · 50.0 connectives per 1,000 words · 25.0 “the library” per 1,000 (goal 1)',
      ],
    })
    write('docs/short.md', long)
    write('docs/long.md', `${long} ${long}`)
    expect(check('--rhythm')).toMatchObject({ status: 0 })
  })
})
