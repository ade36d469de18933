import { auth } from '../../auth'

export const metadata = { title: 'Administration · my-app' }

// Users without the role see forbidden.tsx.
export default auth.loginRequired.page({ roles: ['Todos.Admin'] }, () => (
  <>
    <h1>Administration</h1>
    <p>You see this page because you have the role Todos.Admin.</p>
  </>
))
