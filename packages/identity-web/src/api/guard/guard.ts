import { isIdentityError } from '../../errors.ts'
import type { GuardResponse, HttpContext } from '../../http-context.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import type { ApiRuntime } from '../runtime.ts'
import { isInUrl, readBearer } from '../token/bearer.ts'
import type { Admit } from './admission.ts'
import { answerAnonymous, answerError } from './answer.ts'
import type { AuthorizationContext } from './context.ts'
import { findLack } from './permit.ts'
import { isForClient } from './relay.ts'
import type { Requirement } from './requirement.ts'

/** Runs for whoever is let in; what it answers itself, it gives back. */
export type AuthorizedHandler = (context: AuthorizationContext) => MaybePromise<GuardResponse>

interface Guarded {
  readonly admit: Admit
  readonly requirement: Requirement
  readonly handler: AuthorizedHandler
}

/**
 * Lets a request with a good token in to its handler, or answers it. A handler that finds out that its user is needed
 * (on-behalf-of) is answered in its place.
 *
 * A token that was seen before lets in at once, with no promise: this is the way of nearly every request.
 */
export function guard(
  runtime: ApiRuntime,
  http: HttpContext,
  { admit, requirement, handler }: Guarded,
): MaybePromise<GuardResponse> {
  return andThen(
    letIn(runtime, http, { admit, requirement }),
    (outcome): MaybePromise<GuardResponse> => {
      if (outcome instanceof Response) return outcome
      const answer = handler(outcome)
      return answer instanceof Promise
        ? answer.catch((error: unknown) => {
            if (!isForClient(error) || http.isResponseSent) throw error
            return answerError(runtime, error)
          })
        : answer
    },
  )
}

function letIn(
  runtime: ApiRuntime,
  http: HttpContext,
  { admit, requirement }: Omit<Guarded, 'handler'>,
): MaybePromise<AuthorizationContext | Response> {
  const scopes = requirement.askable
  let outcome: MaybePromise<AuthorizationContext | Response>
  try {
    const token = readBearer(http)
    if (token === undefined) return answerAnonymous(runtime, scopes, isInUrl(http))
    outcome = andThen(admit(token), (context) =>
      andThen(
        findLack(requirement, context),
        (lack): MaybePromise<AuthorizationContext | Response> => {
          if (lack === undefined) return context
          // An application can't ask for a user's scopes.
          return answerError(runtime, lack, context.user === undefined ? [] : scopes)
        },
      ),
    )
  } catch (error) {
    return answerFault(runtime, error)
  }
  return outcome instanceof Promise
    ? outcome.catch((error: unknown) => answerFault(runtime, error))
    : outcome
}

/** What is no fault of ours, a predicate's say, is the framework's. */
async function answerFault(runtime: ApiRuntime, error: unknown): Promise<Response> {
  if (!isIdentityError(error)) throw error
  return answerError(runtime, error)
}
