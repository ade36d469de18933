// The guard that accepts a session or a token (`orBearer`).
import type { AuthorizationContext, AuthorizationRequirement, ContextFor } from '../api/index.ts'
import type { LoginContext, ScopesRequired, TokenContext } from '../web/index.ts'
import { changeableHeaders } from '../fetch-api.ts'
import { hasBearer, type GuardResponse, type RouteGuard } from '../http-context.ts'
import { andThen } from '../maybe-promise.ts'
import type { EitherRequirement } from './requirement.ts'

/**
 * The context of a signed-in user or a caller with an access token. The property `kind`, `'session'` or `'bearer'`,
 * distinguishes them.
 * @typeParam User - The type that `onLogin` returns, or the ID token's claims.
 * @typeParam Requirement - The route's requirements.
 * @public
 */
export type EitherContext<User, Requirement extends EitherRequirement = object> =
  | (Requirement extends RequiresScopes ? TokenContext<User> : LoginContext<User>)
  | ContextOfTokens<
      OfTokens<Requirement> & Pick<Requirement, Extract<keyof Requirement, UserOption>>
    >

type RequiresScopes = { readonly login: Pick<ScopesRequired, 'scopes'> }
type ContextOfTokens<Asked> = Asked extends AuthorizationRequirement ? ContextFor<Asked> : never
type UserOption = 'roles' | 'groups' | 'acrs'
/** The part of the requirement that applies only to access tokens. */
type OfTokens<Requirement> = Requirement extends { readonly authorization?: infer Asked }
  ? 'authorization' extends keyof Requirement
    ? undefined extends Requirement['authorization' & keyof Requirement]
      ? Partial<NonNullable<Asked>>
      : Asked
    : object
  : object

/** The contexts with which a guard for sessions and bearer tokens calls its handler. */
export type SessionOrBearerContext<User> = LoginContext<User> | AuthorizationContext

/** The guards for a route that accepts a session or a bearer token. */
export interface BothGuards<User> {
  readonly session: RouteGuard<LoginContext<User>>
  readonly bearer: RouteGuard<AuthorizationContext>
  /** The `WWW-Authenticate` value for a request without a session and without a token. */
  readonly challenge: string
}

/**
 * Creates a guard that accepts a session or a bearer token.
 *
 * With the scheme `Bearer`, only the token can authenticate a request, because a cookie must not replace a rejected
 * token. Other schemes do not matter, because a proxy may require them: `Basic` often protects staging. A script
 * without a session gets a 401 response with the login URL and with `WWW-Authenticate`.
 */
export function sessionOrBearer<User>({
  session,
  bearer,
  challenge,
}: BothGuards<User>): RouteGuard<SessionOrBearerContext<User>> {
  return (http, run) => {
    if (hasBearer(http)) return bearer(http, run)
    let handled: GuardResponse
    const outcome = session(http, (context) =>
      andThen(run(context), (response) => (handled = response)),
    )
    return andThen(outcome, (response) => {
      // The challenge must not be added to a 401 response of the handler.
      if (response?.status === 401 && response !== handled) {
        changeableHeaders(response).set('www-authenticate', challenge)
      }
      return response
    })
  }
}
