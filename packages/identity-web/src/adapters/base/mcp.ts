// The types that all entry points with `McpAuth` have in common.

export type { AuthInfo, McpContext, McpMembers } from '../../mcp/auth-info.ts'
export type { McpAuthOptions, McpRequirement } from '../../mcp/index.ts'
export type { ScopeChallengeHandler, ToolExtra } from '../../mcp/tool-calls.ts'
export type { McpVerifier, McpVerifierOptions } from '../../classes/index.ts'
