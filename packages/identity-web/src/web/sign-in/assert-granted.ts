import {
  includesAll,
  scopesOfOneResource,
  toAccessToken,
  type OAuthClient,
  type SignIn,
} from '../../client/index.ts'
import { IdentityError } from '../../errors.ts'

// A page that its user came back to without what it needs would send them off again, for ever.

/** @throws IdentityError `insufficient_scope` when a scope that the page needs was not granted. */
export function assertGranted(
  client: OAuthClient,
  needed: readonly string[],
  { response, asked }: SignIn,
): void {
  const prefixed = client.traits.prefixedScopes
  const { names } = scopesOfOneResource(needed, prefixed)
  const { scopes } = toAccessToken(client, response, asked)
  if (includesAll(scopes, names)) return
  throw new IdentityError(
    'insufficient_scope',
    `The provider granted ${scopes.join(' ') || 'no scopes'}, but the page needs ${names.join(' ')}.`,
  )
}

/** @throws IdentityError `insufficient_scope` when the sign-in did not satisfy an authentication context. */
export function assertContexts(acrs: readonly string[], { claims }: SignIn): void {
  const missing = acrs.filter((context) => !satisfies(claims, context))
  if (missing.length === 0) return
  throw new IdentityError(
    'insufficient_scope',
    `The provider did not confirm the authentication context ${missing.join(', ')}, which the page needs.`,
    {
      hint: 'Authentication contexts are made in Conditional Access (Entra ID P1), published to apps, and confirmed by the optional claim acrs of the ID token.',
    },
  )
}

/** Whether claims confirm an authentication context, such as `c1`. */
export function satisfies(claims: Readonly<Record<string, unknown>>, context: string): boolean {
  const { acrs } = claims
  return Array.isArray(acrs) ? acrs.includes(context) : acrs === context
}
