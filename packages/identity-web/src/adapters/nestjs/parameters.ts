// Decorators of parameters, such as `@CurrentUser()`.
import {
  createParamDecorator,
  type ExecutionContext,
  type PipeTransform,
  type Type,
} from '@nestjs/common'
import type { RequestIdentity } from '../../classes/index.ts'
import { findCall, isGraphql } from './graphql.ts'

/**
 * The property that the guards set on the platform's request. If you replace a guard in a test, set this property too.
 * @public
 */
export interface GuardedRequest {
  /**
   * The context of the signed-in user (`kind` is `'session'`) or of the caller with an access token (`'bearer'`). It contains
   * the token if the route requires scopes, and is not set on routes without a guard.
   */
  identity?: RequestIdentity
}

/** A decorator of a parameter. Pipes may follow the name of a property. */
export interface ParameterOf<Data> {
  /**
   * Injects one of the guard's values into a handler's parameter. It does not throw.
   * @param dataOrPipes - For `CurrentUser`, the name of one of the user's properties. Pipes transform the value.
   * @example NestJS `@LoginRequired() home(@CurrentUser('name') name: string, @IdentityContext() context: LoginContext) { … }`
   */
  (...dataOrPipes: (Data | PipeTransform | Type<PipeTransform>)[]): ParameterDecorator
}

/**
 * Injects the user: the return value of `onLogin`, or the ID token's claims. With {@link ApiGuard}, it is the user of the
 * access token. The user is `undefined` if an application calls the API, or if the route does not have a guard. If you pass
 * the name of a property, only this property of the user is injected.
 * @public
 */
export const CurrentUser: ParameterOf<string> = createParamDecorator(
  (property: string | undefined, context: ExecutionContext): unknown => {
    const user = identityOf(context)?.user as Readonly<Record<string, unknown>> | undefined
    return property === undefined ? user : user?.[property]
  },
)

/**
 * Injects the access token for the scopes of `@LoginRequired({ scopes })`. With {@link ApiGuard}, it is the caller's token for
 * this API, so use `context.fetch` or `getTokenOnBehalfOf` to call another API.
 * @public
 */
export const AccessToken: ParameterOf<never> = createParamDecorator(
  (_data: undefined, context: ExecutionContext): string | undefined => {
    const identity = identityOf(context)
    return identity?.kind === 'bearer' ? identity.token : identity?.accessToken
  },
)

/**
 * Injects the guard's context. Its type is `LoginContext`, or `TokenContext` if you require scopes. With {@link ApiGuard}, the
 * type is `AuthorizationContext`, and with {@link EitherGuard}, it is `EitherContext`.
 * @public
 */
export const IdentityContext: ParameterOf<never> = createParamDecorator(
  (_data: undefined, context: ExecutionContext) => identityOf(context),
)

function identityOf(context: ExecutionContext): RequestIdentity | undefined {
  if (isGraphql(context)) return findCall(context)?.identity
  return context.switchToHttp().getRequest<GuardedRequest>().identity
}
