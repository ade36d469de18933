// The exports that all entry points have in common.

export * from '../../index.ts'
export { type AuthenticateWith } from './auth.ts'
export { type ApiErrorScopes, type AuthenticateCaller } from './api-auth.ts'
export { type AnyRequest, type IncomingRequest } from './any-request.ts'
export { type CookieTarget, type OutgoingResponse } from './detached.ts'
export type * from '../../api/public-types.ts'
export type * from '../../web/public-types.ts'
export type { RequestIdentity, SessionContext } from './identity.ts'
export type { EitherRequirement } from './either-requirement.ts'
export type { EitherContext } from './session-or-bearer.ts'
