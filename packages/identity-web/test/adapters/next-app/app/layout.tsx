import type { ReactNode } from 'react'
import { auth } from '../auth.ts'

// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default async function Layout({ children }: { readonly children: ReactNode }) {
  const user = await auth.getUser()
  return (
    <html lang="en">
      <body>
        <header>{user?.name ?? 'nobody'}</header>
        {children}
      </body>
    </html>
  )
}
