import { hasRole } from 'identity-web/react-router'
import { data } from 'react-router'
import { auth } from './auth.server'

// Other users see the error page of React Router, in the layout of root.tsx.
export const loader = auth.loginRequired((_args, context) => {
  if (hasRole(context, 'Todos.Admin')) return null
  throw data(null, { status: 403, statusText: 'You may not see this page' })
})

export default function Admin() {
  return (
    <>
      <h1>Administration</h1>
      <p>You see this page because you have the role Todos.Admin.</p>
    </>
  )
}
