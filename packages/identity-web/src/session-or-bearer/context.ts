import type { AuthorizationContext, AuthorizationRequirement, ContextFor } from '../api/index.ts'
import type { LoginContext, ScopesRequired, TokenContext } from '../web/index.ts'
import type { EitherRequirement } from './requirement.ts'

/**
 * The context of a signed-in user, or of a caller with an access token. Its `kind`, `'session'` or `'bearer'`, tells them
 * apart.
 * @typeParam User - The return type of `onLogin`, or the claims of the ID token.
 * @typeParam Requirement - The requirements of the route.
 * @public
 */
export type EitherContext<User, Requirement extends EitherRequirement = object> =
  | (Requirement extends RequiresScopes ? TokenContext<User> : LoginContext<User>)
  | ContextOfTokens<
      OfTokens<Requirement> & Pick<Requirement, Extract<keyof Requirement, UserOption>>
    >

type RequiresScopes = { readonly login: Pick<ScopesRequired, 'scopes'> }
type ContextOfTokens<Asked> = Asked extends AuthorizationRequirement ? ContextFor<Asked> : never
type UserOption = 'roles' | 'groups' | 'acrs'
/** The requirement for access tokens only. */
type OfTokens<Requirement> = Requirement extends { readonly authorization?: infer Asked }
  ? 'authorization' extends keyof Requirement
    ? undefined extends Requirement['authorization' & keyof Requirement]
      ? Partial<NonNullable<Asked>>
      : Asked
    : object
  : object

/** The contexts with which a guard for sessions and bearer tokens calls its handler. */
export type SessionOrBearerContext<User> = LoginContext<User> | AuthorizationContext
