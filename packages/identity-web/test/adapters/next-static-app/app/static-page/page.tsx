import { auth } from '../../auth.ts'

export const dynamic = 'force-static'

// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default auth.loginRequired.page(({ user }) => <pre>{user.name}</pre>)
