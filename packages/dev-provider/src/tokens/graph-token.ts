import type { JWTPayload } from 'jose'
import { verifyBearer } from './bearer.js'
import { checkClaimsChallenge } from './claims-challenge.js'
import type { UserConfig } from '../config/config.js'
import type { ProviderContext } from '../state/context.js'
import { GRAPH_CLIENT_ID, GRAPH_URI } from '../profiles/graph-permissions.js'
import { graphChallenge, graphTokenExpired, graphUnauthorized } from './graph-errors.js'
import type { ProviderResponse, ProviderRequest } from '../protocol/http.js'

/** The claims of a valid Graph token, or the response that rejects the token. */
export type GraphTokenResult =
  | { readonly kind: 'valid'; readonly claims: JWTPayload }
  | { readonly kind: 'rejected'; readonly response: ProviderResponse }

/** Checks the token of a Graph request, including the claims challenge. */
export async function verifyGraphToken(
  context: ProviderContext,
  request: ProviderRequest,
): Promise<GraphTokenResult> {
  const result = await verifyBearer(context, request, [GRAPH_URI, GRAPH_CLIENT_ID])
  if (result.kind !== 'valid') {
    return { kind: 'rejected', response: graphUnauthorized(context, request, result) }
  }
  const { claims, token } = result
  const outcome = checkClaimsChallenge(context, token, claims)
  if (outcome === 'satisfied') return { kind: 'valid', claims }
  const response =
    outcome === 'challenge'
      ? graphChallenge(context, request, context.behaviour.graphClaims ?? '')
      : graphTokenExpired(context, request)
  return { kind: 'rejected', response }
}

/** Returns the user with this object ID in the home tenant or as a guest. */
export function findUserById(context: ProviderContext, oid: unknown): UserConfig | undefined {
  return context.store.users
    .all()
    .find((user) => user.oid === oid || user.guestOf?.some((guest) => guest.oid === oid))
}

/** Splits a claim such as `scp`. */
export function splitClaim(claim: unknown): string[] {
  return typeof claim === 'string' ? claim.split(' ') : []
}
