export { contextOfAuthInfo, type McpContext } from './auth-info.ts'
export { createMcpApi, type McpApi, type McpServices } from './create-mcp-api.ts'
export type * from './public-types.ts'
export { toSdkError } from './sdk-errors.ts'
