import { Link } from 'react-router'
import type { Route } from './+types/call-api'
import { auth } from './auth.server'

// Users consent to the scopes when they open the page for the first time.
export const loader = auth.loginRequired(
  { scopes: ['User.Read'] },
  async (_args: Route.LoaderArgs, context) => {
    const response = await context.fetch('/me')
    return { status: response.status, profile: (await response.json()) as object }
  },
)

export default function CallApi({ loaderData: { status, profile } }: Route.ComponentProps) {
  return (
    <>
      <h1>Your profile in Microsoft Graph</h1>
      <p>{`The API was called with your access token. It returned the status ${status}.`}</p>
      <nav>
        <Link to="/account">Back</Link>
      </nav>
      <pre>{JSON.stringify(profile, undefined, 2)}</pre>
    </>
  )
}
