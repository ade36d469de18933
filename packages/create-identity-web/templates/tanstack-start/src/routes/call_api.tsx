import { Link, createFileRoute } from '@tanstack/react-router'
import { createServerFn } from '@tanstack/react-start'
import { auth } from '../auth.server'

// Users consent to the scopes when they open the page for the first time.
const getProfile = createServerFn().handler(
  auth.loginRequired({ scopes: ['User.Read'] }, async (_args, context) => {
    const response = await context.fetch('/me')
    const profile = (await response.json()) as object
    return { status: response.status, profile: JSON.stringify(profile, undefined, 2) }
  }),
)

export const Route = createFileRoute('/call_api')({
  loader: () => getProfile(),
  component: CallApi,
})

function CallApi() {
  const { status, profile } = Route.useLoaderData()
  return (
    <>
      <h1>Your profile in Microsoft Graph</h1>
      <p>{`The API was called with your access token. It returned the status ${status}.`}</p>
      <nav>
        <Link to="/account">Back</Link>
      </nav>
      <pre>{profile}</pre>
    </>
  )
}
