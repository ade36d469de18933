// The types that every adapter exports.
export type { CallerToken } from './guard/connection.ts'
export type {
  AppContext,
  AuthorizationContext,
  CallerContext,
  DownstreamInit,
  UserContext,
} from './guard/context.ts'
export type { AuthorizationRequirement, ContextFor } from './guard/requirement.ts'
export type { ApiAuthOptions, LongRunningOptions } from './options/options.ts'
export type {
  RequiredClaims,
  RequiredNames,
  RequiredScopes,
} from '../settings/requirement-values.ts'
export type { TokenStore } from '../store.ts'
export type { ApiApplication, ApiUser } from './token/caller.ts'
export type { AccessTokenClaims } from './token/claims.ts'
