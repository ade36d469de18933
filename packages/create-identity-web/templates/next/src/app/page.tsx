import { auth } from '../auth'
import { nameOf, show } from '../claims'

export default auth.loginRequired.page(({ claims }) => (
  <>
    <h1>{`Hello, ${nameOf(claims)}`}</h1>
    <p>You are signed in. Your identity provider has sent these claims about you.</p>
    <nav>
      {/* #region api */}
      <a href="/call_api">Call Microsoft Graph</a>
      {/* #endregion api */}
      <a href={auth.logoutPath}>Sign out</a>
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
