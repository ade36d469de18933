// The types that every adapter with `McpAuth` exports.
export type { AuthInfo, McpContext, McpMembers } from './auth-info.ts'
export type { McpAuthOptions } from '../options/mcp-options.ts'
export type { ScopeChallengeHandler, ToolExtra } from './tool-calls.ts'
export type { McpRequirement } from './tools.ts'
