import { createFileRoute } from '@tanstack/react-router'
import { createServerFn } from '@tanstack/react-start'
import { auth } from '../auth.server'

// Reads the current claims of the user from the provider.
const getUserInfo = createServerFn({ strict: false }).handler(
  auth.loginRequired((_args, context) => context.userInfo()),
)

export const Route = createFileRoute('/user_info')({
  loader: () => getUserInfo(),
  head: () => ({ meta: [{ title: 'UserInfo · my-app' }] }),
  component: () => (
    <>
      <h1>Your profile at the identity provider</h1>
      <p>The application called the UserInfo endpoint with your access token.</p>
      <pre>{JSON.stringify(Route.useLoaderData(), undefined, 2)}</pre>
    </>
  ),
})
