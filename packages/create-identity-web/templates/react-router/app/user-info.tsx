import { Link } from 'react-router'
import type { Route } from './+types/user-info'
import { auth } from './auth.server'

// Reads the current claims of the user from the provider.
export const loader = auth.loginRequired(async (_args: Route.LoaderArgs, context) => ({
  claims: await context.userInfo(),
}))

export default function UserInfo({ loaderData: { claims } }: Route.ComponentProps) {
  return (
    <>
      <h1>Your profile at the identity provider</h1>
      <p>
        The UserInfo endpoint was called with your access token. It returned your current claims.
      </p>
      <nav>
        <Link to="/account">Back</Link>
      </nav>
      <pre>{JSON.stringify(claims, undefined, 2)}</pre>
    </>
  )
}
