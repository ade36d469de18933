import { capabilityClaims, mergeClaims } from './claims-request.ts'
import type { OAuthClient } from './oauth-client.ts'

/**
 * The `claims` parameter of a request: what is asked for, and at Microsoft what the application is capable of, which
 * every request has to say again.
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

/** The parameters of a token request, without those that have nothing to say. */
export function tokenParameters(
  client: OAuthClient,
  { scope, claims }: { readonly scope?: string | undefined; readonly claims?: string | undefined },
): Record<string, string> {
  const asked = claimsParameter(client, claims)
  return {
    ...(scope !== undefined && { scope }),
    ...(asked !== undefined && { claims: asked }),
  }
}
