// The types that all entry points with `McpAuth` have in common.

export type {
  AuthInfo,
  McpAuthOptions,
  McpContext,
  McpMembers,
  McpRequirement,
  ScopeChallengeHandler,
  ToolExtra,
} from '../../mcp/index.ts'
export type { McpVerifier, McpVerifierOptions } from '../../classes/index.ts'
