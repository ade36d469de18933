import { Link, createFileRoute } from '@tanstack/react-router'
import { createServerFn } from '@tanstack/react-start'
import { auth } from '../auth.server'

// Reads the current claims of the user from the provider.
const getUserInfo = createServerFn().handler(
  auth.loginRequired(async (_args, context) =>
    JSON.stringify(await context.userInfo(), undefined, 2),
  ),
)

export const Route = createFileRoute('/user_info')({
  loader: () => getUserInfo(),
  component: UserInfo,
})

function UserInfo() {
  const claims = Route.useLoaderData()
  return (
    <>
      <h1>Your profile at the identity provider</h1>
      <p>
        The UserInfo endpoint was called with your access token. It returned your current claims.
      </p>
      <nav>
        <Link to="/account">Back</Link>
      </nav>
      <pre>{claims}</pre>
    </>
  )
}
