import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test as base } from 'vitest'
import budgets from '../scripts/release/budget.json' with { type: 'json' }

const scripts = fileURLToPath(new URL('../scripts/', import.meta.url))
const complete = {
  name: 'one',
  version: '1.0.0-rc.1',
  description: 'A package',
  license: 'MIT',
  author: 'The authors',
  keywords: ['sign-in'],
  files: ['docs', 'README.md'],
  engines: { node: '>=20.19' },
  scripts: { build: 'echo' },
}
const REPORT = 'docs/evidence/reports/2026-11-26.json'
/** What `identity-web-cli verify` writes about a tenant. */
const report = {
  tool: 'identity-web-cli verify',
  versions: { 'identity-web': '1.0.0-rc.1' },
  provider: 'entra',
  isLocalProvider: false,
  checks: [
    'sign-in',
    'user-token',
    'consent',
    'refresh',
    'api-token',
    'on-behalf-of',
    'sign-out',
  ].map((check) => ({ check, verdict: 'passed' })),
}
const urls = {
  repository: 'https://github.com/owner/name',
  homepage: 'https://example.com',
  bugs: 'https://github.com/owner/name/issues',
  npm: 'https://www.npmjs.com/~owner',
  funding: '',
}

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('folder', ({}, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'release-'))
    onCleanup(() => {
      for (const one of [folder, `${folder}-npm`]) rmSync(one, { recursive: true, force: true })
    })
    return folder
  })
  .extend('write', ({ folder }) => (path: string, content: object | string): void => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    writeFileSync(join(folder, path), text)
  })
  /** Commits the folder. Its build fails, so that nothing is published. */
  .extend('commit', ({ folder, write }) => (): void => {
    write(REPORT, report)
    write('package.json', { private: true, scripts: { build: 'node -e "process.exit(7)"' } })
    for (const command of [
      ['init', '--quiet'],
      ['add', '--all'],
      ['-c', 'user.name=a', '-c', 'user.email=a@b.example', 'commit', '--quiet', '-m', 'First'],
    ])
      spawnSync('git', command, { cwd: folder })
  })
  /** A registry that has the package `one` of this repository, and gets what npm publishes. */
  // oxlint-disable-next-line no-empty-pattern -- As above.
  .extend('registry', async ({}, { onCleanup }) => {
    const owners = new Map([['one', 'owner']])
    const published: { name: string; versions: object }[] = []
    const server = createServer((request, response) => {
      const name = request.url?.slice(1) ?? ''
      if (request.method === 'PUT') {
        void json(request).then((body) => {
          published.push(body as (typeof published)[0])
          return response.end('{}')
        })
        return
      }
      const owner = owners.get(name)
      const maintainers = [{ name: owner, email: 'a@b.example' }]
      // Anybody can name this repository.
      const repository = { type: 'git', url: 'git+https://github.com/owner/name.git' }
      const versions = { '0.0.0': { name, version: '0.0.0', repository, maintainers } }
      response.statusCode = owner === undefined ? 404 : 200
      response.end(
        JSON.stringify({ name, 'dist-tags': { latest: '0.0.0' }, maintainers, versions }),
      )
    })
    await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening))
    onCleanup(() => void server.close())
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    return { owners, published, host }
  })
  /** Runs a script of `scripts` in the folder. */
  .extend('start', ({ folder, registry: { host } }) => (script: string, args: string[]) => {
    const env = {
      ...process.env,
      npm_config_registry: `http://${host}/`,
      [`npm_config_//${host}/:_authToken`]: 'a-token',
      npm_config_cache: `${folder}-npm`,
    }
    return new Promise<{ status: unknown; stdout: string; stderr: string }>((resolve) => {
      execFile(
        process.execPath,
        [`${scripts}${script}`, ...args],
        { cwd: folder, env },
        (error, stdout, stderr) => resolve({ status: error?.code ?? 0, stdout, stderr }),
      )
    })
  })
  .extend('release', ({ start, write }) => (...args: string[]) => {
    write(REPORT, report)
    return start('release.mjs', args)
  })
  /** Runs code that gets the function of a script. */
  .extend('run', ({ folder }) => (script: string, code: string): unknown => {
    const program = `import * as m from '${scripts}release/${script}'\nconsole.log(JSON.stringify(${code}))`
    const { stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', program],
      { cwd: folder, encoding: 'utf8' },
    )
    expect(stderr).toBe('')
    return JSON.parse(stdout)
  })

describe('npm run release', () => {
  test('names each missing field and its file, and does not build', async ({ write, release }) => {
    const { author: _author, ...rest } = complete
    write('packages/one/package.json', { ...rest, keywords: [] })
    write('packages/two/package.json', { ...complete, name: 'two' })
    write('packages/private/package.json', { private: true })
    write('scripts/release/urls.json', urls)

    const { status, stderr } = await release('--dry-run')

    expect(status).toBe(1)
    expect(stderr.trim()).toBe(
      'packages/one/package.json does not contain: author, keywords. Add them, then release.',
    )
  })

  test('does not publish without public URLs, and names the file', async ({ write, release }) => {
    write('packages/one/package.json', complete)
    write('scripts/release/urls.json', { ...urls, repository: '', bugs: '' })

    const { status, stderr } = await release()

    expect(status).toBe(1)
    expect(stderr).toMatch(/^scripts\/release\/urls\.json does not contain: repository, bugs\. /)
  })

  test('does not publish changes that are not committed', async ({ write, release, commit }) => {
    write('packages/one/package.json', complete)
    write('scripts/release/urls.json', urls)
    write('CHANGELOG.md', '## Unreleased\n\n## 1.0.0-rc.1 (2026-11-26)\n')
    commit()
    expect((await release()).status).toBe(7)

    write('packages/one/README.md', 'A change')

    const { status, stderr } = await release()
    expect(status).toBe(1)
    expect(stderr).toContain('not committed')
  })

  test('does not publish a version that the changelog does not describe', async ({
    write,
    release,
  }) => {
    write('packages/one/package.json', complete)
    write('scripts/release/urls.json', urls)
    write('CHANGELOG.md', '## Unreleased\n\n## 1.0.0-rc.10 (2026-11-26)\n')

    expect((await release()).stderr).toMatch(
      /does not contain a section for one 1\.0\.0-rc\.1\. Run node scripts/,
    )
  })

  test('does not publish under a name that is free or belongs to somebody else', async ({
    write,
    release,
    registry,
  }) => {
    write('packages/one/package.json', complete)
    write('packages/two/package.json', { ...complete, name: 'two' })
    write('scripts/release/urls.json', urls)
    write('CHANGELOG.md', '## 1.0.0-rc.1 (2026-11-26)\n')

    expect((await release()).stderr).toBe(
      'The name two is not reserved on npm. Run npm login, and then node scripts/release/names.mjs.\n',
    )

    registry.owners.set('two', 'stranger')

    expect((await release()).stderr).toContain(
      "npm's package two belongs to stranger instead of owner.",
    )
  })

  test('does not publish without a report of a real tenant', async ({ write, start }) => {
    write('packages/one/package.json', complete)
    write('scripts/release/urls.json', urls)
    write('CHANGELOG.md', '## 1.0.0-rc.1 (2026-11-26)\n')

    const { status, stderr } = await start('release.mjs', [])

    expect(status).toBe(1)
    expect(stderr).toContain('does not contain a report of 1.0.0-rc.1 at a tenant of Entra ID.')
  })

  test('reserves the names that npm does not know', async ({ write, start, registry }) => {
    write('packages/one/package.json', complete)
    write('packages/two/package.json', { ...complete, name: 'two' })
    write('scripts/release/urls.json', urls)

    const { status, stdout } = await start('release/names.mjs', [])

    expect(status).toBe(0)
    expect(stdout).toContain('npm has one already.')
    expect(registry.published.map(({ name, versions }) => [name, Object.keys(versions)])).toEqual([
      ['two', ['0.0.0']],
    ])
  })

  test('reserves no name before the repository is known', async ({ write, start, registry }) => {
    write('packages/two/package.json', { ...complete, name: 'two' })
    write('scripts/release/urls.json', { ...urls, repository: '' })

    const { status, stderr } = await start('release/names.mjs', [])

    expect(status).toBe(1)
    expect(stderr).toBe('Write into scripts/release/urls.json first: repository.\n')
    expect(registry.published).toEqual([])
  })

  test('does not publish without the long suites', async ({ write, release }) => {
    write('packages/one/package.json', complete)
    write('scripts/release/urls.json', urls)

    expect((await release('--quick')).stderr).toContain('--quick is only for a dry run')
  })
})

describe('the report of a real tenant', () => {
  const problemsOf = (version: string) => `m.problemsOfReport('.', '${version}')`
  const file = 'docs/evidence/reports/2026-12-01.json'

  test('is missing', ({ run }) => {
    expect(run('tenant-report.mjs', problemsOf('1.0.0'))).toEqual([
      'docs/evidence/reports does not contain a report of 1.0.0 at a tenant of Entra ID. Run identity-web-cli verify, and commit its report.',
    ])
  })

  test.for([
    ['is about 1.1.0', { versions: { 'identity-web': '1.1.0' } }],
    ['is about a provider on a computer', { isLocalProvider: true }],
    ['is about b2c', { provider: 'b2c' }],
    [
      'has failed checks: step-up',
      { checks: [...report.checks, { check: 'step-up', verdict: 'failed' }] },
    ],
    [
      'skipped the checks on-behalf-of, sign-out',
      { checks: [...report.checks.slice(0, -2), { check: 'sign-out', verdict: 'skipped' }] },
    ],
    ['is not a report of verify', { tool: undefined }],
  ] as const)('does not count if it %s', ([reason, change], { write, run }) => {
    write(file, { ...report, ...change })

    expect(run('tenant-report.mjs', problemsOf('1.0.0'))).toEqual([
      expect.stringContaining(`(2026-12-01.json ${reason})`),
    ])
  })

  test('counts for later patches, even beside older reports', ({ write, run }) => {
    write('docs/evidence/reports/2025-01-01.json', {
      ...report,
      versions: { 'identity-web': '0.9.0' },
    })
    write(file, report)

    expect(run('tenant-report.mjs', problemsOf('1.0.3'))).toEqual([])
  })
})

describe('the job that npm trusts', () => {
  const withPublish = test.extend('publish', ({ folder, write }) =>
    () => {
      write('packages/one/package.json', complete)
      return spawnSync(
        process.execPath,
        [`${scripts}release/publish.mjs`, 'tested', 'rebuilt', '--dry-run'],
        // npm must not be reached.
        { cwd: folder, encoding: 'utf8', env: { PATH: '' } },
      )
    })

  withPublish(
    'does not publish a tarball that the second build does not confirm',
    ({ write, publish }) => {
      write('tested/one-1.0.0-rc.1.tgz', 'changed by a test')
      write('rebuilt/one-1.0.0-rc.1.tgz', 'built')

      const { status, stderr } = publish()

      expect(status).toBe(1)
      expect(stderr).toMatch(
        /^tested\/one-1\.0\.0-rc\.1\.tgz and rebuilt\/one-1\.0\.0-rc\.1\.tgz are different\./,
      )
    },
  )

  withPublish('does not publish a package that one of the builds lacks', ({ write, publish }) => {
    write('tested/one-1.0.0-rc.1.tgz', 'built')

    const { status, stderr } = publish()

    expect(status).toBe(1)
    expect(stderr).toBe('rebuilt/one-1.0.0-rc.1.tgz is missing.\n')
  })

  withPublish('publishes what both builds wrote', ({ write, publish }) => {
    write('tested/one-1.0.0-rc.1.tgz', 'built')
    write('rebuilt/one-1.0.0-rc.1.tgz', 'built')

    expect(publish().stderr).toContain('spawnSync npm ENOENT')
  })
})

test('the changes of a version get a section once', ({ run }) => {
  const once = '## Unreleased\n\n## 1.0.0 (2026-12-01)\n\n### Added\n'
  const code = (text: string) => `m.withSection(${JSON.stringify(text)}, '1.0.0', '2026-12-01')`

  expect(run('changelog.mjs', code('## Unreleased\n\n### Added\n'))).toBe(once)
  expect(run('changelog.mjs', code(once))).toBe(once)
})

describe('a staged package', () => {
  test('has the public URLs, and links that work on npm', ({ write, run, folder }) => {
    write('packages/one/package.json', complete)
    write(
      'packages/one/README.md',
      '[a](docs/a.md) [b](../../docs/b.md#part) [c](../two/README.md) [d](https://example.com) [e](#e) ![f](../../docs/f.png) `[g](../g)`',
    )
    write('docs/f.png', '')
    write('packages/one/docs/a.md', '[up](../README.md)')
    write('docs/b.md', 'B')
    write('packages/two/package.json', { name: 'two' })
    write('packages/two/README.md', 'Two')
    const one = { folder: 'packages/one', name: 'one', manifest: complete }

    const { manifest, broken, staged } = run(
      'stage.mjs',
      `m.stagePackage('${folder}', ${JSON.stringify(one)}, ${JSON.stringify(urls)}, '${folder}')`,
    ) as { manifest: object; broken: string[]; staged: string }

    expect(broken).toEqual([])
    expect(manifest).not.toHaveProperty('scripts')
    expect(JSON.parse(readFileSync(join(staged, 'package.json'), 'utf8'))).toMatchObject({
      repository: {
        type: 'git',
        url: 'git+https://github.com/owner/name.git',
        directory: 'packages/one',
      },
      bugs: { url: 'https://github.com/owner/name/issues' },
    })
    expect(readFileSync(join(staged, 'README.md'), 'utf8')).toBe(
      '[a](docs/a.md) [b](https://github.com/owner/name/blob/one%401.0.0-rc.1/docs/b.md#part) [c](https://www.npmjs.com/package/two) [d](https://example.com) [e](#e) ![f](https://github.com/owner/name/raw/one%401.0.0-rc.1/docs/f.png) `[g](../g)`',
    )
    expect(readFileSync(join(staged, 'docs/a.md'), 'utf8')).toBe('[up](../README.md)')
  })

  test('that is larger than its budget is named with the limit', ({ write, run, folder }) => {
    write('scripts/release/budget.json', { one: { packedKb: 10, unpackedKb: 20, files: 3 } })
    const staged = [
      { name: 'one', sizes: { packedKb: 10, unpackedKb: 21, files: 3 } },
      { name: 'two', sizes: { packedKb: 1, unpackedKb: 1, files: 1 } },
    ]

    expect(run('budget.mjs', `m.overBudget('${folder}', ${JSON.stringify(staged)})`)).toEqual([
      'one has 21 kB unpacked, and 20 are allowed. Make it smaller, or raise unpackedKb in scripts/release/budget.json.',
      'two is not in scripts/release/budget.json. Add its limits: {"packedKb":1,"unpackedKb":1,"files":1}.',
    ])
  })

  test('of this repository has a budget', () => {
    const known: Readonly<Record<string, object>> = budgets

    for (const folder of readdirSync(`${scripts}../packages`)) {
      const text = readFileSync(`${scripts}../packages/${folder}/package.json`, 'utf8')
      const { name } = JSON.parse(text) as { name: string }
      expect(known[name]).toEqual({
        packedKb: expect.any(Number) as number,
        unpackedKb: expect.any(Number) as number,
        files: expect.any(Number) as number,
      })
    }
  })
})
