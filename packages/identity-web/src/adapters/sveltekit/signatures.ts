// The types of the guards of SvelteKit.
import type { RequestEvent } from '@sveltejs/kit'
import type {
  EventAuthorizationRequired,
  EventEither,
  EventLoginRequired,
} from '../base/event-guards.ts'
import type { AnyEvent } from './event.ts'

/** Guards load functions, form actions and endpoints for signed-in users. @public */
export type LoginRequired<User> = EventLoginRequired<AnyEvent, RequestEvent, User>

/** The guard that `auth.orBearer(api)` returns, for endpoints that accept a session or a bearer token. @public */
export type Either<User> = EventEither<AnyEvent, RequestEvent, User>

/**
 * Guards API endpoints, and responds with 401 or 403 and `WWW-Authenticate` to callers without a valid access token.
 *
 * @public
 */
export type AuthorizationRequired<Issuer extends string = string> = EventAuthorizationRequired<
  AnyEvent,
  RequestEvent,
  Issuer
>
