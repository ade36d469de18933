import { Link, createFileRoute } from '@tanstack/react-router'
import { createServerFn } from '@tanstack/react-start'
import { auth } from '../auth.server'
import { nameOf, show } from '../claims'

const getAccount = createServerFn().handler(
  auth.loginRequired((_args, { claims }) => ({
    name: nameOf(claims),
    claims: Object.entries(claims).map(([claim, value]) => ({ claim, text: show(value) })),
    logoutPath: auth.logoutPath,
  })),
)

// A loader runs in the browser too. Only the server function runs on the server, so it is what you guard.
export const Route = createFileRoute('/')({
  loader: () => getAccount(),
  component: Home,
})

function Home() {
  const { name, claims, logoutPath } = Route.useLoaderData()
  return (
    <>
      <h1>{`Hello, ${name}`}</h1>
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
          {claims.map(({ claim, text }) => (
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
