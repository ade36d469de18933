import {
  hasBearer,
  type AuthorizationContext,
  type AuthorizationRequirement,
  type ContextFor,
  type WebApi,
} from '../../api/index.ts'
import { IdentityError } from '../../errors.ts'
import type { GuardResponse } from '../../http-context.ts'
import { andThen } from '../../maybe-promise.ts'
import type {
  LoginContext,
  LoginRequirement,
  ScopesRequired,
  TokenContext,
  WebAuth,
} from '../../web/index.ts'
import { apiOf, placeInApi, type ApiAuthBase } from './api-auth.ts'
import { placeIn, webOf, whenMounted, type AuthBase } from './auth.ts'
import { declareRoute, type Cores } from './environment.ts'
import { oncePer, type GuardedRoute } from './guards.ts'

/** The requirements of a route for users with a session and for clients with a bearer token. @public */
export interface EitherRequirement {
  /** The requirements for a signed-in user of the web app. @defaultValue a session */
  readonly login?: LoginRequirement | undefined
  /** The requirements for a client with an access token. @defaultValue any token for this API with a scope or an app role */
  readonly authorization?: AuthorizationRequirement | undefined
}

/**
 * The context of a signed-in user, or of a caller with an access token. Its `kind`, `'session'` or `'bearer'`, tells them
 * apart.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @typeParam Requirement - The requirements of the route.
 * @public
 */
export type EitherContext<User, Requirement extends EitherRequirement = object> =
  | (Requirement extends RequiresScopes ? TokenContext<User> : LoginContext<User>)
  | (Requirement extends RequiresToken<infer Asked> ? ContextFor<Asked> : AuthorizationContext)

type RequiresScopes = { readonly login: ScopesRequired }
type RequiresToken<Asked extends AuthorizationRequirement> = { readonly authorization: Asked }

/** The documentation of the guard for sessions and bearer tokens. Its types differ by framework. */
export interface EitherGuardDocs {
  /**
   * Guards a route that accepts a session or a bearer token. `context.kind` is `'session'` or `'bearer'`. A request whose
   * `Authorization` header has the scheme `Bearer` is authenticated by its token alone. A script without a session gets a
   * 401 response with the login URL.
   *
   * Without a requirement, the guard accepts every session, and every token that contains a scope or an app role.
   * @param requirement - The requirements for users and for clients.
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
 * Reads the arguments of `auth.orBearer(api).required`: a handler, or a requirement and a handler.
 *
 * A request with the scheme `Bearer` is authenticated by its token alone. A cookie cannot replace a rejected token. Other
 * schemes do not matter, because a proxy may require them: `Basic` often protects staging.
 * A script without a session gets a 401 response with the login URL and with `WWW-Authenticate`.
 * @param cores - The cores for the environment of the request. They default to those of `auth` and `api`.
 * @throws IdentityError `configuration` for an invalid requirement.
 */
export function sessionOrBearerGuard<User>(
  { auth, api }: { readonly auth: AuthBase<User>; readonly api: ApiAuthBase },
  given: readonly unknown[],
  cores: { readonly web: WebAuth<User>; readonly api: WebApi } = {
    web: webOf(auth),
    api: apiOf(api),
  },
): GuardedRoute<SessionOrBearerContext<User>> {
  const { authorization, login } = readRequirement(given)
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
    handler: isBare(given) ? given[0] : given[1],
    guard(http, handler) {
      if (hasBearer(http)) return bearerGuard(http, handler)
      let handled: GuardResponse
      const outcome = sessionGuard(http, (context) =>
        andThen(handler(context), (response) => (handled = response)),
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
  const { authorization } = readRequirement(given)
  declareRoute(apis, (api) => api.guard(authorization))
  const routeOf = declareRoute(webs, (web) =>
    oncePer((api: WebApi) => sessionOrBearerGuard(owners, given, { web, api })),
  )
  if (webs.isKnown && apis.isKnown) routeOf()(apis.of())
  return (request) => routeOf(request)(apis.of(request))
}

/** Returns the two parts of a requirement. @throws IdentityError `configuration` for an invalid requirement. */
function readRequirement(given: readonly unknown[]): {
  readonly login: LoginRequirement
  readonly authorization: AuthorizationRequirement
} {
  const requirement = (isBare(given) ? {} : given[0]) as EitherRequirement
  assertKnown(requirement)
  return { login: requirement.login ?? {}, authorization: requirement.authorization ?? {} }
}

function isBare([first, second]: readonly unknown[]): boolean {
  return typeof first === 'function' && second === undefined
}

// A missing or misplaced requirement must fail. It would otherwise mean that the route requires only a session.
function assertKnown(requirement: unknown): void {
  const isObject =
    typeof requirement === 'object' && requirement !== null && !Array.isArray(requirement)
  const given = isObject ? Object.entries(requirement) : [['another value', undefined] as const]
  for (const [name, value] of given) {
    if (PARTS.has(name) && typeof value === 'object' && value !== null) continue
    throw new IdentityError(
      'configuration',
      `required() accepts the objects login and authorization, but received ${name}. Use, for example, required({ authorization: { scopes: ['Todos.Read'] } }, handler).`,
    )
  }
}

const PARTS: ReadonlySet<string> = new Set(['login', 'authorization'])
