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
      {/* #region entra-id */}
      <p>It is for users with the role Todos.Admin. In development, Sam Okafor has this role.</p>
      {/* #endregion entra-id */}
      {/* #region external-id ad-fs oidc azure-ad-b2c */}
      <p>It is for users with the role Todos.Admin.</p>
      {/* #endregion external-id ad-fs oidc azure-ad-b2c */}
    </>
  )
}
