import { Link, createFileRoute } from '@tanstack/react-router'

/** The page for everybody, which users see again after the sign-out. */
export const Route = createFileRoute('/')({
  component: () => (
    <>
      <h1>Welcome</h1>
      <p>This page is for everybody. Sign in to see your account.</p>
      <Link className="button primary" to="/account">
        Your account
      </Link>
    </>
  ),
})
