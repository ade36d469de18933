import { createFileRoute } from '@tanstack/react-router'
import { createServerFn } from '@tanstack/react-start'
import { getRequest } from '@tanstack/react-start/server'
import { auth } from '../auth.server'
import { readProfile } from '../graph.server'

// If the user is not signed in or has not consented, the error of getTokenForUser leads to the provider, and back to this page.
const getProfile = createServerFn().handler(async () => {
  const { accessToken } = await auth.getTokenForUser(getRequest(), ['User.Read'])
  return JSON.stringify(await readProfile(accessToken), undefined, 2)
})

export const Route = createFileRoute('/call_api')({
  loader: () => getProfile(),
  component: CallApi,
})

function CallApi() {
  return (
    <>
      <h1>Your profile in Microsoft Graph</h1>
      <pre>{Route.useLoaderData()}</pre>
    </>
  )
}
