import { Form } from 'react-router'
import type { Route } from './+types/account'
import { auth } from './auth.server'

export const loader = auth.loginRequired((_args: Route.LoaderArgs, { user }) => ({
  name: user.name,
}))

export const action = auth.loginRequired(async ({ request }: Route.ActionArgs) => {
  const form = await request.formData()
  return { saved: String(form.get('note')) }
})

export default function Account({ loaderData, actionData }: Route.ComponentProps) {
  return (
    <>
      <h1>Hello, {loaderData.name}</h1>
      <Form method="post">
        <label htmlFor="note">Note</label>
        <input id="note" name="note" required />
        <button>Save</button>
      </Form>
      {actionData && <p>Saved: {actionData.saved}</p>}
    </>
  )
}
