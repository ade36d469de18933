import { scopesToCall, type TokenSource } from '../client/index.ts'
import type { CallServices } from './guard/context.ts'

/** Returns the tokens of a long-running process, for the SDKs that a job uses. */
export function processTokenSource(
  { client, longRunning }: CallServices,
  key: string,
): TokenSource {
  return {
    kind: 'process',
    tenant: () => longRunning.tenantOf(key),
    check: (scopes) => scopesToCall(scopes, client.traits.prefixedScopes),
    getToken: ({ requested, challenge }) => longRunning.getToken(key, requested.scopes, challenge),
  }
}
