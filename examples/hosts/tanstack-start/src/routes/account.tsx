import { createFileRoute, useHydrated } from '@tanstack/react-router'
import { createServerFn, useServerFn } from '@tanstack/react-start'
import { useState, type FormEvent } from 'react'
import { auth } from '../auth.server'

const getAccount = createServerFn().handler(
  auth.loginRequired((_args, { user }) => ({ name: user.name })),
)

const saveNote = createServerFn({ method: 'POST' })
  .validator((note: string) => note)
  .handler(auth.loginRequired(({ data }, { user }) => ({ saved: data, by: user.name })))

// A loader runs in the browser too. Only the server function runs on the server, so it is what you guard.
export const Route = createFileRoute('/account')({
  loader: () => getAccount(),
  component: Account,
})

function Account() {
  const { name } = Route.useLoaderData()
  const [saved, setSaved] = useState<string>()
  // Sends the user to the sign-in if their session has ended.
  const save = useServerFn(saveNote)
  const isReady = useHydrated()

  async function submit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault()
    const note = new FormData(event.currentTarget).get('note') as string
    const result = await save({ data: note })
    setSaved(result?.saved)
  }

  return (
    <>
      <h1>Hello, {name}</h1>
      <form onSubmit={(event) => void submit(event)}>
        <label htmlFor="note">Note</label>
        <input id="note" name="note" aria-label="note" required />
        <button disabled={!isReady}>Save</button>
      </form>
      {saved !== undefined && <p>Saved: {saved}</p>}
    </>
  )
}
