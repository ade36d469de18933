import next from 'next/link.js'

// By its types it is in a namespace where modules are those of Node.js.
const Link = next as unknown as typeof next.default

// oxlint-disable-next-line import/no-default-export -- what Next.js takes
export default function Links() {
  return (
    <nav>
      <Link href="/account" prefetch>
        Account
      </Link>
      <Link href="/guarded" prefetch>
        Guarded
      </Link>
      <Link href="/auth/logout" prefetch>
        Sign out
      </Link>
    </nav>
  )
}
