import { createFileRoute } from '@tanstack/react-router'
import { createServerFn } from '@tanstack/react-start'
import { auth } from '../auth.server'

const checkRole = createServerFn().handler(
  auth.loginRequired({ roles: ['Todos.Admin'] }, () => null),
)

// If the browser loads the page, users without the role see the page of identity-web with the status 403 instead.
export const Route = createFileRoute('/admin')({
  loader: () => checkRole(),
  component: Admin,
  errorComponent: () => <h1>You may not see this page</h1>,
})

function Admin() {
  return (
    <>
      <h1>Administration</h1>
      <p>You see this page because you have the role Todos.Admin.</p>
    </>
  )
}
