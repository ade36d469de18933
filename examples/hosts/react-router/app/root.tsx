import {
  Link,
  Links,
  Meta,
  NavLink,
  Outlet,
  Scripts,
  isRouteErrorResponse,
  useRouteLoaderData,
} from 'react-router'
import type { ReactNode } from 'react'
import type { Route } from './+types/root'
import { auth } from './auth.server'
import mark from './mark.svg'
import styles from './styles.css?url'

export const middleware: Route.MiddlewareFunction[] = [auth.middleware]

export const links: Route.LinksFunction = () => [
  { rel: 'stylesheet', href: styles },
  { rel: 'icon', href: mark },
]

export async function loader(args: Route.LoaderArgs) {
  const user = await auth.getUser(args)
  return { name: user?.name, loginPath: auth.paths.login, logoutPath: auth.paths.logout }
}

export function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Example for React Router</title>
        <Meta />
        <Links />
      </head>
      <body>
        <Header />
        <main>{children}</main>
        <Scripts />
      </body>
    </html>
  )
}

function Header() {
  const data = useRouteLoaderData<typeof loader>('root')
  return (
    <header>
      <Link className="app" to="/">
        <img src={mark} alt="" />
        React Router
      </Link>
      <nav aria-label="Pages">
        <NavLink to="/">Home</NavLink>
        <NavLink to="/account">My account</NavLink>
        <NavLink to="/call_api">Call an API</NavLink>
      </nav>
      <div className="user">
        {data?.name === undefined ? (
          <a className="button" href={data?.loginPath}>
            Sign in
          </a>
        ) : (
          <>
            <span className="picture" aria-hidden="true">
              {data.name.split(' ').map(([initial]) => initial)}
            </span>
            <span className="name">{data.name}</span>
            <a className="button quiet" href={data.logoutPath}>
              Sign out
            </a>
          </>
        )}
      </div>
    </header>
  )
}

export default function Root() {
  return <Outlet />
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  const isNotFound = isRouteErrorResponse(error) && error.status === 404
  return <h1>{isNotFound ? 'This page does not exist' : 'Something went wrong'}</h1>
}
