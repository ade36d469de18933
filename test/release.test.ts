import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test as base } from 'vitest'

const script = fileURLToPath(new URL('../scripts/release.mjs', import.meta.url))
const complete = {
  description: 'A package',
  license: 'MIT',
  author: 'The authors',
  keywords: ['sign-in'],
  repository: 'github:owner/name',
  homepage: 'https://example.com',
  bugs: 'https://example.com/bugs',
}

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('folder', ({}, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'release-'))
    onCleanup(() => rmSync(folder, { recursive: true, force: true }))
    const scripts = {
      build: 'node -p "\'built\'"',
      'check:package': 'node -p "\'checked\'"',
      'test:long': 'node -p "\'tested\'"',
    }
    const manifest = { name: 'workspace', private: true, scripts }
    writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
    return folder
  })
  .extend('write', ({ folder }) => (path: string, manifest: object): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), JSON.stringify(manifest))
  })
  /** Runs the release script in the folder. It publishes nothing. */
  .extend('dryRun', ({ folder }) => () => {
    return spawnSync(process.execPath, [script, '--dry-run'], { cwd: folder, encoding: 'utf8' })
  })

describe('npm run release', () => {
  test('names each missing field and its file, and does not build', ({ write, dryRun }) => {
    const { repository: _repository, bugs: _bugs, ...rest } = complete
    write('packages/one/package.json', { ...rest, homepage: '', keywords: [] })
    write('packages/two/package.json', complete)
    const { status, stdout, stderr } = dryRun()
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr.trim().split('\n')).toEqual([
      'packages/one/package.json does not contain: repository, homepage, bugs, keywords. Add them, then release.',
    ])
  })

  test('builds and checks packages that are complete, and ignores private ones', ({
    write,
    dryRun,
  }) => {
    write('packages/one/package.json', complete)
    write('packages/private/package.json', { private: true })
    const { status, stdout, stderr } = dryRun()
    expect(stderr).toBe('')
    expect(status).toBe(0)
    expect(stdout).toMatch(/built[^]*checked[^]*tested[^]*not published/)
  })
})
