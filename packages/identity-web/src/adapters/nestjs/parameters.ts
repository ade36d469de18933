import {
  createParamDecorator,
  type ExecutionContext,
  type PipeTransform,
  type Type,
} from '@nestjs/common'
import type { AuthorizationContext } from '../../api/index.ts'
import type { LoginContext, TokenContext } from '../../web/index.ts'

/**
 * What the guards leave on the request of the platform, for the parameter decorators. A guard that a test puts in the
 * place of ours leaves the same.
 *
 * @example
 * ```ts
 * const guard: CanActivate = {
 *   canActivate(context) {
 *     const request = context.switchToHttp().getRequest<GuardedRequest>()
 *     const claims = { sub: '1', name: 'Alex', iss: '', aud: '', exp: 0, iat: 0 }
 *     request.auth = { user: claims, claims }
 *     return true
 *   },
 * }
 * ```
 * @public
 */
export interface GuardedRequest {
  /** The signed-in user, and with scopes the token; absent for callers with an access token. */
  auth?: LoginContext<unknown> & Partial<Omit<TokenContext, keyof LoginContext>>
  /** Whoever calls with an access token; absent for users with a session. */
  authorization?: AuthorizationContext
}

/** A decorator of a parameter; pipes may follow the name of a property. */
type ParameterOf<Data> = (
  ...dataOrPipes: (Data | PipeTransform | Type<PipeTransform>)[]
) => ParameterDecorator

/**
 * The user whom a guard let in: what `onLogin` returned, or the claims of the ID token without it. Behind
 * {@link ApiGuard} the user of the access token; `undefined` for an application, and where no guard is.
 *
 * With a name it is that property of the user.
 *
 * @example
 * ```ts
 * @Controller()
 * export class HomeController {
 *   @Get()
 *   @LoginRequired()
 *   home(@CurrentUser() user: Claims, @CurrentUser('name') name: string) {
 *     return `Hello, ${name} (${user.sub})`
 *   }
 * }
 * ```
 * @public
 */
export const CurrentUser: ParameterOf<string> = createParamDecorator(
  (property: string | undefined, context: ExecutionContext): unknown => {
    const user = contextOf(context)?.user as Readonly<Record<string, unknown>> | undefined
    return property === undefined ? user : user?.[property]
  },
)

/**
 * The access token for the scopes of `@LoginRequired({ scopes })`. Behind {@link ApiGuard} the token of the caller,
 * which is for this API and for nothing else: to call another one, use `context.fetch` or `getTokenOnBehalfOf`.
 *
 * @example
 * ```ts
 * @Controller()
 * export class ReportController {
 *   @Get('report')
 *   @LoginRequired({ scopes: ['Reports.Read.All'] })
 *   report(@AccessToken() token: string) {
 *     return makeReport(token)
 *   }
 * }
 * ```
 * @public
 */
export const AccessToken: ParameterOf<never> = createParamDecorator(
  (_data: undefined, context: ExecutionContext): string | undefined => {
    const { auth, authorization } = requestOf(context)
    return auth?.accessToken ?? authorization?.token
  },
)

/**
 * All that a guard knows: `LoginContext`, `TokenContext` for a route with scopes, `AuthorizationContext` behind
 * {@link ApiGuard}; `EitherContext` for either.
 *
 * @example
 * ```ts
 * @Controller()
 * export class MailController {
 *   @Get('mail')
 *   @LoginRequired({ scopes: ['Mail.Read'] })
 *   async mail(@IdentityContext() context: TokenContext) {
 *     const answer = await context.fetch('https://graph.microsoft.com/v1.0/me/messages')
 *     return answer.json()
 *   }
 * }
 * ```
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
