import { createFileRoute } from '@tanstack/react-router'
import { getProfile } from '../functions'

export const Route = createFileRoute('/call_api')({
  loader: () => getProfile(),
  head: () => ({ meta: [{ title: 'Microsoft Graph · my-app' }] }),
  component: RouteComponent,
})

function RouteComponent() {
  return (
    <>
      <h1>Your profile in Microsoft Graph</h1>
      <p>The application called Microsoft Graph with your access token.</p>
      <pre>{JSON.stringify(Route.useLoaderData(), undefined, 2)}</pre>
    </>
  )
}
