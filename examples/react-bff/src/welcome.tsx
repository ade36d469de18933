import { useSession } from 'identity-web/react'

export function Welcome() {
  const { login } = useSession()
  return (
    <div className="welcome">
      <h1>Your list, on every device</h1>
      <p>
        Sign in with your work account. This page never sees an access token: the server keeps it
        for you.
      </p>
      <button onClick={() => void login()}>Sign in</button>
    </div>
  )
}
