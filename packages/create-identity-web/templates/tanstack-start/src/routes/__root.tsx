import { HeadContent, Link, Scripts, createRootRoute } from '@tanstack/react-router'
import { getUser } from '../functions'
import '../style.css'

export const Route = createRootRoute({
  loader: () => getUser(),
  head: () => ({ meta: [{ title: 'my-app' }] }),
  shellComponent: RootDocument,
})

function RootDocument({ children }: { children: React.ReactNode }) {
  const user = Route.useLoaderData()
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="/favicon.svg" />
        <HeadContent />
      </head>
      <body>
        <header>
          <Link className="app" to="/">
            <img src="/favicon.svg" alt="" />
            my-app
          </Link>
          <nav>
            <Link to="/account">Account</Link>
            {/* #region graph */}
            <Link to="/call_api">Microsoft Graph</Link>
            {/* #endregion graph */}
            {/* #region oidc */}
            <Link to="/user_info">UserInfo</Link>
            {/* #endregion oidc */}
            <Link to="/admin">Administration</Link>
          </nav>
          <div className="user">
            {user && <span className="picture">{user.initials}</span>}
            {/* #region entra-id */}
            {user && <i style={{ backgroundImage: 'url(/photo)' }} />}
            {/* #endregion entra-id */}
            {user && <span>{user.name}</span>}
            <a className="button" href={user ? user.logoutPath : '/account'}>
              {user ? 'Sign out' : 'Sign in'}
            </a>
          </div>
        </header>
        <main>{children}</main>
        <Scripts />
      </body>
    </html>
  )
}
