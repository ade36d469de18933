import { createFileRoute } from '@tanstack/react-router'
import { getUserInfo } from '../functions'

export const Route = createFileRoute('/user_info')({
  loader: () => getUserInfo(),
  head: () => ({ meta: [{ title: 'UserInfo · my-app' }] }),
  component: RouteComponent,
})

function RouteComponent() {
  return (
    <>
      <h1>Your profile at the identity provider</h1>
      <p>The application called the UserInfo endpoint with your access token.</p>
      <pre>{JSON.stringify(Route.useLoaderData(), undefined, 2)}</pre>
    </>
  )
}
