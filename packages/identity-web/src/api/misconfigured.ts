import { uncachedJson } from '../fetch-api.ts'
import { toRejectedRequest } from '../authentication/index.ts'
import { IdentityError } from '../errors.ts'
import type { EventEmitter } from '../event-emitter.ts'
import type { AppEnvironment } from '../host-traits.ts'
import { problemsError, type ConfigurationProblem } from '../options/problems.ts'
import { createLateReport } from '../options/start-events.ts'
import { checkAuthorizationRequirement } from './guard/requirement.ts'
import type { WebApi } from './web-api.ts'

/** Options with problems, and how the application reacts to them. */
export interface ApiMisconfiguration {
  readonly problems: readonly ConfigurationProblem[]
  readonly environment: AppEnvironment
  /** `true` if the application must not start. */
  readonly isFatal: boolean
  readonly events: EventEmitter
}

/**
 * Replaces a web API whose options have problems. In development, guarded routes show the problems. In production they
 * respond with 503, because callers must not read about settings.
 */
export function misconfiguredWebApi({
  problems,
  environment,
  isFatal,
  events,
}: ApiMisconfiguration): WebApi {
  const report = createLateReport(events, { problems, isFatal })
  const failNow = (): never => {
    report()
    throw problemsError(problems)
  }
  const fail = async (): Promise<never> => failNow()
  const respond = (): Response => {
    report()
    return environment === 'production'
      ? uncachedJson(503, { error: 'configuration' }, { 'retry-after': '60' })
      : uncachedJson(500, { error: 'configuration', problems })
  }
  return {
    problems,
    fatalProblems: isFatal ? problems : [],
    ready: fail,
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
    testAccess: failNow,
    tokenSource: failNow,
    getTokenForClient: fail,
    getTokenInLongRunningProcess: fail,
    stopLongRunningProcess: fail,
  }
}
