import type { ProviderContext } from '../state/context.js'
import { tokenKey } from './token-origins.js'
import {
  requestsAllClaims,
  parseRequestedClaims,
  type RequestedClaims,
} from '../protocol/requested-claims.js'

/**
 * Stores the claims that the requests of an access token contained, to compare them with a later
 * challenge.
 */
export function storeRequestedClaims(
  context: ProviderContext,
  token: string,
  requested: readonly RequestedClaims[],
): void {
  const withClaims = requested.filter(({ accessToken }) => Object.keys(accessToken).length > 0)
  if (withClaims.length === 0) return
  const { requestedClaims } = context.store
  requestedClaims.set(tokenKey(token), withClaims, context.behaviour.accessTokenSeconds)
}

/**
 * Checks a valid Graph token against the claims challenge that is switched on.
 *
 * A client without `cp1` cannot handle challenges. Graph only tells it that the token has expired
 * (claims-challenge).
 */
export function checkClaimsChallenge(
  context: ProviderContext,
  token: string,
  claims: Readonly<Record<string, unknown>>,
): 'satisfied' | 'challenge' | 'expired' {
  const { graphClaims } = context.behaviour
  if (graphClaims === undefined) return 'satisfied'
  const challenge = parseRequestedClaims(graphClaims)
  const requested = context.store.requestedClaims.get(tokenKey(token)) ?? []
  if (requested.some((request) => requestsAllClaims(request, challenge))) return 'satisfied'
  const capabilities: unknown[] = Array.isArray(claims['xms_cc']) ? claims['xms_cc'] : []
  const canAnswer = capabilities.some((value) => String(value).toLowerCase() === 'cp1')
  return canAnswer ? 'challenge' : 'expired'
}
