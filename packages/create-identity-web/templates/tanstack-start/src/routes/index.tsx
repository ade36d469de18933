import { Link, createFileRoute } from '@tanstack/react-router'

export const Route = createFileRoute('/')({ component: Home })

/** The page for everybody, which users see again after the sign-out. */
function Home() {
  return (
    <>
      <h1>Welcome</h1>
      <p>This page is for everybody. Sign in to see your account.</p>
      <Link className="button primary" to="/account">
        Your account
      </Link>
    </>
  )
}
