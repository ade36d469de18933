import {
  // #region graph oidc
  Link,
  // #endregion graph oidc
  createFileRoute,
} from '@tanstack/react-router'
import { createServerFn } from '@tanstack/react-start'
// #region azure-ad-b2c
import { getRequest } from '@tanstack/react-start/server'
// #endregion azure-ad-b2c
import { auth } from '../auth.server'
import { nameOf, show } from '../claims'

// #region entra-id external-id ad-fs oidc
const getAccount = createServerFn().handler(
  auth.loginRequired((_args, { claims }) => ({
    name: nameOf(claims),
    claims: Object.entries(claims).map(([claim, value]) => ({ claim, text: show(value) })),
    logoutPath: auth.paths.logout,
  })),
)
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
const getAccount = createServerFn().handler(
  auth.loginRequired(async (_args, { claims }) => ({
    name: nameOf(claims),
    claims: Object.entries(claims).map(([claim, value]) => ({ claim, text: show(value) })),
    logoutPath: auth.paths.logout,
    editProfile: await auth.getEditProfileUrl(getRequest()),
  })),
)
// #endregion azure-ad-b2c

// A loader runs in the browser too. Only the server function runs on the server, so it is what you guard.
export const Route = createFileRoute('/account')({
  loader: () => getAccount(),
  component: Account,
})

function Account() {
  const account = Route.useLoaderData()
  return (
    <>
      <h1>{`Hello, ${account.name}`}</h1>
      <p>You are signed in. Your identity provider has sent these claims about you.</p>
      <nav>
        {/* #region graph */}
        <Link to="/call_api">Call Microsoft Graph</Link>
        {/* #endregion graph */}
        {/* #region oidc */}
        <Link to="/user_info">Call the UserInfo endpoint</Link>
        {/* #endregion oidc */}
        {/* #region azure-ad-b2c */}
        {account.editProfile !== undefined && <a href={account.editProfile}>Edit your profile</a>}
        {/* #endregion azure-ad-b2c */}
        <a href={account.logoutPath}>Sign out</a>
      </nav>
      <table>
        <caption>Your claims</caption>
        <tbody>
          {account.claims.map(({ claim, text }) => (
            <tr key={claim}>
              <th scope="row">{claim}</th>
              <td>{text}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
