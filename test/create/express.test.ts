import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { browser } from 'identity-web-dev/testing'
import { expect, test as base } from 'vitest'
import { freePort, openProject } from '../hosts/support/project.ts'

// `npm run test:create` does the same with the packed libraries, for all frameworks and tenants, in Chromium.

const root = fileURLToPath(new URL('../../', import.meta.url))
const program = `${root}packages/create-identity-web/bin/create-identity-web.mjs`

/** A project for Express and Entra ID, with the packages of the repository. */
// oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
const test = base.extend('project', { scope: 'file' }, ({}, { onCleanup }) => {
  // Below the repository, so that npm and Vitest find the same files as in a real project.
  mkdirSync(`${root}.artifacts`, { recursive: true })
  const parent = mkdtempSync(`${root}.artifacts/create-`)
  onCleanup(() => rmSync(parent, { recursive: true, force: true }))
  const folder = join(parent, 'shop')
  execFileSync(process.execPath, [program, folder, '--yes', '--no-install'], { stdio: 'pipe' })
  symlinkSync(`${root}node_modules`, join(folder, 'node_modules'))
  return openProject(folder)
})

test('a new project compiles', ({ project }) => {
  // The script of the project does the same with the compiler of another version, which takes seconds.
  project.run(['node', `${root}node_modules/typescript7/bin/tsc`, '-p', '.'])
})

test('a new project passes its own tests', ({ project }) => {
  expect(project.run(['npm', 'test'])).toContain('3 passed')
})

test('npm run dev shows the page of a signed-in user', async ({ project }) => {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const server = await project.start(['npm', 'run', 'dev'], origin, { PORT: String(port) })
  try {
    const page = await browser(origin, { as: 'alex' }).get('/')

    expect(await page.text()).toContain('<h1>Hello, Alex Rivera</h1>')
    expect(server.output()).toContain(`Your app: ${origin}`)
  } finally {
    await server.close()
  }
})
