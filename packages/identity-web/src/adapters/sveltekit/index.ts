// Auth and ApiAuth for SvelteKit.
import { createWebApi, type ApiAuthOptions } from '../../api/index.ts'
import {
  ApiAuthBase,
  apiOf,
  AuthBase,
  authorizationGuard,
  loginGuard,
  sessionOrBearerGuard,
  toEnvironment,
  webOf,
  type OrBearerAuth,
} from '../../classes/index.ts'
import type { TokenResult } from '../../tokens.ts'
import { createWebAuth, type AuthOptions, type Claims } from '../../web/index.ts'
import { setIdentity, removeTrailingSlash } from '../base/locals.ts'
import { httpContextOf } from '../request-response.ts'
import { isBuilding, type AnyEvent } from './event.ts'
import { runHook, type Handle } from './hook.ts'
import { HOST, toEndpoint, toHandler, type SvelteKit } from './host.ts'
import { throwSignIn } from './reject.ts'
import type { AuthorizationRequired, Either, LoginRequired } from './signatures.ts'

export * from '../base/public.ts'
export type { EventFunction, GuardedEventFunction } from '../base/event-guards.ts'
export { type IdentityLocals } from '../base/locals.ts'
export { type Handle } from './hook.ts'
export { type AnyEvent } from './event.ts'
export type { AuthorizationRequired, Either, LoginRequired } from './signatures.ts'

/**
 * Signs users in to a SvelteKit application, keeps their sessions and gets their tokens.
 * @typeParam User - The type that `onLogin` returns, or the ID token's claims.
 * @public
 */
export class Auth<User = Claims> extends AuthBase<User, SvelteKit> implements OrBearerAuth {
  /**
   * Prepares sign-in. Export {@link Auth.handle} from `src/hooks.server.ts`.
   *
   * If options are wrong, the constructor does not throw. Instead, guards respond with 503 in production, and the pages show
   * the problems in development.
   * @param options - Missing options are read from environment variables.
   * @param environment - The environment variables, by default `process.env`. SvelteKit reads `.env` in development but does
   *   not change `process.env`, so pass the variables of `$app/env/private` or `$env/dynamic/private`.
   * @example
   * ```ts
   * // src/lib/server/auth.ts
   * import * as env from '$app/env/private' // SvelteKit 2: import { env } from '$env/dynamic/private'
   * import { Auth } from 'identity-web/sveltekit'
   *
   * export const auth = new Auth({}, env)
   *
   * // src/hooks.server.ts
   * export const handle = auth.handle
   *
   * // src/routes/account/+page.server.ts
   * export const load = auth.loginRequired((event, { user }) => ({ name: user.name }))
   * ```
   */
  constructor(options: AuthOptions<User> = {}, environment?: object) {
    const traits = { isUnsettled: isBuilding(), adapt: removeTrailingSlash }
    super(createWebAuth(options, toEnvironment(environment), traits), HOST)
  }

  /**
   * The hook, which responds to the sign-in routes and sets `event.locals.identity`, but never starts a sign-in.
   *
   * Responses to signed-in users are not cached.
   * @example
   * ```ts
   * // src/hooks.server.ts
   * export const handle = auth.handle
   *
   * // With other hooks:
   * export const handle = sequence(auth.handle, addHeaders)
   * ```
   */
  readonly handle: Handle = (input) =>
    runHook(input, webOf(this), ({ request, locals }) =>
      setIdentity(this, httpContextOf(request), locals),
    )

  /**
   * Guards a load function, a form action or an endpoint of `+server.ts`, so that it runs only for signed-in users.
   *
   * A guarded load function also runs again if only the URL changes.
   */
  readonly loginRequired: LoginRequired<User> = (...given: readonly unknown[]) =>
    toHandler(loginGuard(this, given))

  orBearer(api: ApiAuth<any>): Either<User> {
    return {
      required: (...given: readonly unknown[]) =>
        toHandler(sessionOrBearerGuard({ auth: this, api }, given)),
    }
  }

  /**
   * Returns an access token for the signed-in user. The token comes from the session, and is refreshed if necessary.
   *
   * In a load function or a form action, a user who must sign in or consent is redirected to the provider, with or without a
   * guard, so do not catch that redirect.
   * @param event - The event, as your function receives it.
   * @param scopes - Scopes of one API, as a list or a space-separated string.
   * @returns The token and its lifetime in seconds.
   * @throws SvelteKit's redirect or, in an endpoint, IdentityError `login_required` or `interaction_required` instead.
   *   IdentityError `provider_error` if the provider rejects the request, `provider_unavailable` during an outage,
   *   `configuration` for scopes of several APIs.
   * @example
   * ```ts
   * const { accessToken } = await auth.getTokenForUser(event, ['Mail.Read'])
   * ```
   */
  override async getTokenForUser(
    event: AnyEvent,
    scopes: string | readonly string[],
  ): Promise<TokenResult> {
    try {
      return await super.getTokenForUser(event, scopes)
    } catch (error) {
      return await throwSignIn(this, event, error)
    }
  }
}

/** Protects endpoints in a SvelteKit application with access tokens, and calls other APIs for its users. @public */
export class ApiAuth<Issuer extends string = string> extends ApiAuthBase<SvelteKit, Issuer> {
  /**
   * Protects an API with access tokens. If options are wrong, the constructor does not throw. Instead, guards respond with 503
   * in production, and return the problems in development.
   * @param options - Missing options are read from environment variables.
   * @param environment - The environment variables, as for `Auth`, by default `process.env`.
   * @example
   * ```ts
   * // src/lib/server/api.ts
   * export const api = new ApiAuth({}, env)
   *
   * // src/routes/api/todos/+server.ts
   * export const GET = api.authorizationRequired({ scopes: ['Todos.Read'] }, (event, { user }) => Response.json(user))
   * ```
   */
  constructor(options: ApiAuthOptions<Issuer> = {}, environment?: object) {
    super(createWebApi(options, toEnvironment(environment), { isUnsettled: isBuilding() }), HOST)
  }

  /**
   * The hook that serves the API's description at `/.well-known/oauth-protected-resource` (RFC 9728), if `resource` is set.
   * Guards also work without this route.
   * @example
   * ```ts
   * // src/hooks.server.ts
   * export const handle = sequence(auth.handle, api.handle)
   * ```
   */
  readonly handle: Handle = (input) => runHook(input, apiOf(this))

  /** Guards an endpoint of `+server.ts` with access tokens. */
  readonly authorizationRequired: AuthorizationRequired<Issuer> = (...given: readonly unknown[]) =>
    toEndpoint(authorizationGuard(this, given))
}
