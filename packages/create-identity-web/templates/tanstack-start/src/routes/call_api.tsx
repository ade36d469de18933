import { createFileRoute } from '@tanstack/react-router'
import { createServerFn } from '@tanstack/react-start'
import { auth } from '../auth.server'

// If a user has not consented to the scopes, the guard asks for the consent.
const getProfile = createServerFn({ strict: false }).handler(
  auth.loginRequired({ scopes: ['User.Read'] }, async (_args, context) => {
    const response = await context.fetch('/me')
    return (await response.json()) as object
  }),
)

export const Route = createFileRoute('/call_api')({
  loader: () => getProfile(),
  head: () => ({ meta: [{ title: 'Microsoft Graph · my-app' }] }),
  component: () => (
    <>
      <h1>Your profile in Microsoft Graph</h1>
      <p>The application called Microsoft Graph with your access token.</p>
      <pre>{JSON.stringify(Route.useLoaderData(), undefined, 2)}</pre>
    </>
  ),
})
