import { newProject } from '../create/support/create-project.ts'
import { walkThrough } from './support/walk.ts'

const NODE = 22

const FORM = `import { useHydrated } from '@tanstack/react-router'
import { createServerFn, useServerFn } from '@tanstack/react-start'
import { useState, type FormEvent } from 'react'
import { auth } from './auth.server'

const saveNote = createServerFn({ method: 'POST' })
  .validator((note: string) => note)
  .handler(auth.loginRequired(({ data }, { user }) => ({ saved: data, by: user.name })))

export function NoteForm() {
  const [saved, setSaved] = useState<string>()
  // Sends the user to the sign-in if their session has ended.
  const save = useServerFn(saveNote)
  const isReady = useHydrated()

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const note = new FormData(event.currentTarget).get('note') as string
    setSaved((await save({ data: note }))?.saved)
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <input name="note" aria-label="note" required />
      <button disabled={!isReady}>Save</button>
      {saved !== undefined && <p>Saved: {saved}</p>}
    </form>
  )
}
`

const ME = `import { createFileRoute } from '@tanstack/react-router'
import { auth } from '../../auth.server'

const GET = auth.loginRequired((_args, { user }) => Response.json(user))

export const Route = createFileRoute('/api/me')({ server: { handlers: { GET } } })
`

/** Serves the files of the client below a path. */
const SERVER = (basePath: string) => `import { serve } from 'srvx'
import { staticMiddleware } from 'srvx/static'
import application from './dist/server/server.js'

const files = staticMiddleware({ dir: 'dist/client' })

serve({
  fetch(request) {
    const file = new Request(request.url.replace('${basePath}', ''), { headers: request.headers })
    return files(file, () => application.fetch(request))
  },
})
`

walkThrough({
  name: 'tanstack-start',
  node: NODE,
  create: (basePath) =>
    newProject(
      'tanstack-start',
      ({ edit, write }) => {
        write('src/note-form.tsx', FORM)
        edit(
          'src/routes/account.tsx',
          ['</details>', '</details>\n      <NoteForm />'],
          ["from '../functions'", "from '../functions'\nimport { NoteForm } from '../note-form'"],
        )
        write('src/routes/api/me.ts', ME)
        edit('src/functions.ts', ["['User.Read']", "['User.Read', 'Mail.Read']"])
        if (basePath === '/') return
        edit('vite.config.ts', ['plugins:', `base: '${basePath}',\n  plugins:`])
        write('server.mjs', SERVER(basePath))
      },
      NODE,
    ),
  build: ['npm', 'run', 'build'],
  serve: ['npm', 'start'],
})
