import type { ProviderContext } from '../state/context.js'
import { tokenKey } from './token-origins.js'
import {
  asksForAll,
  parseRequestedClaims,
  type RequestedClaims,
} from '../protocol/requested-claims.js'

/**
 * Stores the claims that the requests of an access token contained, to compare them with a later
 * challenge.
 */
export function rememberAsked(
  context: ProviderContext,
  token: string,
  asked: readonly RequestedClaims[],
): void {
  const telling = asked.filter(({ accessToken }) => Object.keys(accessToken).length > 0)
  if (telling.length === 0) return
  const { askedClaims } = context.store
  askedClaims.set(tokenKey(token), telling, context.behaviour.accessTokenSeconds)
}

/**
 * Checks a valid Graph token against the claims challenge that is switched on.
 *
 * A client without `cp1` cannot handle challenges. Graph only tells it that the token has expired
 * (claims-challenge).
 */
export function judgeClaims(
  context: ProviderContext,
  token: string,
  claims: Readonly<Record<string, unknown>>,
): 'satisfied' | 'challenge' | 'expired' {
  const { graphClaims } = context.behaviour
  if (graphClaims === undefined) return 'satisfied'
  const challenge = parseRequestedClaims(graphClaims)
  const asked = context.store.askedClaims.get(tokenKey(token)) ?? []
  if (asked.some((request) => asksForAll(request, challenge))) return 'satisfied'
  const capabilities: unknown[] = Array.isArray(claims['xms_cc']) ? claims['xms_cc'] : []
  const canAnswer = capabilities.some((value) => String(value).toLowerCase() === 'cp1')
  return canAnswer ? 'challenge' : 'expired'
}
