import { newProject } from '../create/support/create-project.ts'
import { walkThrough } from './support/walk.ts'

const ACTION = `export const action = auth.loginRequired(async ({ request }: Route.ActionArgs) => {
  const form = await request.formData()
  return { saved: String(form.get('note')) }
})
`

const FORM = `</details>
      <Form method="post">
        <label htmlFor="note">Note</label>
        <input id="note" name="note" required />
        <button>Save</button>
      </Form>
      {actionData && <p>Saved: {actionData.saved}</p>}`

const ME = `import { auth } from './auth.server'

export const loader = auth.loginRequired((_args, { user }) => Response.json(user))
`

walkThrough({
  name: 'react-router',
  node: 24,
  create: (basePath) =>
    newProject('react-router', ({ edit, write }) => {
      edit(
        'app/account.tsx',
        ['import type', "import { Form } from 'react-router'\nimport type"],
        ['({ loaderData }', '({ loaderData, actionData }'],
        ['export const meta', `${ACTION}\nexport const meta`],
        ['</details>', FORM],
      )
      write('app/me.ts', ME)
      edit('app/routes.ts', [
        "  index('home.tsx'),",
        "  index('home.tsx'),\n  route('api/me', 'me.ts'),",
      ])
      edit('app/call-api.tsx', ["['User.Read']", "['User.Read', 'Mail.Read']"])
      edit('react-router.config.ts', ['{}', `{ basename: '${basePath}' }`])
    }),
  build: ['npm', 'run', 'build'],
  serve: ['npm', 'start'],
})
