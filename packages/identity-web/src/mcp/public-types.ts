// The types that every adapter with `McpAuth` exports.
export type { AuthInfo, AuthInfoExtra, McpContext, McpContextFor, McpMembers } from './auth-info.ts'
export type { McpAuthOptions } from './options.ts'
export type { ScopeChallenge, ScopeChallengeHandler, ToolExtra } from './scope-challenge.ts'
export type { SdkErrorClass, SdkErrorClasses } from './sdk-errors.ts'
export type { McpRequirement, ToolRequirement } from './tools.ts'
