import {
  SetMetadata,
  UseGuards,
  applyDecorators,
  type CanActivate,
  type Type,
} from '@nestjs/common'
import type { AuthorizationRequirement } from '../../api/index.ts'
import { IdentityError } from '../../errors.ts'
import type { LoginRequirement } from '../../web/index.ts'
import type { EitherRequirement } from '../base/either.ts'
import { ACCESS, declaredBy, type Access } from './access.ts'
import { ApiGuard, EitherGuard, LoginGuard } from './guards.ts'

/** A decorator of a method, or of a controller and so of all its methods that say nothing themselves. @public */
export type RouteDecorator = ClassDecorator & MethodDecorator

/**
 * Lets signed-in users in, and brings others to the provider, and back to the page that they wanted.
 *
 * It brings {@link LoginGuard} along. What a method says replaces what its controller says.
 *
 * @param requirement - What the route asks of its users; nothing but a sign-in without it. Scopes of several APIs, and
 *   `acrs` and `maxAge` that make no sense, are a `configuration` error when Nest starts.
 * @returns A decorator of a method or of a controller.
 * @throws {@link IdentityError} `configuration` beside another decorator that says whom the route is for.
 *
 * @example
 * ```ts
 * @Controller('mail')
 * export class MailController {
 *   @Get()
 *   @LoginRequired({ scopes: ['Mail.Read'] })
 *   async list(@IdentityContext() context: TokenContext) {
 *     const answer = await context.fetch('https://graph.microsoft.com/v1.0/me/messages')
 *     return answer.json()
 *   }
 * }
 * ```
 * @public
 */
export function LoginRequired(requirement?: LoginRequirement): RouteDecorator
export function LoginRequired(...given: readonly unknown[]): RouteDecorator {
  return declare('LoginRequired', { audience: 'login', given }, LoginGuard)
}

/**
 * Lets callers with a good access token in, and answers others 401 or 403 with `WWW-Authenticate`.
 *
 * It brings {@link ApiGuard} along. What a method says replaces what its controller says.
 *
 * @param requirement - What the route asks of its callers; without it, any token for this API with a scope or a role.
 *   One that makes no sense is a `configuration` error when Nest starts.
 * @returns A decorator of a method or of a controller.
 * @throws {@link IdentityError} `configuration` beside another decorator that says whom the route is for.
 *
 * @example For users by their client's scope, and for applications by their role
 * ```ts
 * @Controller('todos')
 * @AuthorizationRequired({ scopes: ['Todos.Read'], roles: ['Todos.Read.All'] })
 * export class TodosController {
 *   @Get()
 *   list(@IdentityContext() { user }: AuthorizationContext) {
 *     return user === undefined ? 'all' : `those of ${user.oid}`
 *   }
 * }
 * ```
 * @public
 */
export function AuthorizationRequired(requirement: AuthorizationRequirement): RouteDecorator
export function AuthorizationRequired(): RouteDecorator
export function AuthorizationRequired(...given: readonly unknown[]): RouteDecorator {
  return declare('AuthorizationRequired', { audience: 'authorization', given }, ApiGuard)
}

/**
 * Lets in whoever has a session or an access token: for routes that the pages of this application call as well as
 * clients of its API.
 *
 * It brings {@link EitherGuard} along. A request with an `Authorization` header is judged by that alone.
 *
 * @param requirement - What the route asks of either.
 * @returns A decorator of a method or of a controller.
 * @throws {@link IdentityError} `configuration` beside another decorator that says whom the route is for.
 *
 * @example
 * ```ts
 * @Controller('todos')
 * export class TodosController {
 *   @Get()
 *   @EitherRequired({ authorization: { scopes: ['Todos.Read'] } })
 *   list(@IdentityContext() context: EitherContext<Claims>) {
 *     return 'token' in context ? `by ${context.clientId}` : `for ${context.user.name}`
 *   }
 * }
 * ```
 * @public
 */
export function EitherRequired(requirement: EitherRequirement): RouteDecorator
export function EitherRequired(): RouteDecorator
export function EitherRequired(...given: readonly unknown[]): RouteDecorator {
  const asked = given.length === 0 ? [{}] : given
  return declare('EitherRequired', { audience: 'either', given: asked }, EitherGuard)
}

/**
 * Lets everybody in, where {@link LoginGuard} or {@link ApiGuard} guards the whole application or the controller.
 *
 * @returns A decorator of a method or of a controller.
 * @throws {@link IdentityError} `configuration` beside another decorator that says whom the route is for.
 *
 * @example
 * ```ts
 * @Controller('about')
 * @Public()
 * export class AboutController {}
 * ```
 * @public
 */
export function Public(): RouteDecorator {
  return declare('Public', { audience: 'public', given: [] })
}

function declare(name: string, access: Access, ...guards: Type<CanActivate>[]): RouteDecorator {
  return applyDecorators(
    assertAlone(name),
    SetMetadata(ACCESS, access),
    ...guards.map((guard) => UseGuards(guard)),
  )
}

/** Of two decorators one would be lost, and with it what it asks. */
function assertAlone(name: string) {
  return (target: object, key?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const declared = (descriptor?.value ?? target) as object
    const before = declaredBy(declared)
    // A controller may say otherwise than the one that it inherits from.
    if (before === undefined || before === declaredBy(Object.getPrototypeOf(declared) as object))
      return
    const place = key === undefined ? 'controller' : `method ${String(key)}`
    throw new IdentityError(
      'configuration',
      `@${name}() stands beside another decorator that says whom the ${place} is for. Take one; for both kinds of callers it is @EitherRequired({ login, authorization }).`,
    )
  }
}
