import { createHash } from 'node:crypto'
import type { ProviderContext } from '../state/context.js'
import type { Authorization } from '../state/records.js'

/**
 * Returns the hash under which the store keeps data of a token. The store does not contain tokens.
 */
export function tokenKey(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** Stores the authorization of an access token, for an API that acts on behalf of the user. */
export function storeTokenOrigin(
  context: ProviderContext,
  token: string,
  authorization: Authorization,
): void {
  const { tokenOrigins } = context.store
  tokenOrigins.set(tokenKey(token), authorization, context.behaviour.accessTokenSeconds)
}

/** Returns the authorization of a token, or `undefined` after `reset()`. */
export function findTokenOrigin(
  context: ProviderContext,
  token: string,
): Authorization | undefined {
  return context.store.tokenOrigins.get(tokenKey(token))
}
