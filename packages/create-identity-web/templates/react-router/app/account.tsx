import type { Route } from './+types/account'
import { auth } from './auth.server'
import { emailOf, nameOf } from './claims'

// #region entra-id external-id ad-fs oidc
export const loader = auth.loginRequired((_args, { claims }) => ({ claims }))
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
export const loader = auth.loginRequired(async (args, { claims }) => ({
  claims,
  editProfile: await auth.getEditProfileUrl(args),
}))
// #endregion azure-ad-b2c

export const meta = () => [{ title: 'Account · my-app' }]

export default function Account({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <h1>{`Hello, ${nameOf(loaderData.claims)}`}</h1>
      <p>You are signed in as {emailOf(loaderData.claims)}.</p>
      {/* #region azure-ad-b2c */}
      {loaderData.editProfile !== undefined && (
        <p>
          <a className="button" href={loaderData.editProfile}>
            Edit your profile
          </a>
        </p>
      )}
      {/* #endregion azure-ad-b2c */}
      <details>
        <summary>The claims of your ID token</summary>
        <pre>{JSON.stringify(loaderData.claims, undefined, 2)}</pre>
      </details>
    </>
  )
}
