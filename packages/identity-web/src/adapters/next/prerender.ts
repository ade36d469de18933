import { IdentityError } from '../../errors.ts'
import type { HostTraits } from '../../host-traits.ts'

/** Tells whether Next.js is building. A build loads every module, often without the production settings. */
export function buildTraits(): HostTraits {
  return { isUnsettled: process.env['NEXT_PHASE'] === 'phase-production-build' }
}

/**
 * Rejects a route that Next.js renders in advance, at the build or for its cache. Otherwise, every visitor would get the
 * same stored response, with the state of one sign-in.
 *
 * Next.js marks other routes as dynamic when they read the cookies. A route with `dynamic = 'force-static'` reads empty
 * cookies and headers instead, and a real request has at least one header.
 *
 * @throws IdentityError `configuration`.
 */
export function assertRequest(headers: Pick<Headers, 'has' | 'keys'>): void {
  // The second check is slow, and only programs that use HTTP/1.0 omit the header.
  if (headers.has('host') || headers.keys().next().done !== true) return
  throw new IdentityError(
    'configuration',
    "Next.js renders this route in advance, so identity-web cannot know the visitor, and all visitors would get the same response. Remove export const dynamic = 'force-static' from the route and its layouts, or set export const dynamic = 'force-dynamic'.",
  )
}
