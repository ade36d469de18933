import { auth } from '../../auth.ts'

// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default auth.loginRequired.page(({ user, claims }) => (
  <pre>{JSON.stringify({ user: user.name, claims })}</pre>
))
