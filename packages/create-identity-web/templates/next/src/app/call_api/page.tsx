import { auth } from '../../auth'

export const metadata = { title: 'Microsoft Graph · my-app' }

// If a user has not consented to the scopes, the guard asks for the consent.
export default auth.loginRequired.page({ scopes: ['User.Read'] }, async (context) => {
  const response = await context.fetch('/me')
  return (
    <>
      <h1>Your profile in Microsoft Graph</h1>
      <p>The application called Microsoft Graph with your access token.</p>
      <pre>{JSON.stringify(await response.json(), undefined, 2)}</pre>
    </>
  )
})
