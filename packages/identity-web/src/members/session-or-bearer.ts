import type { WebApi } from '../api/index.ts'
import {
  checkEitherRequirement,
  partsOf,
  sessionOrBearer,
  type EitherRequirement,
  type SessionOrBearerContext,
} from '../session-or-bearer/index.ts'
import type { WebAuth } from '../web/index.ts'
import { apiOf, placeInApi, type ApiAuthBase } from './api-auth.ts'
import { placeIn, webOf, whenMounted, type AuthOperation } from './auth-operation.ts'
import { readArguments, type GuardArguments, type GuardedRoute } from './guards.ts'
import { assertCanStart } from './operation.ts'
import { assertParentheses } from './parentheses.ts'

/** The two objects of `auth.orBearer(api)`. */
export interface SessionOrBearerOwners<User> {
  readonly auth: AuthOperation<User>
  readonly api: ApiAuthBase
}

/**
 * Creates the guard of `auth.orBearer(api).required`.
 * @param cores - Differ from those of `auth` and `api` if the environment comes with the request.
 * @throws IdentityError `configuration` for invalid arguments.
 */
export function sessionOrBearerGuard<User>(
  { auth, api }: SessionOrBearerOwners<User>,
  given: readonly unknown[],
  cores: { readonly web: WebAuth<User>; readonly api: WebApi } = {
    web: webOf(auth),
    api: apiOf(api),
  },
): GuardedRoute<SessionOrBearerContext<User>> {
  assertCanStart(cores.api)
  const { requirement, handler } = sessionOrBearerArguments(given)
  const { login, authorization } = partsOf(requirement)
  const inAuth = placeIn(auth)
  const inApi = placeInApi(api)
  return {
    handler,
    guard: sessionOrBearer({
      session: whenMounted(auth, cores.web.guard(login)),
      bearer: cores.api.guard(authorization),
      challenge: cores.api.challenge(authorization),
    }),
    store: (request, context) =>
      ((context as SessionOrBearerContext<User>).kind === 'session' ? inAuth : inApi).store(
        request,
        context,
      ),
  }
}

/** Reads the arguments of `auth.orBearer(api).required`. @throws IdentityError `configuration` for invalid arguments. */
export function sessionOrBearerArguments(
  given: readonly unknown[],
): GuardArguments<EitherRequirement> {
  assertParentheses('required', given)
  return readArguments(given, checkEitherRequirement)
}
