import {
  createParamDecorator,
  type ExecutionContext,
  type PipeTransform,
  type Type,
} from '@nestjs/common'
import type { AuthorizationContext } from '../../api/index.ts'
import type { LoginContext, TokenContext } from '../../web/index.ts'

/**
 * The properties that the guards set on the platform's request. A guard that replaces ours in a test sets the same.
 * @public
 */
export interface GuardedRequest {
  /** The signed-in user, and the token if the route requires scopes. Absent for callers with an access token. */
  auth?: LoginContext<unknown> & Partial<Omit<TokenContext, keyof LoginContext>>
  /** The caller with an access token. Absent for users with a session. */
  authorization?: AuthorizationContext
}

/** A decorator of a parameter. Pipes may follow the name of a property. */
interface ParameterOf<Data> {
  /**
   * Injects a value of the guard into a parameter of a handler. It does not throw.
   * @param dataOrPipes - For `CurrentUser`, the name of a property of the user. Pipes transform the value.
   * @example NestJS `@LoginRequired() home(@CurrentUser('name') name: string, @IdentityContext() context: LoginContext) { … }`
   */
  (...dataOrPipes: (Data | PipeTransform | Type<PipeTransform>)[]): ParameterDecorator
}

/**
 * Injects the user: the return value of `onLogin`, the claims of the ID token, or behind {@link ApiGuard} the user of the
 * access token. It is `undefined` for applications and without a guard. With a name, it injects that property of the user.
 * @public
 */
export const CurrentUser: ParameterOf<string> = createParamDecorator(
  (property: string | undefined, context: ExecutionContext): unknown => {
    const user = contextOf(context)?.user as Readonly<Record<string, unknown>> | undefined
    return property === undefined ? user : user?.[property]
  },
)

/**
 * Injects the access token for the scopes of `@LoginRequired({ scopes })`. Behind {@link ApiGuard}, it is the caller's
 * token for this API. To call another API, use `context.fetch` or `getTokenOnBehalfOf`.
 * @public
 */
export const AccessToken: ParameterOf<never> = createParamDecorator(
  (_data: undefined, context: ExecutionContext): string | undefined => {
    const { auth, authorization } = requestOf(context)
    return auth?.accessToken ?? authorization?.token
  },
)

/**
 * Injects the context of the guard: `LoginContext`, `TokenContext` with scopes, `AuthorizationContext` behind
 * {@link ApiGuard}, or `EitherContext` behind {@link EitherGuard}.
 * @public
 */
export const IdentityContext: ParameterOf<never> = createParamDecorator(
  (_data: undefined, context: ExecutionContext) => contextOf(context),
)

function contextOf(context: ExecutionContext): GuardedRequest['auth'] | AuthorizationContext {
  const { auth, authorization } = requestOf(context)
  return auth ?? authorization
}

function requestOf(context: ExecutionContext): GuardedRequest {
  return context.switchToHttp().getRequest<GuardedRequest>()
}
