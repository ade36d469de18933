import { useSession } from 'identity-web/react'
import { ExpiryWarning } from './expiry-warning.tsx'
import { Todos } from './todos.tsx'
import { Welcome } from './welcome.tsx'

export function App() {
  const { status, user, logout } = useSession()
  return (
    <>
      <header>
        <a className="app" href="/">
          <img src="/icon.svg" alt="" width="28" height="28" /> Todos
        </a>
        {user && (
          <div className="user">
            <span className="picture" aria-hidden="true">
              {initialsOf(user.name)}
            </span>
            <span className="name">{user.name}</span>
            <button className="quiet" onClick={() => void logout()}>
              Sign out
            </button>
          </div>
        )}
      </header>
      <main>{status === 'signed-out' ? <Welcome /> : status !== 'loading' && <Todos />}</main>
      <ExpiryWarning />
    </>
  )
}

function initialsOf(name: string): string {
  const [first = '', ...others] = name.split(' ').map(([initial = '']) => initial)
  return first + (others.at(-1) ?? '')
}
