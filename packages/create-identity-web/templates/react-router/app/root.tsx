import {
  Links,
  Meta,
  NavLink,
  Scripts,
  isRouteErrorResponse,
  useRouteLoaderData,
} from 'react-router'
import type { Route } from './+types/root'
import { auth } from './auth.server'
import { initialsOf, nameOf } from './claims'
import './style.css'

export const middleware: Route.MiddlewareFunction[] = [
  auth.middleware,
  // During an outage, users see the page about it, and not an error of the loader below.
  (args) => auth.getUser(args).then(undefined, (error) => auth.toResponse(args, error)),
]

// The browser gets all data of loaders, so this one returns only the data that the header shows.
export async function loader(args: Route.LoaderArgs) {
  const user = await auth.getUser(args)
  return user && { name: nameOf(user), initials: initialsOf(user), logoutPath: auth.paths.logout }
}

// For pages without a title.
export const meta = () => [{ title: 'my-app' }]

/** The document of all pages, also of those for errors. */
export function Layout({ children }: { children: React.ReactNode }) {
  const user = useRouteLoaderData<typeof loader>('root')
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="/favicon.svg" />
        <Meta />
        <Links />
      </head>
      <body>
        <header>
          <NavLink className="app" to="/">
            <img src="/favicon.svg" alt="" />
            my-app
          </NavLink>
          <nav>
            <NavLink to="/account">Account</NavLink>
            {/* #region graph */}
            <NavLink to="/call_api">Microsoft Graph</NavLink>
            {/* #endregion graph */}
            {/* #region oidc */}
            <NavLink to="/user_info">UserInfo</NavLink>
            {/* #endregion oidc */}
            <NavLink to="/admin">Administration</NavLink>
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

export { Outlet as default } from 'react-router'

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  const status = isRouteErrorResponse(error) ? error.status : 500
  if (status === 403)
    return (
      <>
        <h1>You may not see this page</h1>
        <p>It is for users with the role Todos.Admin.</p>
      </>
    )
  return <h1>{status === 404 ? 'This page does not exist' : 'Something went wrong'}</h1>
}
