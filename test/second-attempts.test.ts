import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test as base } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const script = `${root}scripts/unreliable-tests.mjs`
const env = { PATH: process.env['PATH'] }

/** Fails at its first attempt in each run, or only in the first run, which the other tests make slow. */
const SUITE = `import { appendFileSync, readFileSync } from 'node:fs'
import { describe, test } from 'vitest'

const attempt = (name) => {
  appendFileSync(name, '.')
  return readFileSync(name, 'utf8').length
}
const failIf = (isBad) => {
  if (isBad) throw new Error('It failed.')
}

test('is reliable', () => undefined)
describe('a test (of a busy machine)', () => {
  test('recovers > alone?', () => failIf(attempt('once') === 1))
  test('recovers > alone? Or not', () => undefined)
})
`
const ALWAYS = `
test('always fails first', () => failIf(attempt('always') % 2 === 1))
`

const test = base
  // Vitest must find itself from there.
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('folder', ({}, { onCleanup }) => {
    mkdirSync(`${root}.artifacts`, { recursive: true })
    const folder = mkdtempSync(`${root}.artifacts/second-attempts-`)
    onCleanup(() => rmSync(folder, { recursive: true, force: true }))
    return folder
  })
  /** Runs a suite with a second attempt, and returns why the run must fail. */
  .extend('judge', ({ folder }) => (suite: string): unknown => {
    const config =
      'export default { test: { projects: [{ test: { name: "small", include: ["*.test.mjs"] } }] } }'
    writeFileSync(join(folder, 'vitest.config.mjs'), config)
    writeFileSync(join(folder, 'suite.test.mjs'), suite)
    const list = join(folder, 'unreliable.json')
    const { status } = spawnSync(
      process.execPath,
      [`${root}node_modules/vitest/vitest.mjs`, 'run', '--retry=1', `--reporter=${script}`],
      { cwd: folder, env: { ...env, IDENTITY_WEB_UNRELIABLE: list } },
    )
    expect(status).toBe(0)

    const code = `import { brokenTests } from '${script}'
import { writeFileSync } from 'node:fs'
const { passedLater } = ${readFileSync(list, 'utf8')}
writeFileSync('broken.json', JSON.stringify(brokenTests(passedLater, '${folder}')))`
    spawnSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: folder, env })
    return JSON.parse(readFileSync(join(folder, 'broken.json'), 'utf8'))
  })

const once = (name: number): string => `test('${name}', () => failIf(attempt('${name}') === 1))\n`

test('three tests that pass alone after a second attempt do not fail the run', ({ judge }) => {
  expect(judge(SUITE + once(1) + once(2))).toEqual([])
})

test('a test that needs a second attempt also alone fails the run', ({ judge }) => {
  expect(judge(SUITE + ALWAYS)).toEqual([
    'suite.test.mjs > always fails first needs a second attempt also when it runs alone.',
  ])
})

test('four tests that need a second attempt fail the run', ({ judge }) => {
  expect(judge(SUITE + once(1) + once(2) + once(3))).toEqual([
    '4 tests passed only at the second attempt. More than 3 fail the run.',
  ])
})
