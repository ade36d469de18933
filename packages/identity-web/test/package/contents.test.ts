import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import budget from '../../../../scripts/release/budget.json' with { type: 'json' }

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** The part of the output of `npm pack --json` that the test reads. */
interface Pack {
  readonly unpackedSize: number
  readonly entryCount: number
  readonly files: readonly { readonly path: string }[]
}

// The test uses the built packages.
test.for(Object.entries(budget))(
  'the package %s contains what it needs and nothing else',
  async ([name, limits]) => {
    const read = (path: string): string =>
      readFileSync(join(root, 'node_modules', name, path), 'utf8')
    const args = ['pack', '--workspace', name, '--dry-run', '--json', '--silent']
    const { stdout } = await promisify(execFile)('npm', args, { cwd: root })
    const [pack] = JSON.parse(stdout) as [Pack]
    // The templates of projects have sources and tests.
    const paths = pack.files
      .map(({ path }) => path)
      .filter((path) => !path.startsWith('templates/'))
    const { bin, exports } = JSON.parse(read('package.json')) as { bin?: object; exports: object }
    const required = [...JSON.stringify([bin, exports]).matchAll(/"\.\/([^"*]+\.\w+)"/g)]
    const scripts = paths.filter((path) => /\.[jt]s$/.test(path))

    expect(paths).toEqual(expect.arrayContaining(['LICENSE', 'README.md']))
    expect(paths).toEqual(expect.arrayContaining(required.map(([, path]) => path)))
    expect(paths.filter((path) => /^src\/|\/test\/|\.test\.|tsconfig|\.map$/.test(path))).toEqual(
      [],
    )
    // Bundlers and debuggers look for the map that such a comment names.
    expect(scripts.filter((path) => read(path).includes('sourceMappingURL='))).toEqual([])
    expect(pack.entryCount).toBeLessThanOrEqual(limits.files)
    expect(pack.unpackedSize / 1000).toBeLessThanOrEqual(limits.unpackedKb)
  },
)
