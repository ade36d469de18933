import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

interface Manifest {
  readonly workspaces?: readonly string[]
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
  readonly peerDependencies?: Readonly<Record<string, string>>
}
interface Lock {
  readonly packages: Readonly<Record<string, Manifest>>
}

const root = fileURLToPath(new URL('..', import.meta.url))
const read = <T>(path: string): T => JSON.parse(readFileSync(join(root, path), 'utf8')) as T
const { packages: installed } = read<Lock>('package-lock.json')
/** The folders with packages that `npm ci` in the root does not install. */
const TREES = execFileSync('git', ['ls-files', '*/package-lock.json'], {
  cwd: root,
  encoding: 'utf8',
})
  .trim()
  .split('\n')
  .map((lock) => dirname(lock))

test('maintain/ is one of the folders with packages of their own', () => {
  expect(TREES).toContain('maintain')
})

test.for(TREES)('npm ci in the root does not install a package only for %s', (tree) => {
  const { dependencies, devDependencies } = read<Manifest>(`${tree}/package.json`)
  // What the packages of the root need is not there for the tree.
  const needed = new Set(
    Object.values(installed).flatMap((manifest) => [
      ...Object.keys(manifest.dependencies ?? {}),
      ...Object.keys(manifest.devDependencies ?? {}),
      ...Object.keys(manifest.optionalDependencies ?? {}),
      ...Object.keys(manifest.peerDependencies ?? {}),
    ]),
  )
  const own = Object.keys({ ...dependencies, ...devDependencies }).filter(
    (name) => !needed.has(name),
  )

  expect(own).not.toEqual([])
  expect(Object.keys(installed).filter((path) => path.startsWith(tree))).toEqual([])
  expect(own.filter((name) => `node_modules/${name}` in installed)).toEqual([])
})

test('the root does not list a package that only maintain/ imports', () => {
  const texts = execFileSync('git', ['grep', '-hE', String.raw`['"\`]`, '--', ...CODE], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  })
  const { devDependencies = {} } = read<Manifest>('package.json')
  const { dependencies, devDependencies: more } = read<Manifest>('maintain/package.json')
  const shared = Object.keys(devDependencies).filter((name) => name in { ...dependencies, ...more })

  expect(shared.filter((name) => !texts.includes(`'${name}`))).toEqual([])
})
/** The files that need the packages of the root. */
const CODE = ['*.ts', '*.tsx', '*.mjs', '*.js', ':!maintain']

test.for(['package.json', 'maintain/package.json'])(
  'every script of %s starts a program that exists',
  (path) => {
    const programs = Object.values(read<Manifest>(path).scripts ?? {}).flatMap((command) => {
      const [, file, name] = /^node (\S+\.mjs)(?: (\S+))?/.exec(command) ?? []
      if (file === undefined) return []
      return file === 'run.mjs' ? [file, `scripts/${name ?? ''}.mjs`] : [file]
    })

    expect(programs.length).toBeGreaterThan(5)
    expect(programs.filter((file) => !existsSync(join(root, dirname(path), file)))).toEqual([])
  },
)
