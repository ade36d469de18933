import { auth } from '../../auth.ts'

// oxlint-disable-next-line import/no-default-export -- Next.js requires it
export default auth.loginRequired.page(({ user }) => <p>Hello, {user.name}</p>)
