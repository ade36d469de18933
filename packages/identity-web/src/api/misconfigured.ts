// Replaces an API whose options are wrong: 503, or the problems in development.
import { uncachedJson } from '../fetch-api.ts'
import { toRejectedRequest } from '../authentication/index.ts'
import { IdentityError } from '../errors.ts'
import { problemsError } from '../options/problems.ts'
import { failWith, type Start } from '../options/start-events.ts'
import { checkAuthorizationRequirement } from './guard/requirement.ts'
import type { WebApi } from './web-api.ts'

/**
 * Replaces a web API whose options have problems. In development, guarded routes show the problems, but in production
 * they respond with 503, because callers must not read about settings.
 */
export function misconfiguredWebApi(start: Start): WebApi {
  const { problems, environment, isFatal, events } = start
  const { report, fail, failLater } = failWith(start)
  const respond = (): Response => {
    report()
    return environment === 'production'
      ? uncachedJson(503, { error: 'configuration' }, { 'retry-after': '60' })
      : uncachedJson(500, { error: 'configuration', problems })
  }
  return {
    problems,
    fatalProblems: isFatal ? problems : [],
    ready: failLater,
    close: () => events.close(),
    guard(requirement) {
      // Checks the requirement as well, so that all errors appear together.
      checkAuthorizationRequirement(requirement)
      return respond
    },
    async authenticate() {
      report()
      return toRejectedRequest(problemsError(problems))
    },
    async toResponse({ error }) {
      if (!IdentityError.is(error)) throw error
      return respond()
    },
    route: () => undefined,
    challenge: () => 'Bearer',
    respondToClientError: () => undefined,
    testAccess: fail,
    tokenSource: fail,
    getTokenForClient: failLater,
    getTokenInLongRunningProcess: failLater,
    stopLongRunningProcess: failLater,
  }
}
