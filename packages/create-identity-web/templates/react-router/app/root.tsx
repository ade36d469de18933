import { Links, Meta, Outlet, Scripts, isRouteErrorResponse } from 'react-router'
import type { ReactNode } from 'react'
import type { Route } from './+types/root'
import { auth } from './auth.server'
import styles from './style.css?url'

export const middleware: Route.MiddlewareFunction[] = [auth.middleware]

export const links: Route.LinksFunction = () => [{ rel: 'stylesheet', href: styles }]

export function Layout({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Sign-in with React Router</title>
        <Meta />
        <Links />
      </head>
      <body>
        <main>{children}</main>
        <Scripts />
      </body>
    </html>
  )
}

export default function Root() {
  return <Outlet />
}

export function ErrorBoundary({ error }: Route.ErrorBoundaryProps) {
  const isNotFound = isRouteErrorResponse(error) && error.status === 404
  return <h1>{isNotFound ? 'This page does not exist' : 'Something went wrong'}</h1>
}
