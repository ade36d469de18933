import { toCarried } from '../carried-errors.ts'
import { scopesToCall, type TokenSource } from '../client/index.ts'
import { IdentityError } from '../errors.ts'
import { recordIssuer } from './guard/bearer-responses.ts'
import type { CallServices } from './guard/context.ts'

/** Returns the tokens of a long-running process, for the SDKs that a job uses. */
export function processTokenSource(
  { client, issuer, longRunning }: CallServices,
  key: string,
): TokenSource {
  const withCarried = async <T>(task: Promise<T>): Promise<T> => {
    try {
      return await task
    } catch (thrown) {
      const error = IdentityError.is(thrown) ? toCarried(thrown) : thrown
      // `toResponse` sends the user to the provider of the process.
      recordIssuer(error, issuer)
      throw error
    }
  }
  return {
    kind: 'process',
    tenant: () => withCarried(longRunning.tenantOf(key)),
    check: (scopes) => scopesToCall(scopes, client.traits.prefixedScopes),
    getToken: ({ requested, challenge }) =>
      withCarried(longRunning.getToken(key, requested.scopes, challenge)),
  }
}
