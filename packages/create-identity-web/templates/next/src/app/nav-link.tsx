'use client'

import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ComponentProps } from 'react'

/** A link of the header, which marks the current page. */
export function NavLink(props: ComponentProps<typeof Link>) {
  return <Link {...props} aria-current={usePathname() === props.href ? 'page' : undefined} />
}
