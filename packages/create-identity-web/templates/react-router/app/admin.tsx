import { hasRole } from 'identity-web/react-router'
import { data } from 'react-router'
import { auth } from './auth.server'

// Users without the role see the error boundary of root.tsx.
export const loader = auth.loginRequired((_args, context) => {
  if (!hasRole(context, 'Todos.Admin')) throw data(null, 403)
})

export const meta = () => [{ title: 'Administration · my-app' }]

export default function Admin() {
  return (
    <>
      <h1>Administration</h1>
      <p>You see this page because you have the role Todos.Admin.</p>
    </>
  )
}
