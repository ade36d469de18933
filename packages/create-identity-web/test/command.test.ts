import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test as base } from 'vitest'
import { parseArguments } from '../src/arguments.js'
import { optionsFor } from '../src/install.js'
import { detectPackageManager, programCommand, runCommand } from '../src/package-manager.js'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

const LOAD = ['--import', import.meta.resolve('tsx'), '--input-type=module', '-e']

/** Runs the command in an empty folder, without a terminal. */
const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('folder', ({}, { onCleanup }) => {
    const folder = mkdtempSync(join(tmpdir(), 'create-identity-web-'))
    onCleanup(() => rmSync(folder, { recursive: true, force: true }))
    return folder
  })
  .extend(
    'run',
    ({ folder }) =>
      (
        args: readonly string[],
        userAgent = 'npm/11.0.0 node/v24',
        node = process.versions.node,
      ) => {
        const version = `Object.defineProperty(process.versions, 'node', { value: '${node}' })`
        const program = `import { main } from ${JSON.stringify(MAIN)}; ${version}; await main()`
        const { status, stdout, stderr } = spawnSync(
          process.execPath,
          [...LOAD, program, '--', 'create-identity-web', ...args],
          {
            cwd: folder,
            encoding: 'utf8',
            env: { ...process.env, npm_config_user_agent: userAgent },
            input: '',
          },
        )
        return { status, stdout, stderr }
      },
  )

test('creates a project without questions, and prints the next steps', ({ run, folder }) => {
  const args = ['my apps/shop', '--framework', 'hono', '--tenant', 'oidc', '--no-install']

  const { status, stdout, stderr } = run(args, 'pnpm/10.1.0 npm/? node/v24.0.0 linux x64')

  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toContain('Created shop in my apps/shop: Hono, Another OpenID Connect provider.')
  expect(stdout).toContain('  cd "my apps/shop"\n  pnpm install\n  pnpm dev\n')
  expect(readFileSync(join(folder, 'my apps/shop/README.md'), 'utf8')).toContain('pnpm dev')
})

test('a version of Node.js that is too old is an error before the command writes files', ({
  run,
  folder,
}) => {
  const args = ['shop', '--framework', 'angular-spa', '--tenant', 'oidc', '--no-install']

  const { status, stdout, stderr } = run(args, undefined, '22.22.2')

  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toBe(
    'Angular as a single-page application needs Node.js 22.22.3, 24.15, 26 or later, but you use 22.22.2. Install a newer version, or choose another framework.\n',
  )
  expect(readdirSync(folder)).toEqual([])
  expect(run(args, undefined, '22.22.3').status).toBe(0)
})

test('--store is optional, and a project with a store contains its client', ({ run, folder }) => {
  const args = ['--framework', 'koa', '--tenant', 'oidc', '--no-install']
  const manifestOf = (name: string): string =>
    readFileSync(join(folder, name, 'package.json'), 'utf8')

  expect(run(['shop', ...args, '--store', 'postgres']).status).toBe(0)
  expect(run(['other', ...args]).status).toBe(0)

  expect(manifestOf('shop')).toContain('"pg": "^')
  expect(manifestOf('other')).not.toContain('"pg"')
})

test('without a terminal, a missing answer is an error that names the option', ({
  run,
  folder,
}) => {
  const { status, stdout, stderr } = run(['shop', '--framework', 'koa'])

  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toBe(
    '--tenant is missing. Without a terminal, the command cannot ask for this value. Set --tenant to one of: entra-id, external-id, azure-ad-b2c, ad-fs, oidc. With --yes, the command uses the defaults.\n',
  )
  expect(readdirSync(folder)).toEqual([])
})

test('--yes uses the defaults. A folder with files is rejected', ({ run, folder }) => {
  mkdirSync(join(folder, 'my-app'))
  writeFileSync(join(folder, 'my-app/notes.txt'), 'mine')

  const { status, stderr } = run(['--yes', '--no-install'])

  expect([status, readdirSync(join(folder, 'my-app'))]).toEqual([1, ['notes.txt']])
  expect(stderr).toContain('is not empty. It contains notes.txt. Choose another folder.')
})

test('a folder that cannot be created is an error without a stack', ({ run, folder }) => {
  writeFileSync(join(folder, 'notes.txt'), 'mine')

  const { status, stderr } = run(['notes.txt/app', '--yes', '--no-install'])

  expect(status).toBe(1)
  expect(stderr).toMatch(
    /^The project cannot be in this folder \(.*notes\.txt.*\)\. Choose another folder\.\n$/,
  )
})

describe('the arguments', () => {
  test('are options and one folder', () => {
    const names = ['--name', 'shop', '--framework', 'koa', '--tenant', 'ad-fs']
    const options = [...names, '--store', 'redis', '--bun', '-y']

    expect(parseArguments(['app', ...options, '--no-install'])).toEqual({
      folder: 'app',
      name: 'shop',
      framework: 'koa',
      tenant: 'ad-fs',
      store: 'redis',
      packageManager: 'bun',
      install: false,
      yes: true,
      help: false,
      version: false,
    })
    expect(parseArguments(['--package-manager', 'yarn'])).toMatchObject({
      packageManager: 'yarn',
      install: true,
    })
  })

  test.for([
    [
      ['--framework', 'rails'],
      /^--framework is "rails"\. Set it to one of these values: express, fastify, /,
    ],
    [['--tenant', 'okta'], /^--tenant is "okta"\. Set it to one of these values: entra-id, /],
    [
      ['--store', 'mysql'],
      /^--store is "mysql"\. Set it to one of these values: cookies, redis, postgres\.$/,
    ],
    [
      ['--package-manager', 'cnpm'],
      /^--package-manager is "cnpm"\. Set it to one of these values: npm, /,
    ],
    [['--colour'], /^Unknown option '--colour'\. For all options, use --help\.$/],
    [['--tenant'], /^Option '--tenant <value>' argument missing\./],
    [['--tenant', '--yes'], /^Option '--tenant' argument missing\. For all options, use --help\.$/],
    [
      ['--bun', '--package-manager', 'pnpm'],
      /^--bun and --package-manager pnpm contradict each other\. Remove/,
    ],
    [['one', 'two'], /^Write only one folder\. "two" is not an option\.$/],
  ] as const)('%j are rejected', ([args, message]) => {
    expect(() => parseArguments(args)).toThrow(message)
  })
})

test.for([
  ['npm/11.0.0 node/v24.0.0', 'npm', 'npm run dev', 'npm test', 'npx --no-install pkg'],
  ['pnpm/10.0.0 npm/?', 'pnpm', 'pnpm dev', 'pnpm test', 'pnpm exec pkg'],
  ['yarn/4.0.0 npm/?', 'yarn', 'yarn dev', 'yarn test', 'yarn run pkg'],
  ['bun/1.3.0 npm/?', 'bun', 'bun run dev', 'bun run test', 'bun run pkg'],
  ['', 'npm', 'npm run dev', 'npm test', 'npx --no-install pkg'],
] as const)('%s runs scripts with %s', ([userAgent, expected, dev, own, program]) => {
  const manager = detectPackageManager(userAgent)

  expect(manager).toBe(expected)
  expect(runCommand(manager, 'dev')).toBe(dev)
  expect(runCommand(manager, 'test')).toBe(own)
  expect(programCommand(manager, 'pkg')).toBe(program)
})

test('on Windows, the shell does not look for the package manager in the new folder', () => {
  expect(optionsFor('win32')).toMatchObject({
    shell: true,
    env: { NoDefaultCurrentDirectoryInExePath: '1' },
  })
  expect(optionsFor('linux')).toEqual({ stdio: 'inherit' })
})
