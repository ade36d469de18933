import { execFile } from 'node:child_process'
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { expect, onTestFinished, test } from 'vitest'

// The first minute of a developer: the code of the README, with the built package, and no setting at all.

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const DEV = join(ROOT, 'packages/dev-provider')
const README = readFileSync(join(ROOT, 'README.md'), 'utf8')
const CODE = /```ts\n(import express .*?)```/s.exec(README)?.[1] ?? ''

/** Makes a folder with packages that are linked to folders of this repository. */
function createFolder(packages: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'identity-web-first-')))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, target] of Object.entries(packages)) {
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    symlinkSync(join(ROOT, target), link)
  }
  writeFileSync(join(folder, 'app.mjs'), CODE)
  return folder
}

const LINKED = { 'identity-web': 'packages/identity-web', express: 'node_modules/express' }
const INSTALLED = {
  ...LINKED,
  'identity-web-dev': 'packages/dev-provider',
  '.bin/identity-web-dev': 'packages/dev-provider/bin/identity-web-dev.mjs',
}

/** Runs the application without settings. Returns the lines that it prints, without the version that Node.js adds. */
async function start(
  folder: string,
  { args = ['app.mjs'], env = {} }: { args?: string[]; env?: Record<string, string> } = {},
): Promise<string[]> {
  const { stderr } = await promisify(execFile)(process.execPath, args, {
    cwd: folder,
    env: { PATH: process.env['PATH'], ...env },
  }).catch((error: { readonly stderr: string }) => error)
  return stderr.replace(/\n+Node\.js v\S+\s*$/, '').split('\n')
}

test.each<[string, Record<string, string>, Parameters<typeof start>[1], string]>([
  ['app.mjs', INSTALLED, {}, 'npx --no-install identity-web-dev -- node app.mjs'],
  [
    'another way to start it',
    INSTALLED,
    { args: ['--no-warnings', 'app.mjs', '--password=secret'] },
    'npx --no-install identity-web-dev -- node --no-warnings app.mjs',
  ],
  [
    'a script of package.json',
    INSTALLED,
    { env: { npm_lifecycle_event: 'start' } },
    'npx --no-install identity-web-dev -- npm run start',
  ],
  [
    'a clone of the repository, whose development provider is not installed',
    LINKED,
    {},
    `node ${DEV}/bin/identity-web-dev.mjs -- node app.mjs`,
  ],
])('the last line is a command that works: %s', async (_, packages, how, command) => {
  const lines = await start(createFolder(packages), how)

  expect(lines.at(-1)).toBe(`  ${command}`)
  const first = lines.findIndex((line) => line.includes('Almost done: configure sign-in'))
  expect(lines.slice(first + 1, first + 6)).toEqual([
    '✗ IDENTITY_AUTHORITY is missing (in the code: authority)',
    '✗ IDENTITY_CLIENT_ID is missing (in the code: clientId)',
    '✗ IDENTITY_CLIENT_SECRET is missing (in the code: clientCredential)',
    '✗ IDENTITY_REDIRECT_URI is missing (in the code: redirectUri)',
    '✗ IDENTITY_SESSION_SECRET is missing (in the code: session.secret)',
  ])
  expect(lines.join('\n')).toMatch(/app\.mjs:5:14/)
  expect(lines.join('\n')).not.toMatch(/undefined|identity-web\/dist|password/)
})

test('a project without a clone beside it is told how to add the development provider', async () => {
  const { 'identity-web': own, ...others } = LINKED
  const dependencies = ['openid-client', 'oauth4webapi', 'jose']
  const folder = createFolder({
    ...others,
    ...Object.fromEntries(dependencies.map((name) => [name, `node_modules/${name}`])),
  })
  for (const part of ['package.json', 'dist']) {
    cpSync(join(ROOT, own, part), join(folder, 'node_modules/identity-web', part), {
      recursive: true,
    })
  }

  const lines = await start(folder)

  expect(lines.at(-1)).toMatch(
    /^ {2}npm install --save-dev \S+\/packages\/dev-provider && npx --no-install identity-web-dev -- node app\.mjs$/,
  )
  expect(lines.join('\n')).toContain('run npm ci and npm run build')
})

test('in development, the application starts, and its last line is the command too', async () => {
  const folder = createFolder(INSTALLED)
  writeFileSync(join(folder, 'app.mjs'), `${CODE}\nsetTimeout(() => process.exit(), 500)`)

  const lines = await start(folder, { env: { NODE_ENV: 'development', PORT: '0' } })

  expect(lines.filter((line) => line.includes(' is not configured. Set '))).toHaveLength(4)
  expect(lines.findLast((line) => line !== '')).toMatch(
    /^identity-web: To try the application now without an account, .* Run: npx --no-install identity-web-dev -- node app\.mjs$/,
  )
})

test('a production that forgets its settings is not told to try something', async () => {
  const lines = await start(createFolder(INSTALLED), { env: { NODE_ENV: 'production' } })

  expect(lines.join('\n')).toContain('authority is not configured. Set Auth({ authority })')
  expect(lines.join('\n')).not.toMatch(/undefined|npx/)
})

// Node.js prints the line of the code that failed, if the stack of the error has not changed.
test('in a bundle, the message is not below thousands of characters of minified code', async () => {
  const folder = createFolder(LINKED)
  await build({
    entryPoints: [join(folder, 'app.mjs')],
    outfile: join(folder, 'bundle.mjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    external: ['express'],
  })

  const lines = await start(folder, { args: ['bundle.mjs'], env: { NODE_ENV: 'production' } })

  expect(lines.join('\n')).toContain('The configuration has 5 problems')
  expect(lines.filter((line) => line.length > 1000)).toEqual([])
})

test('npx finds the program that the message names', async () => {
  const folder = createFolder(INSTALLED)

  const { stdout } = await promisify(execFile)(
    'npx',
    [
      '--no-install',
      'identity-web-dev',
      '--',
      process.execPath,
      '-p',
      'process.env.IDENTITY_AUTHORITY',
    ],
    { cwd: folder, shell: process.platform === 'win32' },
  )

  expect(stdout).toMatch(/http:\/\/localhost:\d+\/\S+$/m)
})
