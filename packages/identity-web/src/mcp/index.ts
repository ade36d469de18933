// Protects servers of the Model Context Protocol.
export type { AuthInfo, McpContext, McpMembers } from './auth-info.ts'
export { createMcpApi, type McpApi, type McpServices } from './create-mcp-api.ts'
export type { McpAuthOptions } from '../options/mcp-options.ts'
export * from './tool-calls.ts'
export { toSdkError, type SdkErrorClasses } from './sdk-errors.ts'
export { checkMcpRequirement, type McpRequirement } from './tools.ts'
