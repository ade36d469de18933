import { auth } from '../../../auth.ts'

// Next.js renders these pages at the build, until the guard reads the cookies.
export const generateStaticParams = (): { id: string }[] => [{ id: 'one' }]
export const revalidate = 60

// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default auth.loginRequired.page(({ user }) => <pre>{user.name}</pre>)
