import { describe, expect } from 'vitest'
import { test as base } from '../../packages/dev-provider/test/support/fixtures.ts'
import { hasChromium } from '../chromium.ts'
import { freePort, installExample } from './support/project.ts'
import { signIn, walkThrough } from './support/walk.ts'

const NODE = 24
const BUILD = ['npm', 'run', 'build']
const SERVE = ['npm', 'run', 'start']

walkThrough({ name: 'astro', node: NODE, build: BUILD, serve: SERVE })

/** A guarded page with a server island, which has its own guard. */
const FILES: Readonly<Record<string, string>> = {
  'src/components/Salary.astro': `---
import { auth } from '../auth'

const { user } = await auth.loginRequired.page(Astro)
---
<p>The salary of {user.name}</p>
`,
  'src/pages/salary.astro': `---
import { auth } from '../auth'
import Salary from '../components/Salary.astro'
import Layout from '../layouts/Layout.astro'

await auth.loginRequired.page(Astro)
---
<Layout><Salary server:defer /></Layout>
`,
}

const test = base.extend('site', { scope: 'file' }, async ({ fileProvider }, { onCleanup }) => {
  const project = installExample('astro', NODE)
  const port = await freePort()
  const { provider } = fileProvider
  const url = `http://localhost:${port}`
  for (const [path, text] of Object.entries(FILES)) project.write(path, text)
  project.write(
    '.env',
    `IDENTITY_AUTHORITY=${provider.authority()}
IDENTITY_CLIENT_ID=${provider.app.clientId}
IDENTITY_CLIENT_SECRET=${provider.app.clientSecret}
IDENTITY_REDIRECT_URI=${url}/redirect
IDENTITY_SESSION_SECRET=a-session-secret-of-the-tests-with-32-characters
`,
  )
  const variables = { BASE_PATH: '/', PORT: String(port) }
  project.run(BUILD, variables)
  const server = await project.start(SERVE, `${url}/`, variables)
  onCleanup(() => server.close())
  return { url }
})

describe.skipIf(!hasChromium)('a server island of Astro', () => {
  test('shows its content to the user, and not to visitors who have its URL', async ({
    page,
    provider: _reset,
    site,
  }) => {
    const island = page.waitForResponse((response) => response.url().includes('/_server-islands/'))
    await page.goto(`${site.url}/salary`)
    await signIn(page, page.getByText('The salary of Alex Rivera'))
    await page.getByText('The salary of Alex Rivera').waitFor()
    const url = (await island).url()

    const answer = await fetch(url)

    expect(answer.status).toBe(401)
    expect(await answer.text()).not.toContain('salary')
  })
})
