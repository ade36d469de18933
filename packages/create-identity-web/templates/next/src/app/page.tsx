import Link from 'next/link'

/** The page for everybody, which users see again after the sign-out. */
export default function Home() {
  return (
    <>
      <h1>Welcome</h1>
      <p>This page is for everybody. Sign in to see your account.</p>
      <Link className="button primary" href="/account">
        Your account
      </Link>
    </>
  )
}
