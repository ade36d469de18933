import { HeadContent, Link, Outlet, Scripts, createRootRoute } from '@tanstack/react-router'
import { createServerFn } from '@tanstack/react-start'
import { getRequest } from '@tanstack/react-start/server'
import type { ReactNode } from 'react'
import { auth } from '../auth.server'
import mark from '../mark.svg'
import styles from '../styles.css?url'

// Every visitor may see the header.
const getSession = createServerFn().handler(async () => {
  const user = await auth.getUser(getRequest())
  return { name: user?.name, loginPath: auth.paths.login, logoutPath: auth.paths.logout }
})

export const Route = createRootRoute({
  loader: () => getSession(),
  head: () => ({
    meta: [
      { charSet: 'utf-8' },
      { name: 'viewport', content: 'width=device-width, initial-scale=1' },
      { title: 'Example for TanStack Start' },
    ],
    links: [
      { rel: 'stylesheet', href: styles },
      { rel: 'icon', href: mark },
    ],
  }),
  shellComponent: Document,
  component: Root,
})

function Document({ children }: { readonly children: ReactNode }) {
  return (
    <html lang="en">
      <head>
        <HeadContent />
      </head>
      <body>
        {children}
        <Scripts />
      </body>
    </html>
  )
}

function Root() {
  const { name, loginPath, logoutPath } = Route.useLoaderData()
  return (
    <>
      <header>
        <Link className="app" to="/">
          <img src={mark} alt="" />
          TanStack Start
        </Link>
        <nav aria-label="Pages">
          <Link to="/" activeOptions={{ exact: true }}>
            Home
          </Link>
          <Link to="/account">My account</Link>
          <Link to="/call_api">Call an API</Link>
        </nav>
        <div className="user">
          {name === undefined ? (
            <a className="button" href={loginPath}>
              Sign in
            </a>
          ) : (
            <>
              <span className="picture" aria-hidden="true">
                {name.split(' ').map(([initial]) => initial)}
              </span>
              <span className="name">{name}</span>
              <a className="button quiet" href={logoutPath}>
                Sign out
              </a>
            </>
          )}
        </div>
      </header>
      <main>
        <Outlet />
      </main>
    </>
  )
}
