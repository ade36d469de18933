import { createFileRoute } from '@tanstack/react-router'
import { emailOf, nameOf } from '../claims'
import { getAccount } from '../functions'

export const Route = createFileRoute('/account')({
  loader: () => getAccount(),
  head: () => ({ meta: [{ title: 'Account · my-app' }] }),
  component: RouteComponent,
})

function RouteComponent() {
  // #region entra-id external-id ad-fs oidc
  const { claims } = Route.useLoaderData()
  // #endregion entra-id external-id ad-fs oidc
  // #region azure-ad-b2c
  const { claims, editProfile } = Route.useLoaderData()
  // #endregion azure-ad-b2c
  return (
    <>
      <h1>{`Hello, ${nameOf(claims)}`}</h1>
      <p>You are signed in as {emailOf(claims)}.</p>
      {/* #region azure-ad-b2c */}
      {editProfile !== undefined && (
        <p>
          <a className="button" href={editProfile}>
            Edit your profile
          </a>
        </p>
      )}
      {/* #endregion azure-ad-b2c */}
      <details>
        <summary>The claims of your ID token</summary>
        <pre>{JSON.stringify(claims, undefined, 2)}</pre>
      </details>
    </>
  )
}
