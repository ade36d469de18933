import type { Route } from './+types/home'
import { auth } from './auth.server'

export async function loader(args: Route.LoaderArgs) {
  const user = await auth.getUser(args)
  return { name: user?.name }
}

export default function Home({ loaderData: { name } }: Route.ComponentProps) {
  return (
    <>
      <h1>Welcome</h1>
      <p>{name === undefined ? 'You are not signed in.' : `You are signed in as ${name}.`}</p>
    </>
  )
}
