import { createFileRoute } from '@tanstack/react-router'
import { createServerFn } from '@tanstack/react-start'
import { getRequest } from '@tanstack/react-start/server'
import { auth } from '../auth.server'

const getName = createServerFn().handler(async () => {
  const user = await auth.getUser(getRequest())
  return { name: user?.name }
})

export const Route = createFileRoute('/')({
  loader: () => getName(),
  component: Home,
})

function Home() {
  const { name } = Route.useLoaderData()
  return (
    <>
      <h1>Welcome</h1>
      <p>{name === undefined ? 'You are not signed in.' : `You are signed in as ${name}.`}</p>
    </>
  )
}
