import { isIdentityError } from '../../errors.ts'
import { andThen, type MaybePromise } from '../../maybe-promise.ts'
import { answerError } from '../http/answer-error.ts'
import type { GuardResponse, HttpContext } from '../../http-context.ts'
import { leadsAway } from '../http/navigation.ts'
import type { WebRuntime } from '../runtime/runtime.ts'
import { stepUpOf } from '../sign-in/step-up.ts'
import { readHolder } from './acquire.ts'
import { admit, type Admission } from './admission.ts'
import { challenge, whereTo } from './challenge.ts'
import { toContext, type LoginContext } from './context.ts'
import { findAuthenticationObstacle, type Requirement } from './requirement.ts'

/** Runs for whoever is let in; what it answers itself, it gives back. */
export type GuardedHandler<User> = (context: LoginContext<User>) => MaybePromise<GuardResponse>

/**
 * Lets a request in to its handler, or answers it: the way to sign-in or consent for a visitor, 401 for a script. A
 * handler that finds out that its user is needed (by `context.fetch()`, by `getTokenForUser()`) becomes a step-up.
 */
export function guard<User>(
  runtime: WebRuntime<User>,
  http: HttpContext,
  { requirement, handler }: { requirement: Requirement; handler: GuardedHandler<User> },
): MaybePromise<GuardResponse> {
  return andThen(letIn(runtime, http, requirement), (outcome): MaybePromise<GuardResponse> => {
    if (outcome instanceof Response) return outcome
    const answer = handler(outcome)
    return answer instanceof Promise
      ? answer.catch((error: unknown) => recover(runtime, http, { requirement, error }))
      : answer
  })
}

function letIn<User>(
  runtime: WebRuntime<User>,
  http: HttpContext,
  requirement: Requirement,
): MaybePromise<LoginContext<User> | Response> {
  let admission: MaybePromise<Admission | undefined>
  try {
    admission = admit(runtime, http, requirement.wanted)
  } catch (error) {
    return answerFault(runtime, http, requirement, error)
  }
  if (admission instanceof Promise) {
    return admission.then(
      (admitted) => enter(runtime, http, requirement, admitted),
      (error: unknown) => answerFault(runtime, http, requirement, error),
    )
  }
  return enter(runtime, http, requirement, admission)
}

function enter<User>(
  runtime: WebRuntime<User>,
  http: HttpContext,
  requirement: Requirement,
  admission: Admission | undefined,
): MaybePromise<LoginContext<User> | Response> {
  const { wanted, authentication } = requirement
  if (admission === undefined || admission.obstacle !== undefined) {
    return challenge(runtime, http, requirement, admission)
  }
  const { session, token } = admission
  if (authentication !== undefined) {
    const obstacle = findAuthenticationObstacle(session, authentication, runtime.now())
    if (obstacle !== undefined) return challenge(runtime, http, requirement, { session, obstacle })
  }
  http.noStore()
  return toContext(runtime, http, { session, token, wanted })
}

/** Makes a step-up of an error that is for the user to solve; any other is the application's. */
async function recover<User>(
  runtime: WebRuntime<User>,
  http: HttpContext,
  { requirement, error }: { readonly requirement: Requirement; readonly error: unknown },
): Promise<Response> {
  if (!isIdentityError(error) || error.code !== 'interaction_required') throw error
  const admission = http.isAnswered ? undefined : await admit(runtime, http)
  if (admission === undefined) throw error
  const wanted = stepUpOf(error) ?? requirement.wanted
  const { session } = admission
  const holder = await readHolder(runtime, http.header('cookie') ?? '', session)
  const { tokens } = runtime.clientOf(session.userFlow).userTokens.latest(holder)
  // What the page has for other scopes is to be had after this, too.
  const granted = tokens.access.flatMap(({ scopes }) => scopes)
  return challenge(runtime, http, { ...requirement, wanted }, { session, obstacle: error, granted })
}

async function answerFault<User>(
  runtime: WebRuntime<User>,
  http: HttpContext,
  { challenge: mode }: Requirement,
  error: unknown,
): Promise<Response> {
  if (!isIdentityError(error) || http.redirectsOnly === true) throw error
  const navigation = leadsAway(http, mode)
  return answerError(runtime, error, { navigation, returnTo: whereTo(runtime, http) })
}
