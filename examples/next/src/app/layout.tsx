import type { ReactNode } from 'react'
import { STYLE } from './style.ts'

export const metadata = { title: 'Identity: Next.js example' }

// oxlint-disable-next-line import/no-default-export -- Next.js requires it
export default function Layout({ children }: { readonly children: ReactNode }): ReactNode {
  return (
    <html lang="en">
      <body>
        <style>{STYLE}</style>
        {children}
      </body>
    </html>
  )
}
