import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { browser } from 'identity-web-dev/testing'
import { expect, test as base } from 'vitest'
import { freePort, openProject } from '../hosts/support/project.ts'

const script = fileURLToPath(new URL('../../scripts/try.mjs', import.meta.url))

/** Runs `npm run try` in a folder outside the repository. */
function runTry(folder: string, ...args: string[]) {
  return spawnSync(process.execPath, [script, ...args], {
    cwd: folder,
    encoding: 'utf8',
    // The tests run after a build.
    env: { ...process.env, INIT_CWD: folder, IDENTITY_WEB_IS_BUILT: 'yes' },
  })
}

const test = base
  // oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
  .extend('parent', ({}, { onCleanup }) => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'try-')))
    onCleanup(() => rmSync(folder, { recursive: true, force: true }))
    return folder
  })

test(
  'npm run try creates a project in an empty folder, and a user signs in',
  { timeout: 300_000 },
  async ({ parent }) => {
    mkdirSync(join(parent, 'my-app'))
    const { status, stdout, stderr } = runTry(parent, 'my-app', '--framework', 'hono')
    expect({ status, stderr }).toMatchObject({ status: 0 })
    expect(stdout).toContain('  cd my-app\n  npm run dev\n')

    const project = openProject(join(parent, 'my-app'))
    const port = await freePort()
    const origin = `http://localhost:${port}`
    const server = await project.start(['npm', 'run', 'dev'], origin, { PORT: String(port) })
    try {
      const page = await browser(origin, { as: 'alex' }).get('/account')
      expect(await page.text()).toContain('Hello, Alex Rivera')
    } finally {
      await server.close()
    }
    expect(project.run(['npx', '--no-install', 'identity-web-cli', '--version'])).toMatch(/^\d+\./)
  },
)

test(
  'npm run try adds the packages to a project that exists',
  { timeout: 300_000 },
  ({ parent }) => {
    writeFileSync(
      join(parent, 'package.json'),
      '{ "name": "shop", "type": "module", "private": true }',
    )
    const { status, stdout } = runTry(parent, '.')
    expect(status).toBe(0)
    expect(stdout).toContain('docs/sign-in.md')
    expect(stdout).toContain('docs/from-msal-node.md')

    const { dependencies, devDependencies } = JSON.parse(
      readFileSync(join(parent, 'package.json'), 'utf8'),
    ) as Record<string, Record<string, string>>
    expect(dependencies?.['identity-web']).toMatch(/^file:\.identity-web\/identity-web-.*\.tgz$/)
    expect(Object.keys(devDependencies ?? {})).toEqual(['identity-web-dev', 'identity-web-cli'])
    const program = "import { Auth } from 'identity-web/fetch'; console.log(typeof Auth)"
    expect(openProject(parent).run(['node', '--input-type=module', '-e', program])).toBe(
      'function\n',
    )
    expect(runTry(parent, '.', '--framework', 'koa').stderr).toContain('contains a project')
  },
)

test('npm run try with --no-install leaves the installation to you', ({ parent }) => {
  for (const step of ['  npm install\n  npm run dev\n', 'Run npm install, and then follow'])
    expect(runTry(parent, 'my-app', '--no-install').stdout).toContain(step)
  const files = openProject(join(parent, 'my-app')).run(['ls', '-A'])
  expect(files).toContain('.identity-web')
  expect(files).not.toContain('node_modules')
})

test('npm run try needs a folder outside the repository', ({ parent }) => {
  expect(runTry(parent).stderr).toContain('npm run try -- ../my-app')
  expect(runTry(parent, fileURLToPath(new URL('.', import.meta.url))).stderr).toContain(
    'is in this repository',
  )
})
