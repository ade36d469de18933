import type { FederatedTokenCredential } from './types.ts'

/** Whether a value has the method `getToken`, such as a `TokenCredential` of `@azure/identity`. */
export function isTokenCredential(value: object): value is FederatedTokenCredential {
  return 'getToken' in value && typeof value.getToken === 'function'
}
