import Link from 'next/link'
import type { ReactNode } from 'react'
import { auth } from '../auth'
import { initialsOf, nameOf } from '../claims'
import { NavLink } from './nav-link'
import './style.css'

// The path of `basePath` in next.config.ts.
const base = auth.paths.logout.replace('/auth/logout', '')

export const metadata = { title: 'my-app', icons: `${base}/favicon.svg` }

export default async function Layout({ children }: { readonly children: ReactNode }) {
  const user = await auth.getUser()
  return (
    <html lang="en">
      <body>
        <header>
          <Link className="app" href="/">
            <img src={`${base}/favicon.svg`} alt="" />
            my-app
          </Link>
          <nav>
            <NavLink href="/account">Account</NavLink>
            {/* #region graph */}
            <NavLink href="/call_api">Microsoft Graph</NavLink>
            {/* #endregion graph */}
            {/* #region oidc */}
            <NavLink href="/user_info">UserInfo</NavLink>
            {/* #endregion oidc */}
            <NavLink href="/admin">Administration</NavLink>
          </nav>
          <div className="user">
            {user && <span className="picture">{initialsOf(user)}</span>}
            {/* #region entra-id */}
            {user && <i style={{ backgroundImage: `url(${base}/photo)` }} />}
            {/* #endregion entra-id */}
            {user && <span>{nameOf(user)}</span>}
            <a className="button" href={user ? auth.paths.logout : `${base}/account`}>
              {user ? 'Sign out' : 'Sign in'}
            </a>
          </div>
        </header>
        <main>{children}</main>
      </body>
    </html>
  )
}
