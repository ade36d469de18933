import { StrictMode, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { LoginRequired, SessionProvider, useExpiring, useSession } from 'identity-web/react'
import mark from '../mark.svg'
import '../style.css'

const initialSession = JSON.parse(document.querySelector('#session').textContent)

createRoot(document.querySelector('#app')).render(
  <StrictMode>
    <SessionProvider initialSession={initialSession}>
      <Page />
    </SessionProvider>
  </StrictMode>,
)

function Page() {
  const { status, user, error, login, logout } = useSession()
  return (
    <>
      <header>
        <a className="app" href="./">
          <img src={mark} alt="" />
          Notes
        </a>
        <div className="user">
          {user && (
            <>
              <span className="picture" aria-hidden="true">
                {user.name.split(' ').map(([initial]) => initial)}
              </span>
              <span className="name">{user.name}</span>
            </>
          )}
          {user ? (
            <button className="quiet" onClick={() => logout()}>
              Sign out
            </button>
          ) : (
            <button onClick={() => login()}>Sign in</button>
          )}
        </div>
      </header>
      <main>
        <h1>{user ? `Hello, ${user.name}` : 'Welcome'}</h1>
        {error?.code === 'offline' && <p role="status">You are offline.</p>}
        {status === 'expired' && <p role="status">Your session has ended.</p>}
        <IdleWarning />
        <Note />
      </main>
    </>
  )
}

function IdleWarning() {
  const expiring = useExpiring({ secondsBefore: 120 })
  const { extend } = useSession()
  if (expiring === undefined) return null
  return (
    <p role="alert">
      Your session ends soon. <button onClick={() => extend()}>Stay signed in</button>
    </p>
  )
}

function Note() {
  const session = useSession()
  const [note, setNote] = useState('')
  const [result, setResult] = useState('')

  async function save(event) {
    event.preventDefault()
    try {
      const response = await session.fetch('/api/notes', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ note }),
      })
      setResult(`Saved: ${(await response.json()).saved}`)
    } catch (error) {
      if (!(error instanceof LoginRequired)) throw error
      setResult('Sign in in another tab, and save again.')
    }
  }

  return (
    <form onSubmit={save}>
      <label>
        Note <input value={note} onChange={(event) => setNote(event.target.value)} />
      </label>
      <button>Save</button>
      <output>{result}</output>
    </form>
  )
}
