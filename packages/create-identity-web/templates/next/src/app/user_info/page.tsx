import { auth } from '../../auth'

// Reads the current claims of the user from the provider.
export default auth.loginRequired.page(async (context) => {
  const claims = await context.userInfo()
  return (
    <>
      <h1>Your profile at the identity provider</h1>
      <p>
        The UserInfo endpoint was called with your access token. It returned your current claims.
      </p>
      <nav>
        <a href="/account">Back</a>
      </nav>
      <pre>{JSON.stringify(claims, undefined, 2)}</pre>
    </>
  )
})
