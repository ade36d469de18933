import { toRejectedRequest } from '../authentication/index.ts'
import { IdentityError } from '../errors.ts'
import { toRequirement } from './guard/requirement.ts'
import type { ScopeNames } from './token/audience.ts'
import type { WebApi } from './web-api.ts'

const SCOPE_NAMES: ScopeNames = {
  toScopeName: (scope) => scope,
  toFullScope: (scope) => scope,
}

/** Replaces a web API whose options have problems. Every guarded route rejects every request and shows the problems. */
export function misconfiguredWebApi(problems: readonly string[]): WebApi {
  const toError = (): IdentityError => new IdentityError('configuration', problems.join(' '))
  const fail = async (): Promise<never> => {
    throw toError()
  }
  const showProblems = (): Response =>
    Response.json(
      { error: 'configuration', problems },
      { status: 500, headers: { 'cache-control': 'no-store' } },
    )
  return {
    guard(requirement) {
      // Checks the requirement as well, so that all errors appear together.
      toRequirement(SCOPE_NAMES, requirement)
      return showProblems
    },
    authenticate: async () => toRejectedRequest(toError()),
    async toResponse({ error }) {
      if (!IdentityError.is(error)) throw error
      return showProblems()
    },
    route: () => undefined,
    challenge: () => 'Bearer',
    respondToClientError: () => undefined,
    getTokenForClient: fail,
    getTokenInLongRunningProcess: fail,
    stopLongRunningProcess: fail,
  }
}
