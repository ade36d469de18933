import { isSecureUrl } from '../../authority/index.ts'
import type { AuthOptions } from './options.ts'

const EXAMPLE = "for example Auth({ trustedOrigins: ['https://app.example.com'] })"

/**
 * Returns a sentence for each problem of `trustedOrigins`.
 *
 * Origins are compared as strings, so a value that is not written exactly as browsers send it would never match.
 */
export function trustedOriginProblems(given: Pick<AuthOptions, 'trustedOrigins'>): string[] {
  // A key without a value is reported with the other restricting options.
  if (given.trustedOrigins === undefined) return []
  const origins: unknown = given.trustedOrigins
  if (!Array.isArray(origins)) {
    return [
      `trustedOrigins must be an array of origins, ${EXAMPLE}. Remove it if no other origin may send requests with the session.`,
    ]
  }
  return origins.flatMap((origin: unknown) => {
    const fault = faultOf(origin)
    return fault === undefined
      ? []
      : [`trustedOrigins contains ${JSON.stringify(origin)}, which ${fault}.`]
  })
}

function faultOf(value: unknown): string | undefined {
  if (value === 'null') {
    return (
      'every sandboxed page and local file sends. Name the origin of your page instead, ' + EXAMPLE
    )
  }
  if (typeof value !== 'string' || !URL.canParse(value))
    return `is not an origin. Write it as browsers send it, ${EXAMPLE}`
  const url = new URL(value)
  if (!isSecureUrl(url)) return `must start with https:// (http:// only on localhost), ${EXAMPLE}`
  if (value.includes('*'))
    return `must be one origin without a wildcard. Name each origin, ${EXAMPLE}`
  if (url.origin !== value)
    return `must be an origin without a path. Use ${JSON.stringify(url.origin)}`
  return undefined
}
