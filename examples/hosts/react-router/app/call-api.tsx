import type { Route } from './+types/call-api'
import { auth } from './auth.server'
import { readProfile } from './graph.server'

// If the user is not signed in or has not consented, the error of getTokenForUser leads to the provider, and back to this page.
export async function loader(args: Route.LoaderArgs) {
  const { accessToken } = await auth.getTokenForUser(args, ['User.Read'])
  return { profile: await readProfile(accessToken) }
}

export default function CallApi({ loaderData: { profile } }: Route.ComponentProps) {
  return (
    <>
      <h1>Your profile in Microsoft Graph</h1>
      <pre>{JSON.stringify(profile, undefined, 2)}</pre>
    </>
  )
}
