import { IdentityError } from '../errors.ts'
import { checkAuthorizationRequirement } from './guard/requirement.ts'
import type { WebApi } from './web-api.ts'

/** Replaces a web API whose options have problems. Every guarded route rejects every request and shows the problems. */
export function misconfiguredWebApi(problems: readonly string[]): WebApi {
  const fail = async (): Promise<never> => {
    throw new IdentityError('configuration', problems.join(' '))
  }
  return {
    guard(requirement) {
      // Checks the requirement as well, so that all errors appear together.
      checkAuthorizationRequirement(requirement)
      return () =>
        Response.json(
          { error: 'configuration', problems },
          { status: 500, headers: { 'cache-control': 'no-store' } },
        )
    },
    route: () => undefined,
    challenge: () => 'Bearer',
    respondToClientError: () => undefined,
    getTokenForClient: fail,
    getTokenInLongRunningProcess: fail,
    stopLongRunningProcess: fail,
  }
}
