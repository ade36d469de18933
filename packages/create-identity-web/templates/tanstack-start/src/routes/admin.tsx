import { createFileRoute } from '@tanstack/react-router'
import { checkRole } from '../functions'

export const Route = createFileRoute('/admin')({
  loader: () => checkRole(),
  head: () => ({ meta: [{ title: 'Administration · my-app' }] }),
  component: RouteComponent,
})

function RouteComponent() {
  return Route.useLoaderData() ? (
    <>
      <h1>Administration</h1>
      <p>You see this page because you have the role Todos.Admin.</p>
    </>
  ) : (
    <>
      <h1>You may not see this page</h1>
      <p>It is for users with the role Todos.Admin.</p>
    </>
  )
}
