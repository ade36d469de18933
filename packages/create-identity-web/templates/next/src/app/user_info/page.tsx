import { auth } from '../../auth'

export const metadata = { title: 'UserInfo · my-app' }

// Reads the current claims of the user from the provider.
export default auth.loginRequired.page(async (context) => {
  const claims = await context.userInfo()
  return (
    <>
      <h1>Your profile at the identity provider</h1>
      <p>The application called the UserInfo endpoint with your access token.</p>
      <pre>{JSON.stringify(claims, undefined, 2)}</pre>
    </>
  )
})
