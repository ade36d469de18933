import type { Claims } from 'identity-web/next'
import { auth } from '../auth.ts'

interface Props {
  readonly claims: Claims
  readonly current: string
}

/** The header of each page: the pages of the application, and the user. */
export async function Header({ claims, current }: Props) {
  const name = nameOf(claims)
  const pages = [
    ['Home', '/'],
    ['Call an API', process.env['IDENTITY_SCOPE'] && '/call_api'],
    // Only Azure AD B2C allows users to edit their profile.
    ['Edit your profile', await auth.getEditProfileUrl()],
  ] as const
  return (
    <header>
      <a className="app" href="/">
        <img src="/favicon.svg" alt="" width="28" height="28" />
        Demo app
      </a>
      <nav aria-label="Pages">
        {pages.map(
          ([text, path]) =>
            path && (
              <a key={text} href={path} aria-current={path === current ? 'page' : undefined}>
                {text}
              </a>
            ),
        )}
      </nav>
      <div className="user">
        <span className="picture" aria-hidden="true">
          {initialsOf(name)}
        </span>
        <span className="name">{name}</span>
        <a className="button quiet" href={auth.paths.logout}>
          Sign out
        </a>
      </div>
    </header>
  )
}

/** Returns the best name in the claims. AD FS sends `upn` instead of `name`. */
export function nameOf({ name, upn, sub }: Claims): string {
  return name ?? (typeof upn === 'string' ? upn : sub)
}

function initialsOf(name: string): string {
  const [first = '', ...others] = name.split(' ').map(([initial = '']) => initial)
  return first + (others.at(-1) ?? '')
}
