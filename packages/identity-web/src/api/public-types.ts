// The types that every adapter exports.
export type {
  AppContext,
  AuthorizationContext,
  DownstreamInit,
  UserContext,
} from './guard/context.ts'
export type { AuthorizationRequirement, ContextFor } from './guard/requirement.ts'
export type { ApiAuthOptions, IssuerOptions } from '../options/api-options.ts'
export type { ApiApplication, ApiUser, AccessTokenClaims } from './token/caller.ts'
