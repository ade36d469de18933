import type {
  AuthorizationContext,
  AuthorizationRequirement,
  ContextFor,
  WebApi,
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
import { ApiAuthBase } from './api-auth.ts'
import { AuthBase } from './auth.ts'
import { whenMounted, type Guarded } from './guards.ts'

/** What a route asks of either kind of caller. @public */
export interface EitherRequirement {
  /** Of a signed-in user of the web app. @defaultValue nothing but the sign-in */
  readonly login?: LoginRequirement | undefined
  /** Of a client with an access token. @defaultValue any token for this API with a scope or a role */
  readonly authorization?: AuthorizationRequirement | undefined
}

/**
 * A signed-in user of the web app, or a caller with an access token: `'token' in context` tells which.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 * @typeParam Requirement - What the route asks of either.
 * @public
 */
export type EitherContext<User, Requirement extends EitherRequirement = object> =
  | (Requirement extends AsksTokens ? TokenContext<User> : LoginContext<User>)
  | (Requirement extends AsksCallers<infer Asked> ? ContextFor<Asked> : AuthorizationContext)

type AsksTokens = { readonly login: ScopesRequired }
type AsksCallers<Asked extends AuthorizationRequirement> = { readonly authorization: Asked }

/** What a guard for either kind of caller calls back with. */
export type AnyContext<User> = LoginContext<User> | AuthorizationContext

/** What both are without a framework. */
export interface Cores<User> {
  readonly web: WebAuth<User>
  readonly api: WebApi
}

/**
 * Reads what `auth.or(api).required` was given: a handler, or a requirement and a handler.
 *
 * A request with an `Authorization` header is judged by that alone: no cookie helps a token that is refused. Scripts
 * without a sign-in are answered 401 with the login URL and with `WWW-Authenticate`.
 *
 * @param core - Where a request's environment decides which ones they are.
 * @throws IdentityError `configuration` for a requirement that makes no sense.
 */
export function eitherGuard<User>(
  { auth, api }: { readonly auth: AuthBase<User, any>; readonly api: ApiAuthBase },
  given: readonly unknown[],
  core: Cores<User> = { web: AuthBase.web(auth), api: ApiAuthBase.api(api) },
): Guarded<AnyContext<User>> {
  const { authorization, login } = eitherRequirement(given)
  const byToken = core.api.guard(authorization)
  const bySession = whenMounted(auth, core.web.guard(login))
  const challenge = core.api.challenge(authorization)
  return {
    handler: isBare(given) ? given[0] : given[1],
    guard(http, handler) {
      if (http.header('authorization') !== undefined) return byToken(http, handler)
      let handled: GuardResponse
      const outcome = bySession(http, (context) =>
        andThen(handler(context), (answer) => (handled = answer)),
      )
      return andThen(outcome, (answer) => {
        // A 401 of the handler's own is not ours to explain.
        if (answer?.status === 401 && answer !== handled) {
          answer.headers.set('www-authenticate', challenge)
        }
        return answer
      })
    },
  }
}

/** The requirement of what `auth.or(api).required` was given. @throws IdentityError `configuration` */
export function eitherRequirement(given: readonly unknown[]): {
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

// A requirement in the wrong place, or one that is missing by mistake, must not be taken for none.
function assertKnown(requirement: EitherRequirement): void {
  // From JavaScript, or by a constant that is missing, it may be anything.
  const isObject =
    typeof requirement === 'object' &&
    (requirement as unknown) !== null &&
    !Array.isArray(requirement)
  const given = isObject ? Object.entries(requirement) : [['no requirement', undefined] as const]
  for (const [name, value] of given) {
    if (OPTIONS.has(name) && typeof value === 'object' && value !== null) continue
    throw new IdentityError(
      'configuration',
      `required() takes login and authorization, each with what it asks, but was given ${name}. For example required({ authorization: { scopes: ['Todos.Read'] } }, handler).`,
    )
  }
}

const OPTIONS: ReadonlySet<string> = new Set(['login', 'authorization'])
