import type { Route } from './+types/user-info'
import { auth } from './auth.server'

// Reads the current claims of the user from the provider.
export const loader = auth.loginRequired(async (_args, context) => ({
  claims: await context.userInfo(),
}))

export const meta = () => [{ title: 'UserInfo · my-app' }]

export default function UserInfo({ loaderData }: Route.ComponentProps) {
  return (
    <>
      <h1>Your profile at the identity provider</h1>
      <p>The application called the UserInfo endpoint with your access token.</p>
      <pre>{JSON.stringify(loaderData.claims, undefined, 2)}</pre>
    </>
  )
}
