import type { NextFunction, Request, RequestHandler, Response } from 'express'
import type { AuthorizationContext, AuthorizationRequirement, ContextFor } from '../../api/index.ts'
import { IdentityError } from '../../errors.ts'
import { andThen } from '../../maybe-promise.ts'
import {
  missingApp,
  type LoginContext,
  type LoginRequirement,
  type ScopesRequired,
  type TokenContext,
  type WebAuth,
} from '../../web/index.ts'
import { NodeExchange, ignoreValue } from '../node.ts'
import { ApiAuth } from './api-auth.ts'
import { send } from './respond.ts'

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

/** A handler that runs for either kind of caller, who is in its third argument. @public */
export type EitherHandler<Context> = (
  req: Request,
  res: Response,
  context: Context,
  next: NextFunction,
) => unknown

/**
 * Guards routes that take a session or a bearer token, as `auth.or(api)` gives it.
 *
 * A request with an `Authorization` header is judged by that alone: no cookie helps a token that is refused.
 *
 * @typeParam User - What `onLogin` returns; the ID token's claims without it.
 * @public
 */
export class Either<User> {
  readonly #web: WebAuth<User>
  readonly #hasApp: () => boolean
  readonly #api: ApiAuth

  /** @internal */
  constructor(web: WebAuth<User>, hasApp: () => boolean, api: ApiAuth) {
    this.#web = web
    this.#hasApp = hasApp
    this.#api = api
  }

  /**
   * Guards a route.
   *
   * @param requirement - What the route asks of either.
   * @param handler - Runs for those who are let in. Scripts without a sign-in are answered 401 with the login URL and
   *   with `WWW-Authenticate`.
   * @throws {@link IdentityError} `configuration`, when the route is declared, for a requirement that makes no sense.
   *
   * @example
   * ```ts
   * app.get('/todos', auth.or(api).required({ authorization: { scopes: ['Todos.Read'] } }, (req, res, { claims }) => {
   *   res.json({ todosOf: claims.oid })
   * }))
   * ```
   */
  required<const Requirement extends EitherRequirement>(
    requirement: Requirement,
    handler: EitherHandler<EitherContext<User, Requirement>>,
  ): RequestHandler
  /**
   * Guards a route that asks nothing in particular.
   *
   * @param handler - Runs for whoever is signed in, and for callers with a token that has a scope or a role.
   */
  required(handler: EitherHandler<EitherContext<User>>): RequestHandler
  required(first: unknown, second?: unknown): RequestHandler {
    const isBare = typeof first === 'function' && second === undefined
    const handler = (isBare ? first : second) as EitherHandler<
      LoginContext<User> | AuthorizationContext
    >
    const requirement = (isBare ? {} : first) as EitherRequirement
    assertKnown(requirement)
    const api = ApiAuth.coreOf(this.#api)
    const { authorization = {}, login = {} } = requirement
    const byToken = api.guard(authorization)
    const bySession = this.#web.guard(login)
    const challenge = api.challenge(authorization)
    return (req, res, next) => {
      const exchange = new NodeExchange(req, res)
      const run = (
        context: LoginContext<User> | AuthorizationContext,
      ): Promise<undefined> | undefined => ignoreValue(handler(req, res, context, next))
      if (exchange.header('authorization') !== undefined) {
        return send(byToken(exchange, run), res, next)
      }
      if (!this.#hasApp()) return next(missingApp())
      const outcome = andThen(bySession(exchange, run), (answer) => {
        if (answer?.status === 401) answer.headers.set('www-authenticate', challenge)
        return answer
      })
      return send(outcome, res, next)
    }
  }
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
