import { auth } from '../../auth'
import { nameOf, show } from '../../claims'

// #region entra-id external-id ad-fs oidc
export default auth.loginRequired.page(({ claims }) => (
  <>
    <h1>{`Hello, ${nameOf(claims)}`}</h1>
    <p>You are signed in. Your identity provider has sent these claims about you.</p>
    <nav>
      {/* #region graph */}
      <a href="/call_api">Call Microsoft Graph</a>
      {/* #endregion graph */}
      {/* #region oidc */}
      <a href="/user_info">Call the UserInfo endpoint</a>
      {/* #endregion oidc */}
      <a href={auth.paths.logout}>Sign out</a>
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
))
// #endregion entra-id external-id ad-fs oidc
// #region azure-ad-b2c
export default auth.loginRequired.page(async ({ claims }) => {
  const editProfile = await auth.getEditProfileUrl()
  return (
    <>
      <h1>{`Hello, ${nameOf(claims)}`}</h1>
      <p>You are signed in. Your identity provider has sent these claims about you.</p>
      <nav>
        {editProfile !== undefined && <a href={editProfile}>Edit your profile</a>}
        <a href={auth.paths.logout}>Sign out</a>
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
})
// #endregion azure-ad-b2c
