import { auth } from '../../auth'

// Users consent to the scopes when they open the page for the first time.
export default auth.loginRequired.page({ scopes: ['User.Read'] }, async (context) => {
  const response = await context.fetch('/me')
  const profile = (await response.json()) as object
  return (
    <>
      <h1>Your profile in Microsoft Graph</h1>
      <p>{`The API was called with your access token. It returned the status ${response.status}.`}</p>
      <nav>
        <a href="/account">Back</a>
      </nav>
      <pre>{JSON.stringify(profile, undefined, 2)}</pre>
    </>
  )
})
