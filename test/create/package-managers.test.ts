import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { browser } from 'identity-web-dev/testing'
import { expect, test as base } from 'vitest'
import {
  runCommand,
  type PackageManager,
} from '../../packages/create-identity-web/src/package-manager.ts'
import { freePort, nodeFolder, openProject, withTarballs } from '../hosts/support/project.ts'
import { unpackCommand } from './support/create-project.ts'

const tools = fileURLToPath(new URL('../../.artifacts/create/managers', import.meta.url))
/** Current package managers do not run on Node.js 20. */
const node = nodeFolder(24)

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('program', { scope: 'file' }, ({}) => unpackCommand())
  // Outside the repository, because package managers look for a workspace in the folders above.
  // oxlint-disable-next-line no-empty-pattern -- as above
  .extend('parent', ({}, { onCleanup }) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'create-identity-web-')))
    onCleanup(() => rmSync(folder, { recursive: true, force: true }))
    return folder
  })

test.for([
  ['pnpm@10', 'pnpm', 'express'],
  ['pnpm@12', 'pnpm', 'express'],
  ['yarn@1', 'yarn', 'express'],
  ['@yarnpkg/cli-dist@4', 'yarn', 'express'],
  ['bun@1', 'bun', 'express'],
  // It rejects undecided scripts of packages, and Angular has the most.
  ['pnpm@12', 'pnpm', 'angular'],
] as const)(
  '%s installs a new project (%s, %s), which then compiles, passes its tests and starts',
  async ([source, manager, framework], { program, parent }) => {
    const path = `${toolFolder(source)}:${node}:${process.env['PATH'] ?? ''}`
    // Yarn does not write its lockfile in CI.
    const env = { PATH: path, CI: '', npm_config_user_agent: userAgentOf(manager) }
    const { folder, run, start, write } = openProject(join(parent, 'shop'))
    const options = ['--framework', framework, '--tenant', 'entra-id', '--no-install']
    const printed = openProject(parent).run(['node', program, 'shop', ...options], env)
    expect(printed).toContain(`  ${manager} install\n  ${runCommand(manager, 'dev')}\n`)
    const manifest = withTarballs(readFileSync(join(folder, 'package.json'), 'utf8'))
    write('package.json', manager === 'yarn' ? withKnownVite(manifest) : manifest)

    for (const command of commandsOf(folder)) {
      if (command === runCommand(manager, 'dev')) continue
      const output = run(command.split(' '), env)
      if (command === runCommand(manager, 'test')) expect(output).toContain('7 passed')
    }

    const port = await freePort()
    const origin = `http://localhost:${port}`
    const dev = runCommand(manager, 'dev').split(' ')
    const server = await start(dev, origin, { ...env, PORT: String(port) })
    try {
      const page = await browser(origin, { as: 'alex' }).get('/account')
      expect(await page.text()).toContain('Hello, Alex Rivera')
    } finally {
      await server.close()
    }
  },
)

/**
 * Replaces Vite if the registry lacks an optional dependency that version 8.4 added for Windows. A mirror can lack a
 * package, and of all package managers only Yarn stops then.
 */
function withKnownVite(manifest: string): string {
  const { status } = spawnSync('npm', ['view', 'napi-windows-process-start-time', 'version'])
  if (status === 0) return manifest
  return JSON.stringify({ ...(JSON.parse(manifest) as object), resolutions: { vite: '~8.3.0' } })
}

/** The commands of the sections "Run it" and "Test it" of the README. */
function commandsOf(folder: string): string[] {
  const text = readFileSync(join(folder, 'README.md'), 'utf8')
  const blocks = [...text.matchAll(/```sh\n(.+?)\n```/gs)].slice(0, 2)
  const commands = blocks.flatMap(([, block = '']) => block.split('\n'))
  expect(commands).toHaveLength(4)
  return commands
}

/** Installs a package manager with npm. @returns The folder of its program. */
function toolFolder(source: string): string {
  const folder = join(tools, source.replaceAll(/[@/]/g, '-'))
  const programs = join(folder, 'node_modules/.bin')
  if (existsSync(programs)) return programs
  mkdirSync(folder, { recursive: true })
  const options = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error']
  execFileSync('npm', ['install', '--prefix', folder, source, ...options])
  return programs
}

/** A package manager sets it for the programs that it starts. */
function userAgentOf(manager: PackageManager): string {
  return `${manager}/1.0.0 npm/? node/v24.0.0 linux x64`
}
