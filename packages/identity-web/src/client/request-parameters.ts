import { capabilityClaims, mergeClaims } from './claims-request.ts'
import type { OAuthClient } from './oauth-client.ts'

/**
 * Returns the `claims` parameter of a request.
 *
 * It contains the requested claims. At Microsoft, it also contains the client capabilities, because each request must
 * repeat them.
 *
 * @see {@link https://learn.microsoft.com/entra/identity-platform/claims-challenge}
 */
export function claimsParameter(
  client: OAuthClient,
  claims: string | undefined,
): string | undefined {
  const { capabilities } = client.traits
  return mergeClaims(claims, capabilities ? capabilityClaims(client.capabilities) : undefined)
}

/** Returns the parameters of a token request. Empty parameters are left out. */
export function tokenParameters(
  client: OAuthClient,
  { scope, claims }: { readonly scope?: string | undefined; readonly claims?: string | undefined },
): Record<string, string> {
  const claimsToSend = claimsParameter(client, claims)
  return {
    ...(scope !== undefined && { scope }),
    ...(claimsToSend !== undefined && { claims: claimsToSend }),
  }
}
