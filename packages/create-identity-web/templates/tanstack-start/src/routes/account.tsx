import { createFileRoute } from '@tanstack/react-router'
import { createServerFn } from '@tanstack/react-start'
// #region azure-ad-b2c
import { getRequest } from '@tanstack/react-start/server'
// #endregion azure-ad-b2c
import { auth } from '../auth.server'
import { nameOf, show } from '../claims'

// #region entra-id external-id ad-fs oidc
const getAccount = createServerFn({ strict: false }).handler(
  auth.loginRequired((_args, { claims }) => ({ claims })),
)
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
const getAccount = createServerFn({ strict: false }).handler(
  auth.loginRequired(async (_args, { claims }) => ({
    claims,
    editProfile: await auth.getEditProfileUrl(getRequest()),
  })),
)
// #endregion azure-ad-b2c

// A loader runs in the browser too. Only the server function runs on the server, so it is what you guard.
export const Route = createFileRoute('/account')({
  loader: () => getAccount(),
  head: () => ({ meta: [{ title: 'Account · my-app' }] }),
  component: Account,
})

function Account() {
  const account = Route.useLoaderData()
  return (
    <>
      <h1>{`Hello, ${nameOf(account.claims)}`}</h1>
      <p>You are signed in. Your identity provider has sent these claims about you.</p>
      {/* #region azure-ad-b2c */}
      {account.editProfile !== undefined && (
        <p>
          <a className="button" href={account.editProfile}>
            Edit your profile
          </a>
        </p>
      )}
      {/* #endregion azure-ad-b2c */}
      <dl>
        {Object.entries(account.claims).map(([claim, value]) => (
          <div key={claim}>
            <dt>{claim}</dt>
            <dd>{show(value)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
