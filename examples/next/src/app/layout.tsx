import type { ReactNode } from 'react'
// oxlint-disable-next-line import/no-unassigned-import -- Next.js adds the styles to the page.
import '../../../style.css'

export const metadata = { title: 'Demo app', icons: '/favicon.svg' }

// oxlint-disable-next-line import/no-default-export -- Next.js requires it
export default function Layout({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  )
}
