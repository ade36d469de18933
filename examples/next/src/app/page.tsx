import { auth } from '../auth.ts'

// oxlint-disable-next-line import/no-default-export -- Next.js requires it
export default auth.loginRequired.page(async ({ user, claims }) => {
  // Only Azure AD B2C allows users to edit their profile.
  const editProfile = await auth.getEditProfileUrl()
  return (
    <>
      <h1>{`Hello, ${user.name ?? user.sub}`}</h1>
      <p>You are signed in. These are the claims of your ID token.</p>
      <nav>
        {process.env['IDENTITY_ENDPOINT'] && <a href="/call_api">Call an API</a>}{' '}
        {editProfile && <a href={editProfile}>Edit your profile</a>}{' '}
        <a href={auth.logoutPath}>Sign out</a>
      </nav>
      <table>
        <caption>Your claims</caption>
        <tbody>
          {Object.entries(claims).map(([claim, value]) => (
            <tr key={claim}>
              <th scope="row">{claim}</th>
              <td>{typeof value === 'string' ? value : JSON.stringify(value)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  )
})
