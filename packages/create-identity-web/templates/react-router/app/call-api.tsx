import type { Route } from './+types/call-api'
import { auth } from './auth.server'

// If a user has not consented to the scopes, the guard asks for the consent.
export const loader = auth.loginRequired({ scopes: ['User.Read'] }, async (_args, context) => {
  const response = await context.fetch('/me')
  return { profile: (await response.json()) as object }
})

export const meta = () => [{ title: 'Microsoft Graph · my-app' }]

export default function CallApi({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <h1>Your profile in Microsoft Graph</h1>
      <p>The application called Microsoft Graph with your access token.</p>
      <pre>{JSON.stringify(loaderData.profile, undefined, 2)}</pre>
    </>
  )
}
