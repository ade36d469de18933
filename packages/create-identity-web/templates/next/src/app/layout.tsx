import Link from 'next/link'
import type { ReactNode } from 'react'
import config from '../../next.config'
import { auth } from '../auth'
import { initialsOf, nameOf } from '../claims'
import icon from './icon.svg'
import { NavLink } from './nav-link'
import './style.css'

export const metadata = { title: 'my-app' }

export default async function Layout({ children }: { readonly children: ReactNode }) {
  const user = await auth.getUser()
  return (
    <html lang="en">
      <body>
        <header>
          <Link className="app" href="/">
            <img src={icon.src} alt="" />
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
            {user && <i style={{ backgroundImage: `url(${config.basePath ?? ''}/photo)` }} />}
            {/* #endregion entra-id */}
            {user && <span>{nameOf(user)}</span>}
            {user ? (
              <a className="button" href={auth.paths.logout}>
                Sign out
              </a>
            ) : (
              <Link className="button" href="/account">
                Sign in
              </Link>
            )}
          </div>
        </header>
        <main>{children}</main>
      </body>
    </html>
  )
}
