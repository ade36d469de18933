import { Link } from 'react-router'
import type { Route } from './+types/home'
import { auth } from './auth.server'
import { nameOf, show } from './claims'

export const loader = auth.loginRequired((_args: Route.LoaderArgs, { claims }) => ({
  claims,
  logoutPath: auth.logoutPath,
}))

export default function Home({ loaderData: { claims, logoutPath } }: Route.ComponentProps) {
  return (
    <>
      <h1>{`Hello, ${nameOf(claims)}`}</h1>
      <p>You are signed in. Your identity provider has sent these claims about you.</p>
      <nav>
        {/* #region api */}
        <Link to="/call_api">Call Microsoft Graph</Link>
        {/* #endregion api */}
        <a href={logoutPath}>Sign out</a>
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
