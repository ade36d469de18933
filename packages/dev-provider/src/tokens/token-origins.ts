import { createHash } from 'node:crypto'
import type { ProviderContext } from '../state/context.js'
import type { Authorization } from '../state/records.js'

/** The name of a token in the provider's memory, which holds no tokens themselves. */
export function tokenKey(token: string): string {
  return createHash('sha256').update(token).digest('base64url')
}

/** Remembers what an access token was made from, for an API that acts on behalf of its user. */
export function rememberOrigin(
  context: ProviderContext,
  token: string,
  authorization: Authorization,
): void {
  const { tokenOrigins } = context.store
  tokenOrigins.set(tokenKey(token), authorization, context.behaviour.accessTokenSeconds)
}

/** What a token was made from; `undefined` after `reset()`. */
export function findOrigin(context: ProviderContext, token: string): Authorization | undefined {
  return context.store.tokenOrigins.get(tokenKey(token))
}
