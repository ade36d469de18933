// The types that all entry points with `McpAuth` have in common.

export type * from '../../mcp/public-types.ts'
export type { McpVerifier, McpVerifierOptions } from '../../classes/index.ts'
