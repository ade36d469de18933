import { newProject } from '../create/support/create-project.ts'
import { walkThrough } from './support/walk.ts'

const ACTION = `
export const actions = {
  default: auth.loginRequired(async ({ request }) => {
    const form = await request.formData()
    return { saved: String(form.get('note')) }
  }),
}
`

const FORM = `</details>
<form method="POST" use:enhance>
  <label for="note">Note</label>
  <input id="note" name="note" autocomplete="off" />
  <button>Save</button>
</form>
{#if form}
  <p>Saved: {form.saved}</p>
{/if}`

const ME = `import { auth } from '../../../auth.server'

export const GET = auth.loginRequired((_event, { user }) => Response.json(user))
`

walkThrough({
  name: 'sveltekit',
  node: 24,
  create: (basePath) =>
    newProject('sveltekit', ({ edit, read, write }) => {
      const data = 'src/routes/account/+page.server.ts'
      write(data, read(data) + ACTION)
      edit(
        'src/routes/account/+page.svelte',
        ['const { data }', "import { enhance } from '$app/forms'\n  const { data, form }"],
        ['</details>', FORM],
      )
      write('src/routes/api/me/+server.ts', ME)
      edit('src/routes/call_api/+page.server.ts', ["['User.Read']", "['User.Read', 'Mail.Read']"])
      if (basePath === '/') return
      edit('src/auth.server.ts', ['scopes:', `basePath: '${basePath}',\n    scopes:`])
      edit('src/routes/+layout.svelte', ["['/", `['${basePath}/`])
      edit('vite.config.ts', ['paths: {', `paths: { base: '${basePath}',`])
    }),
  build: ['npm', 'run', 'build'],
  serve: ['npm', 'run', 'start'],
  env: (port) => ({ ORIGIN: `http://localhost:${port}` }),
})
