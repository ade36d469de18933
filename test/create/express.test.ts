import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { browser } from 'identity-web-dev/testing'
import { expect, test as base } from 'vitest'
import { freePort } from '../hosts/support/project.ts'
import { createLinkedProject } from './support/linked-project.ts'

// `npm run -C maintain create` does the same with the packed libraries, for all frameworks and tenants, in Chromium.

const root = fileURLToPath(new URL('../../', import.meta.url))

// oxlint-disable-next-line no-empty-pattern -- Vitest reads the names of the required fixtures from the pattern.
const test = base.extend('project', { scope: 'file' }, ({}, { onCleanup }) =>
  createLinkedProject(onCleanup),
)

test('a new project compiles', ({ project }) => {
  // The script of the project does the same with the compiler of another version, which takes seconds.
  project.run(['node', `${root}node_modules/typescript7/bin/tsc`, '-p', '.'])
})

test('a new project passes its own tests', ({ project }) => {
  expect(project.run(['npm', 'test'])).toContain('7 passed')
})

test('a test of a new project gets the Auth for sessionFor, and a claim cannot add HTML to a page', ({
  project,
}) => {
  project.write('test/session.test.ts', SESSION_TEST)
  try {
    expect(project.run(['npm', 'test'])).toContain('8 passed')
  } finally {
    rmSync(join(project.folder, 'test/session.test.ts'))
  }
})

const SESSION_TEST = `import { sessionFor } from 'identity-web-dev/testing'
import { expect, test } from 'vitest'
import { start } from './start.ts'

test('greets the user of a session, and escapes claims', async () => {
  const { auth, origin, stop } = await start()

  const response = await fetch(origin + '/account', await sessionFor({ auth }, { as: 'alex' }))

  expect(await response.text()).toContain('Hello, Alex Rivera')

  const name = '<img src=x onerror="alert(1)">'
  const attacker = await sessionFor({ auth }, { as: 'alex', claims: { name, [name]: [name] } })
  const page = await (await fetch(origin + '/account', attacker)).text()
  expect(page).toContain('Hello, &#60;img src=x onerror=&#34;alert(1)&#34;&#62;')
  expect(page).not.toContain('<img')
  await stop()
})
`

test('npm run dev shows the page of a signed-in user', async ({ project }) => {
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const server = await project.start(['npm', 'run', 'dev'], origin, { PORT: String(port) })
  try {
    const page = await browser(origin, { as: 'alex' }).get('/account')

    expect(await page.text()).toContain('<h1>Hello, Alex Rivera</h1>')
    expect(server.output()).toMatch(new RegExp(`\\nOpen ${origin} and sign in as Alex Rivera\\.`))
  } finally {
    await server.close()
  }
})
