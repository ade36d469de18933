import { HeadContent, Link, Scripts, createRootRoute } from '@tanstack/react-router'
import { createServerFn } from '@tanstack/react-start'
import { getRequest } from '@tanstack/react-start/server'
import { auth } from '../auth.server'
import { initialsOf, nameOf } from '../claims'
import styles from '../style.css?url'

// The browser gets the result of server functions, so this one returns only the data that the header shows.
const getUser = createServerFn().handler(async () => {
  const user = await auth.getUser(getRequest())
  return user && { name: nameOf(user), initials: initialsOf(user), logoutPath: auth.paths.logout }
})

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
        <link rel="stylesheet" href={styles} />
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
            {user && (
              <span className="picture">
                {user.initials}
                {/* #region entra-id */}
                <i style={{ backgroundImage: 'url(/photo)' }} />
                {/* #endregion entra-id */}
              </span>
            )}
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
