// The types of guards of SvelteKit and Astro.
import type { AuthorizationRequirement, ContextFor, UserContext } from '../../api/index.ts'
import type {
  AuthorizationGuardDocs,
  EitherGuardDocs,
  Exactly,
  LoginGuardDocs,
  OfIssuer,
} from '../../classes/index.ts'
import type { EitherContext, EitherRequirement } from '../../session-or-bearer/index.ts'
import type {
  LoginContext,
  LoginRequirement,
  ScopesRequired,
  TokenContext,
} from '../../web/index.ts'

// The guards of frameworks whose functions receive one event and return any value: SvelteKit and Astro. `Any` is the
// constraint of the event, and `Default` is its type if the application does not annotate it.

/** A guarded function, as the framework calls it. @public */
export type EventFunction<Event, Output> = (event: Event) => Promise<Awaited<Output>>

/** A function that runs only for authenticated requests. @public */
export type GuardedEventFunction<Event, Context, Output> = (
  event: Event,
  context: Context,
) => Output

/** The type of `auth.loginRequired`. Its signatures inherit their documentation. */
export type EventLoginRequired<Any, Default extends Any, User> = LoginGuards<
  Any,
  Default,
  User
>['loginRequired']

interface LoginGuards<Any, Default extends Any, User> extends LoginGuardDocs {
  loginRequired<Output, Event extends Any = Default>(
    options: ScopesRequired,
    handler: GuardedEventFunction<Event, TokenContext<User>, Output>,
  ): EventFunction<Event, Output>
  loginRequired<Output, Event extends Any = Default>(
    options: LoginRequirement,
    handler: GuardedEventFunction<Event, LoginContext<User>, Output>,
  ): EventFunction<Event, Output>
  loginRequired<Output, Event extends Any = Default>(
    handler: GuardedEventFunction<Event, LoginContext<User>, Output>,
  ): EventFunction<Event, Output>
}

/** The type of `api.authorizationRequired`. Its signatures inherit their documentation. */
export type EventAuthorizationRequired<
  Any,
  Default extends Any,
  Issuer extends string,
> = AuthorizationGuards<Any, Default, Issuer>['authorizationRequired']

interface AuthorizationGuards<
  Any,
  Default extends Any,
  Issuer extends string,
> extends AuthorizationGuardDocs {
  authorizationRequired<
    const Requirement extends Exactly<Requirement, AuthorizationRequirement<Issuer>>,
    Output,
    Event extends Any = Default,
  >(
    requirement: Requirement,
    handler: GuardedEventFunction<Event, ContextFor<Requirement> & OfIssuer<Issuer>, Output>,
  ): EventFunction<Event, Output>
  authorizationRequired<Output, Event extends Any = Default>(
    handler: GuardedEventFunction<Event, UserContext & OfIssuer<Issuer>, Output>,
  ): EventFunction<Event, Output>
}

/** Guards a function, so that it runs only for callers with a session or a bearer token. */
export interface EventEither<Any, Default extends Any, User> extends EitherGuardDocs {
  required<const Requirement extends EitherRequirement, Output, Event extends Any = Default>(
    requirement: Requirement,
    handler: GuardedEventFunction<Event, EitherContext<User, Requirement>, Output>,
  ): EventFunction<Event, Output>
  required<Output, Event extends Any = Default>(
    handler: GuardedEventFunction<Event, EitherContext<User>, Output>,
  ): EventFunction<Event, Output>
}
