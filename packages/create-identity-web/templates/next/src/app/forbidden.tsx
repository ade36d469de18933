/** The page for users who are signed in, but are not allowed to see a page. */
export default function Forbidden() {
  return (
    <>
      <h1>You are not allowed to see this page</h1>
      <p>Ask your administrator for access, or sign in with another account.</p>
      <nav>
        <a href="/">Home</a>
      </nav>
    </>
  )
}
