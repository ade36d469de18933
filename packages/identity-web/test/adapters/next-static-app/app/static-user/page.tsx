import { auth } from '../../auth.ts'

export const dynamic = 'force-static'

// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default async function Page() {
  const user = await auth.getUser()
  return <pre>{user?.name ?? 'nobody'}</pre>
}
