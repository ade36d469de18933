// The exports that all entry points have in common.

export * from '../../index.ts'
export type {
  AnyRequest,
  ApiErrorScopes,
  AuthenticateCaller,
  AuthenticateWith,
  CookieTarget,
  IncomingRequest,
  OutgoingResponse,
  RequestIdentity,
  SessionContext,
} from '../../members/index.ts'
export type * from '../../api/public-types.ts'
export type * from '../../web/public-types.ts'
export type { EitherContext, EitherRequirement } from '../../session-or-bearer/index.ts'
