import { traitsOf } from '../../client/index.ts'
import { quote } from '../../quote.ts'
import type { ResolvedApiOptions } from '../options/resolve-options.ts'
import { reject } from './rejection.ts'

/** What tokens for this API say of it, and how clients ask for them. */
export interface Audiences {
  /** @throws IdentityError `invalid_token`, which names what the token is for instead. */
  assertForUs(audience: unknown): void
  /** A scope as a client has to ask for it: with the API's prefix, where scopes have one. */
  toAskable(scope: string): string
  /** A scope as tokens name it: without the prefix. */
  toName(scope: string): string
}

// Tokens name Microsoft Graph by either.
const GRAPH: ReadonlySet<unknown> = new Set([
  '00000003-0000-0000-c000-000000000000',
  'https://graph.microsoft.com',
  'https://graph.microsoft.com/',
])

/**
 * The forms of one registration's audience: tokens of version 2 have its client id, those of version 1 any of its
 * Application ID URIs, with or without a slash at the end.
 *
 * @see {@link https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference | aud}
 */
export function createAudiences({
  clientId,
  audience,
  authority,
  resource,
}: Pick<ResolvedApiOptions, 'clientId' | 'audience' | 'authority' | 'resource'>): Audiences {
  const { prefixedScopes } = traitsOf(authority.kind)
  // Elsewhere than at Microsoft a client names the API by its URL (RFC 8707).
  const named = prefixedScopes
    ? [`api://${clientId}`]
    : resource === undefined
      ? []
      : [resource.href]
  const own = [clientId, ...named, ...audience]
  const accepted = new Set(
    own.flatMap((one) => [one, one.replace(/\/$/, ''), `${one.replace(/\/$/, '')}/`]),
  )
  const uri =
    audience.find((one) => one.includes('://')) ??
    (authority.kind === 'adfs' ? clientId : `api://${clientId}`)
  const prefix = `${uri.replace(/\/$/, '')}/`

  const isOurs = (one: unknown): boolean => typeof one === 'string' && accepted.has(one)
  const toName = (scope: string): string =>
    prefixedScopes && scope.includes('://') ? scope.slice(scope.lastIndexOf('/') + 1) : scope
  const toAskable = (scope: string): string =>
    prefixedScopes && !scope.includes('://') ? `${prefix}${scope}` : scope

  return {
    assertForUs(given) {
      if (Array.isArray(given) ? given.some(isOurs) : isOurs(given)) return
      const first: unknown = Array.isArray(given) ? given[0] : given
      const other = GRAPH.has(first) ? 'https://graph.microsoft.com' : quote(first)
      throw reject(
        `it is for ${other}; ask for a scope of this API${prefixedScopes ? `, such as ${toAskable('.default')}` : ''}`,
      )
    },
    toAskable,
    toName,
  }
}
