// #region graph oidc
import { Link } from 'react-router'
// #endregion graph oidc
import type { Route } from './+types/account'
import { auth } from './auth.server'
import { nameOf, show } from './claims'

// #region entra-id external-id ad-fs oidc
export const loader = auth.loginRequired((_args: Route.LoaderArgs, { claims }) => ({
  claims,
  logoutPath: auth.paths.logout,
}))
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
export const loader = auth.loginRequired(async (args: Route.LoaderArgs, { claims }) => ({
  claims,
  logoutPath: auth.paths.logout,
  editProfile: await auth.getEditProfileUrl(args),
}))
// #endregion azure-ad-b2c

export default function Account({ loaderData }: Route.ComponentProps) {
  const { claims } = loaderData
  return (
    <>
      <h1>{`Hello, ${nameOf(claims)}`}</h1>
      <p>You are signed in. Your identity provider has sent these claims about you.</p>
      <nav>
        {/* #region graph */}
        <Link to="/call_api">Call Microsoft Graph</Link>
        {/* #endregion graph */}
        {/* #region oidc */}
        <Link to="/user_info">Call the UserInfo endpoint</Link>
        {/* #endregion oidc */}
        {/* #region azure-ad-b2c */}
        {loaderData.editProfile !== undefined && (
          <a href={loaderData.editProfile}>Edit your profile</a>
        )}
        {/* #endregion azure-ad-b2c */}
        <a href={loaderData.logoutPath}>Sign out</a>
      </nav>
      <table>
        <caption>Your claims</caption>
        <tbody>
          {Object.entries(claims).map(([claim, value]) => (
            <tr key={claim}>
              <th scope="row">{claim}</th>
              <td>{show(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
}
