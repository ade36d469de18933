import { describe, expect } from 'vitest'
import { hasChromium } from '../chromium.ts'
import { newProject } from '../create/support/create-project.ts'
import { test as base } from './support/fixtures.ts'
import { buildAndServe } from './support/serve.ts'
import { signIn, walkThrough } from './support/walk.ts'

const BUILD = ['npm', 'run', 'build']
const SERVE = ['npm', 'run', 'start']

const ACTIONS = `import { defineAction } from 'astro:actions'
import { auth } from '../auth'

export const server = {
  save: defineAction({
    accept: 'form',
    handler: auth.loginRequired.action((form: FormData) => ({ saved: String(form.get('note')) })),
  }),
}
`

const FORM = `</details>
  <form method="POST" action={actions.save}>
    <label for="note">Note</label>
    <input id="note" name="note" autocomplete="off" />
    <button>Save</button>
  </form>
  {result?.data && <p>Saved: {result.data.saved}</p>}`

const ME = `import { auth } from '../../auth'

export const GET = auth.loginRequired((_context, { user }) => Response.json(user))
`

walkThrough({
  name: 'astro',
  node: 24,
  create: (basePath) =>
    newProject('astro', ({ edit, write }) => {
      write('src/actions/index.ts', ACTIONS)
      edit(
        'src/pages/account.astro',
        ['import { auth }', "import { actions } from 'astro:actions'\nimport { auth }"],
        ['page(Astro)\n', 'page(Astro)\nconst result = Astro.getActionResult(actions.save)\n'],
        ['</details>', FORM],
      )
      write('src/pages/api/me.ts', ME)
      edit('src/pages/call_api.astro', ["['User.Read']", "['User.Read', 'Mail.Read']"])
      // The router of the browser fetches pages.
      edit(
        'src/layouts/Layout.astro',
        ['import { auth }', "import { ClientRouter } from 'astro:transitions'\nimport { auth }"],
        ['  </head>', '    <ClientRouter />\n  </head>'],
      )
      if (basePath === '/') return
      edit('src/layouts/Layout.astro', ['<a href="/', `<a href="${basePath}/`])
      edit('src/auth.ts', ['scopes:', `basePath: '${basePath}',\n    scopes:`])
      edit('astro.config.ts', ['output:', `base: '${basePath}',\n  output:`])
    }),
  build: BUILD,
  serve: SERVE,
})

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
<Layout title="Salary"><Salary server:defer /></Layout>
`,
}

const test = base.extend('site', { scope: 'file' }, async ({ fileProvider }, { onCleanup }) => {
  const project = newProject('astro')
  for (const [path, text] of Object.entries(FILES)) project.write(path, text)
  const commands = { build: BUILD, serve: SERVE }
  const server = await buildAndServe(project, fileProvider.provider, commands)
  onCleanup(() => server.close())
  return server
})

describe.skipIf(!hasChromium)('a server island of Astro', () => {
  test('shows its content to the user, and not to visitors who have its URL', async ({
    page,
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
