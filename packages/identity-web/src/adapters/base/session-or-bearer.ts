import {
  hasBearer,
  type AuthorizationContext,
  type AuthorizationRequirement,
  type ContextFor,
  type WebApi,
} from '../../api/index.ts'
import type { GuardResponse } from '../../http-context.ts'
import { andThen } from '../../maybe-promise.ts'
import type { LoginContext, ScopesRequired, TokenContext, WebAuth } from '../../web/index.ts'
import { apiOf, placeInApi, type ApiAuthBase } from './api-auth.ts'
import { assertCanStart, placeIn, webOf, whenMounted, type AuthBase } from './auth.ts'
import { checkEitherRequirement, partsOf, type EitherRequirement } from './either-requirement.ts'
import { declareRoute, type Cores } from './environment.ts'
import { oncePer, readArguments, type GuardArguments, type GuardedRoute } from './guards.ts'
import { assertParentheses } from './parentheses.ts'

/**
 * The context of a signed-in user, or of a caller with an access token. Its `kind`, `'session'` or `'bearer'`, tells them
 * apart.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @typeParam Requirement - The requirements of the route.
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
/** The requirement for access tokens only. */
type OfTokens<Requirement> = Requirement extends { readonly authorization?: infer Asked }
  ? 'authorization' extends keyof Requirement
    ? undefined extends Requirement['authorization' & keyof Requirement]
      ? Partial<NonNullable<Asked>>
      : Asked
    : object
  : object

/** The documentation of the guard for sessions and bearer tokens. Its types differ by framework. */
export interface EitherGuardDocs {
  /**
   * Guards a route that accepts a session or a bearer token. `context.kind` is `'session'` or `'bearer'`. A request whose
   * `Authorization` header has the scheme `Bearer` is authenticated by its token alone. A script without a session gets a
   * 401 response with the login URL.
   *
   * `roles`, `groups`, `claims` and `acrs` are required of every user, with a session or a token. Without a requirement, a
   * session or a user's token with a scope of this API is sufficient.
   * @param requirement - The requirement of users, and what applies only to sessions or only to access tokens.
   * @param handler - Runs for authenticated requests. It gets the framework's arguments, and then the context.
   * @throws IdentityError `configuration` for an invalid requirement, when you declare the route.
   * @example
   * ```ts
   * const requirement = { authorization: { scopes: ['Todos.Read'] } }
   * app.get('/todos', auth.orBearer(api).required(requirement, (req, res, { claims }) => res.json(claims))) // Express
   * router.get('/todos', auth.orBearer(api).required(requirement, (ctx, { claims }) => void (ctx.body = claims))) // Koa
   * app.get('/todos', auth.orBearer(api).required(requirement, (c, { claims }) => c.json(claims))) // Hono
   * export const GET = auth.orBearer(api).required(requirement, (request, { claims }) => Response.json(claims)) // Next.js, fetch
   * ```
   */
  required(...given: never[]): unknown
}

/** The contexts with which a guard for sessions and bearer tokens calls its handler. */
export type SessionOrBearerContext<User> = LoginContext<User> | AuthorizationContext

/**
 * Creates the guard of `auth.orBearer(api).required`.
 *
 * A request with the scheme `Bearer` is authenticated by its token alone. A cookie cannot replace a rejected token. Other
 * schemes do not matter, because a proxy may require them: `Basic` often protects staging.
 * A script without a session gets a 401 response with the login URL and with `WWW-Authenticate`.
 * @param cores - Differ from those of `auth` and `api` if the environment comes with the request.
 * @throws IdentityError `configuration` for invalid arguments.
 */
export function sessionOrBearerGuard<User>(
  { auth, api }: { readonly auth: AuthBase<User>; readonly api: ApiAuthBase },
  given: readonly unknown[],
  cores: { readonly web: WebAuth<User>; readonly api: WebApi } = {
    web: webOf(auth),
    api: apiOf(api),
  },
): GuardedRoute<SessionOrBearerContext<User>> {
  assertCanStart(cores.api)
  const { requirement, handler } = sessionOrBearerArguments(given)
  const { login, authorization } = partsOf(requirement)
  const bearerGuard = cores.api.guard(authorization)
  const sessionGuard = whenMounted(auth, cores.web.guard(login))
  const challenge = cores.api.challenge(authorization)
  const inAuth = placeIn(auth)
  const inApi = placeInApi(api)
  return {
    store: (request, context) =>
      ((context as SessionOrBearerContext<User>).kind === 'session' ? inAuth : inApi).store(
        request,
        context,
      ),
    handler,
    guard(http, run) {
      if (hasBearer(http)) return bearerGuard(http, run)
      let handled: GuardResponse
      const outcome = sessionGuard(http, (context) =>
        andThen(run(context), (response) => (handled = response)),
      )
      return andThen(outcome, (response) => {
        // The challenge must not be added to a 401 response of the handler.
        if (response?.status === 401 && response !== handled) {
          response.headers.set('www-authenticate', challenge)
        }
        return response
      })
    },
  }
}

/**
 * Declares a route of `auth.orBearer(api).required` if the cores depend on the environment of a request.
 * @throws IdentityError `configuration` for an invalid requirement. If the cores are not known yet, the first request
 *   throws it.
 */
export function declareSessionOrBearer<User, Req>(
  owners: { readonly auth: AuthBase<User>; readonly api: ApiAuthBase },
  given: readonly unknown[],
  [webs, apis]: readonly [Cores<WebAuth<User>, Req>, Cores<WebApi, Req>],
): (request: Req) => GuardedRoute<SessionOrBearerContext<User>> {
  const { authorization } = partsOf(sessionOrBearerArguments(given).requirement)
  declareRoute(apis, (api) => api.guard(authorization))
  const routeOf = declareRoute(webs, (web) =>
    oncePer((api: WebApi) => sessionOrBearerGuard(owners, given, { web, api })),
  )
  if (webs.isKnown && apis.isKnown) routeOf()(apis.of())
  return (request) => routeOf(request)(apis.of(request))
}

/** Reads the arguments of `auth.orBearer(api).required`. @throws IdentityError `configuration` for invalid arguments. */
export function sessionOrBearerArguments(
  given: readonly unknown[],
): GuardArguments<EitherRequirement> {
  assertParentheses('required', given)
  return readArguments(given, checkEitherRequirement)
}
